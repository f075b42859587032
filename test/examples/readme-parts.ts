import { App } from 'cdk8s';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openChart } from '../../src/cli/chart-argument';
import { explanationOf } from '../../src/cli/explanation';
import { explanationMermaid } from '../../src/cli/explanation-mermaid';
import { OWN_CHARTS } from '../../src/cli/own-charts';
import { program } from '../../src/cli/program';
import { ValuesFiles } from '../../src/cli/values-files';
import { CORE_CHART } from '../../src/danube/chart-catalog';
import { TRAIN_0_7, type ImagePin } from '../../src/danube/release-train';

const ROOT = join(__dirname, '../..');

type Rows = readonly (readonly string[])[];

function table(head: readonly string[], rows: Rows): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

function diagram(name: string, valuesFile?: string): string {
  const files = valuesFile === undefined ? [] : [join(ROOT, valuesFile)];
  const release = {
    values: new ValuesFiles(files).values,
    releaseName: 'danube',
    namespace: 'default',
  };
  const explanation = explanationOf(openChart(name, { helm: 'helm' }), release);
  return `\`\`\`mermaid\n${explanationMermaid(explanation)}\n\`\`\``;
}

/** A release name that stands nowhere else, so that it can be told from the rest of a name. */
const RELEASE = 'releasename';
const NAMED = new Set([
  'StatefulSet',
  'Deployment',
  'Service',
  'ConfigMap',
  'PersistentVolumeClaim',
]);

function namesTable(): string {
  const rows = OWN_CHARTS.filter(({ name }) => name !== 'danube-stack').flatMap((own) => {
    const chart = openChart(own.name, { helm: 'helm' });
    const values = own.example ?? {};
    const objects = chart.objects({ values, releaseName: RELEASE, namespace: 'default' });
    return objects
      .filter(({ kind }) => NAMED.has(kind))
      .map(({ kind, metadata }) => [
        code(own.name),
        kind,
        code(metadata.name.replace(RELEASE, '<release>')),
      ]);
  });
  return table(['chart', 'object', 'name'], rows);
}

const CONNECTORS = ['qdrant', 'deltalake', 'surrealdb', 'webhook', 'mqtt'] as const;

function versionsTable(): string {
  const { broker, cli, admin, adminUI, etcd, prometheus, connectors } = TRAIN_0_7;
  const row = (name: string, { repository, tag }: ImagePin, newer = '') => [
    name,
    code(repository),
    code(tag) + (newer === '' ? '' : `, ${code(newer)}`),
  ];
  const rows = [
    row('broker', broker),
    row('command line (tests)', cli),
    row('admin', admin),
    row('web interface', adminUI),
    row('etcd', etcd),
    row('Prometheus', prometheus),
    ...CONNECTORS.map((name) => {
      const pin = connectors[name];
      return row(`${name} connector`, pin, pin.tags['0.3']);
    }),
  ];
  return table(['component', 'image', 'tag'], rows);
}

function supportedVersions(): string {
  const listed = JSON.parse(readFileSync(join(ROOT, 'scripts/helm-binaries.json'), 'utf8')) as {
    helm: string;
  }[];
  const helms = listed
    .map(({ helm }) => helm)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  return table(
    ['program', 'versions'],
    [
      ['Helm', `tested with ${helms.join(', ')}`],
      ['Kubernetes', code(CORE_CHART.kubeVersion ?? '')],
      [
        'Danube',
        `${TRAIN_0_7.broker.tag}; versions from 0.8 on have no etcd and need other charts`,
      ],
      ['Node.js, for TypeScript and the command line', code(engines.node)],
    ],
  );
}

function commandsTable(): string {
  const rows = program().commands.map((command) => [
    code(`danube-charts ${command.name()}`),
    command.description(),
  ]);
  return table(['command', 'does'], rows);
}

function chartsTable(): string {
  const rows = OWN_CHARTS.map(({ name, make }) => {
    const { description } = make(new App()).metadata;
    return [`[${code(name)}](charts-out/${name})`, description];
  });
  return table(['chart', 'what it is'], rows);
}

/** The parts of the README that follow from the sources. */
export const README_PARTS: Readonly<Record<string, () => string>> = {
  charts: chartsTable,
  'diagram of danube-core': () => diagram('danube-core'),
  'diagram of the stack': () => diagram('danube-stack', 'examples/full-stack-values.yaml'),
  commands: commandsTable,
  names: namesTable,
  versions: versionsTable,
  'supported versions': supportedVersions,
};

const marks = (name: string) => [`<!-- made: ${name} -->`, `<!-- made until here: ${name} -->`];

/** The text with each of its parts made anew. @throws when a part is not there. */
export function withParts(readme: string): string {
  return Object.entries(README_PARTS).reduce((text, [name, make]) => {
    const [start, end] = marks(name);
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) {
      throw new Error(`README.md has no part '${name}' between ${start} and ${end}`);
    }
    return `${text.slice(0, from + start.length)}\n\n${make()}\n\n${text.slice(to)}`;
  }, readme);
}
