import * as path from 'node:path';

/**
 * An environment in which Helm and kubectl find no cluster and no settings of the user. Without
 * KUBECONFIG they look in HOME; /dev/null there would make Helm 3.12 warn on stderr.
 */
export function isolatedEnv(directory: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    // Most end before their garbage matters; collecting it takes a quarter of their time.
    GOGC: 'off',
    GOMEMLIMIT: '512MiB',
    HELM_CACHE_HOME: path.join(directory, 'cache'),
    HELM_CONFIG_HOME: path.join(directory, 'config'),
    HELM_DATA_HOME: path.join(directory, 'data'),
  };
}
