/** A command that the README tells to type. */
export interface ReadmeCommand {
  /** The heading that it stands below. */
  readonly heading: string;
  readonly text: string;
  readonly words: readonly string[];
  /** Whether its block is marked with `sh cluster`: it talks to a cluster. */
  readonly needsCluster: boolean;
}

/** The sections whose commands are run. */
const SECTIONS = ['Installation scenarios', 'Migration'];

/** What a reader types against a cluster, in the order of the README. */
export const CLUSTER_COMMANDS: readonly string[] = [
  'helm test danube --logs',
  'kubectl port-forward svc/danube-danube-admin-ui 8081:80',
  'kubectl port-forward svc/danube-danube-broker 50051:50051',
  'kubectl port-forward svc/danube-prometheus 9090:9090',
  'danube-admin serve --mode mcp --broker-endpoint http://localhost:50051 --prometheus-url http://localhost:9090',
  'kubectl create secret generic qdrant --from-literal=api-key=change-me',
  'kubectl create secret tls broker-tls --cert=tls.crt --key=tls.key',
  'kubectl create secret generic s3-keys --from-env-file=keys',
  'helm uninstall danube',
];

function blocksIn(section: string): readonly { info: string; heading: string; text: string }[] {
  return [...section.matchAll(/^```(sh[^\n]*)\n(.*?)^```$/gms)].map((match) => {
    const before = section.slice(0, match.index);
    const heading = [...before.matchAll(/^#{2,3} (.*)$/gm)].at(-1)?.[1] ?? '';
    return { info: match[1], heading, text: match[2] };
  });
}

/** The commands of the scenarios and of the migration, each on one line. */
export function readmeCommands(readme: string): readonly ReadmeCommand[] {
  const sections = readme.split(/^(?=## )/m).filter((section) => {
    const [title] = section.split('\n');
    return SECTIONS.includes(title.replace('## ', ''));
  });
  return sections.flatMap(blocksIn).flatMap(({ info, heading, text }) =>
    text
      .replace(/\\\n\s*/g, '')
      .split('\n')
      .map((line) => line.replace(/\s+#.*$|^#.*$/, '').trim())
      .filter((line) => line !== '')
      .map((line) => ({
        heading,
        text: line,
        words: line.replace(/ > .*$/, '').split(/\s+/),
        needsCluster: info === 'sh cluster',
      })),
  );
}
