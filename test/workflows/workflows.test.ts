import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { HELM_4 } from '../real-helm/binaries';
import { helmTemplate } from '../real-helm/run-helm';

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const REPOSITORY = join(__dirname, '../..');
const FOLDER = join(REPOSITORY, '.github/workflows');
const NAMES = readdirSync(FOLDER);
const { scripts } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

describe.each(NAMES)('%s', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  const workflow = parse(text) as Workflow;
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  test('pins each action by a commit, and says which version that is', () => {
    const uses = [...text.matchAll(/uses: (.*)$/gm)].map(([, value]) => value);
    expect(uses.length).toBeGreaterThan(0);
    for (const each of uses) {
      expect(each).toMatch(/^[a-z0-9-]+\/[a-z0-9-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  test('has one commit for each action', () => {
    const commits = new Map<string, Set<string>>();
    for (const { uses = '' } of steps) {
      const [action, commit] = uses.split('@');
      commits.set(action, (commits.get(action) ?? new Set<string>()).add(commit));
    }
    expect([...commits].filter(([, set]) => set.size > 1)).toEqual([]);
  });

  test('may do nothing but what a job asks for', () => {
    expect([{}, { contents: 'read' }]).toContainEqual(workflow.permissions);
    const writes = jobs.flatMap(({ permissions = {} }) =>
      Object.entries(permissions).filter(([, access]) => access === 'write'),
    );
    const wanted = name === 'release.yml' ? ['packages', 'id-token', 'contents', 'id-token'] : [];
    expect(writes.map(([scope]) => scope)).toEqual(wanted);
    for (const job of jobs) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(90);
    }
  });

  test('runs scripts that a person can run', () => {
    const commands = steps.map(({ run = '' }) => run).join('\n');
    const called = commands.matchAll(/npm run (?:--silent )?([a-z:-]+)/g);
    const names = [...called].map(([, script]) => script);
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((each) => !(each in scripts))).toEqual([]);
  });

  test('puts no input of others into a shell', () => {
    for (const { run = '' } of steps) {
      expect(run).not.toContain('${{');
    }
  });
});

test('the scripts name files that are there', () => {
  const files = Object.values(scripts).flatMap((script) =>
    [...script.matchAll(/(?:node|--config|--values|-c) ((?!lib\/)[\w./-]+\.\w+)/g)].map(
      ([, file]) => file,
    ),
  );
  expect(files.length).toBeGreaterThan(8);
  expect(files.filter((file) => !existsSync(join(REPOSITORY, file)))).toEqual([]);
});

const ctCases = readdirSync(join(REPOSITORY, 'test/ct')).flatMap((chart) =>
  readdirSync(join(REPOSITORY, 'test/ct', chart)).map((file) => ({ chart, file })),
);

test.each(ctCases)('$chart renders with test/ct/$chart/$file', async ({ chart, file }) => {
  expect(file).toMatch(/-values\.yaml$/);
  const values = parse(readFileSync(join(REPOSITORY, 'test/ct', chart, file), 'utf8')) as object;
  const { stderr, stdout } = await helmTemplate({
    helm: HELM_4,
    chart: join(REPOSITORY, 'charts-out', chart),
    values,
  });
  expect(stderr).toBe('');
  expect(stdout).toContain('kind: ');
});
