import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ValuesFiles } from '../../src/cli/values-files';
import { runDanubeCharts } from '../cli/run-danube-charts';
import { HELM_3_12, HELM_4 } from '../real-helm/binaries';
import { helmLint, helmTemplate } from '../real-helm/run-helm';
import { clusterProof, readmeCommands, type ReadmeCommand } from './readme-commands';
import { withParts } from './readme-parts';

const ROOT = join(__dirname, '../..');
const PATH = join(ROOT, 'README.md');
const README = readFileSync(PATH, 'utf8');

test('its tables and diagrams follow from the sources (npm run readme makes them)', () => {
  const made = withParts(README);
  if (process.env.UPDATE_README === '1') {
    writeFileSync(PATH, made);
  }
  expect(readFileSync(PATH, 'utf8')).toBe(made);
});

const commands = readmeCommands(README);

/** The value of `--set a.b=c`, as text, number or boolean. */
function setValues(args: readonly string[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [index, arg] of args.entries()) {
    if (arg === '--set') {
      const [path, value] = args[index + 1].split('=');
      const keys = path.split('.');
      const last = keys.pop() ?? '';
      const group = keys.reduce<Record<string, unknown>>((inner, key) => {
        inner[key] ??= {};
        return inner[key] as Record<string, unknown>;
      }, values);
      group[last] = /^\d+$/.test(value) ? Number(value) : value;
    }
  }
  return values;
}

async function runsInstall({ words }: ReadmeCommand): Promise<void> {
  const [, , release, chart, ...args] = words;
  const files = args.filter((_, index) => args[index - 1] === '-f').map((file) => join(ROOT, file));
  const values = { ...new ValuesFiles(files).values, ...setValues(args) };
  for (const helm of [HELM_3_12, HELM_4]) {
    const set = { helm, chart: join(ROOT, chart), values };
    const { ok, stderr } = await helmTemplate({ ...set, release });
    expect({ ok, stderr }).toEqual({ ok: true, stderr: '' });
    const lint = await helmLint(set);
    expect({ ok: lint.ok, said: lint.ok ? '' : lint.stdout }).toEqual({ ok: true, said: '' });
  }
}

const local = commands.filter(({ needsCluster }) => !needsCluster);

test('every scenario has commands that run here', () => {
  const scenarios = new Set(local.map(({ heading }) => heading));
  expect([...scenarios].map((heading) => heading.replace(/:.*/, ''))).toEqual([
    'Scenario 1',
    'Scenario 2',
    'Scenario 3',
    'Scenario 4',
    'Scenario 5',
    'The stack',
    'Migration',
  ]);
});

test.each(local)('$heading: $text', async (command) => {
  const [name, verb] = command.words;
  if (name === 'helm') {
    expect(verb).toBe('install');
    await runsInstall(command);
  } else {
    expect([name, verb]).toEqual(['npx', 'danube-charts']);
    const { code } = await runDanubeCharts(ROOT, command.words.slice(2));
    expect(code).toBe(0);
  }
});

test('what needs a cluster is marked, and the proofs on one know how to run it', () => {
  const proofs = commands.filter(({ needsCluster }) => needsCluster).map(clusterProof);
  expect([...new Set(proofs)].sort()).toEqual([
    'compare endpoints',
    'forward',
    'run',
    'run without logs',
  ]);
  const [command] = commands;
  expect(() => clusterProof({ ...command, text: 'kubectl drain node-1' })).toThrow('no way yet');
});

/** The heading's anchor, as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replace(/ /g, '-');
}

function anchorsIn(path: string): readonly string[] {
  const markdown = readFileSync(path, 'utf8').replace(/^```.*?^```$/gms, '');
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading));
}

const docs = readdirSync(join(ROOT, 'docs')).map((name) => join('docs', name));
const pages = ['README.md', 'CONTRIBUTING.md', ...docs.filter((name) => name.endsWith('.md'))];

test.each(pages)('links of %s lead to files and headings that are there', (page) => {
  const path = join(ROOT, page);
  const markdown = readFileSync(path, 'utf8').replace(/^```.*?^```$/gms, '');
  const links = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
  const broken = links.filter((link) => {
    const [file, anchor = ''] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    return (
      !/^https?:/.test(link) &&
      (!existsSync(target) || (anchor !== '' && !anchorsIn(target).includes(anchor)))
    );
  });
  expect(broken).toEqual([]);
});
