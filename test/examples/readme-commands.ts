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
const SECTIONS = [
  'Quick start',
  'Installation scenarios',
  'The stack: everything at once',
  'Migration',
];

/** How `test/cluster/readme-scenarios.ts` proves a command; pods of KWOK have no logs, no ports. */
export type ClusterProof = 'run' | 'run without logs' | 'forward' | 'compare endpoints';

const CLUSTER_PROOFS: readonly (readonly [RegExp, ClusterProof])[] = [
  [/^helm test \S+ --logs$/, 'run without logs'],
  [/^helm (install|upgrade|uninstall) /, 'run'],
  [/^kubectl create secret /, 'run'],
  [/^kubectl port-forward svc\/\S+ \d+:\d+$/, 'forward'],
  [/^danube-admin serve /, 'compare endpoints'],
];

/** How a command is proven on a cluster; one that nothing fits is an error. */
export function clusterProof({ text }: ReadmeCommand): ClusterProof {
  const found = CLUSTER_PROOFS.find(([pattern]) => pattern.test(text));
  if (found === undefined) {
    throw new Error(`there is no way yet to prove on a cluster: ${text}`);
  }
  return found[1];
}

function blocksIn(section: string): readonly { info: string; heading: string; text: string }[] {
  return [...section.matchAll(/^```(sh[^\n]*)\n(.*?)^```$/gms)].map((match) => {
    const before = section.slice(0, match.index);
    const heading = [...before.matchAll(/^#{2,3} (.*)$/gm)].at(-1)?.[1] ?? '';
    return { info: match[1], heading, text: match[2] };
  });
}

/** The commands of these sections, each on one line. */
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
