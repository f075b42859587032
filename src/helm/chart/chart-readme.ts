import type { ChartMetadata } from './chart-metadata';

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

function requirements({ kubeVersion, dependencies = [] }: ChartMetadata): readonly string[] {
  const kubernetes = kubeVersion === undefined ? [] : [`- Kubernetes \`${kubeVersion}\``];
  const charts = dependencies.map(({ name, version, condition }) => {
    const when = condition === undefined ? '' : `, if \`${condition}\` is true`;
    return `- Chart \`${name}\` ${version}, which this one brings along${when}`;
  });
  return [...kubernetes, '- Helm 3.12 or newer', ...charts];
}

function links({ home, sources = [] }: ChartMetadata): readonly string[] {
  const pages = home === undefined ? [] : [`- [Home page](${home})`];
  return [...pages, ...sources.map((source) => `- [Source](${source})`)];
}

/** Readme of a chart: what it is, what it needs, how to install it, its values. */
export function chartReadme(metadata: ChartMetadata, valuesTable: string): string {
  const { name, description, version, appVersion } = metadata;
  return [
    `# ${name}`,
    '',
    description,
    '',
    `Chart version ${version}${appVersion === undefined ? '' : `, app version ${appVersion}`}.`,
    '',
    ...section('Requirements', requirements(metadata)),
    '## Installing',
    '',
    'From this directory or an archive of it, into a namespace that is there:',
    '',
    '```sh',
    `helm install my-release ./${name} --namespace my-namespace --values my-values.yaml`,
    '```',
    '',
    'Upgrading and removing:',
    '',
    '```sh',
    `helm upgrade my-release ./${name} --namespace my-namespace --values my-values.yaml`,
    'helm uninstall my-release --namespace my-namespace',
    '```',
    '',
    ...section('Links', links(metadata)),
    '## Values',
    '',
    'Keys that do not stand here are refused. `values.yaml` shows the same with the defaults.',
    '',
    valuesTable,
  ].join('\n');
}
