import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { helmServerPath, helmVersions } from './binaries';
import { askHelmServer, hasHelmServer } from './helm-server';
import { isolatedEnv } from './isolated-env';
import { runProcess } from './run-process';

const CHARTS_OUT = path.join(__dirname, '../../charts-out');
const EXAMPLES = path.join(__dirname, '../../examples');
/** A server starts anew after 250 requests. */
const MORE_THAN_A_START = 260;

const CASES: readonly (readonly [name: string, args: readonly string[]])[] = [
  ...fs
    .readdirSync(CHARTS_OUT)
    .map((name): [string, string[]] => [name, [path.join(CHARTS_OUT, name)]]),
  [
    'values from a file',
    [
      path.join(CHARTS_OUT, 'danube-core'),
      ...['--values', path.join(EXAMPLES, 'production-values.yaml')],
    ],
  ],
  ['a value of the wrong type', [path.join(CHARTS_OUT, 'danube-core'), '--set', 'broker=1']],
  ['an unknown value', [path.join(CHARTS_OUT, 'danube-admin'), '--set', 'nothing=1']],
  ['a template that is not there', [path.join(CHARTS_OUT, 'danube-core'), '--show-only', 'no']],
  ['a chart that is not there', [path.join(CHARTS_OUT, 'nothing')]],
  ['a flag that is not there', [path.join(CHARTS_OUT, 'danube-core'), '--nothing']],
];

const built = helmVersions.filter(hasHelmServer);
const missing = helmVersions.filter((helm) => !built.includes(helm));
if (missing.length > 0) {
  process.stdout.write(`skipped without ${missing.map(helmServerPath).join(', ')}\n`);
}

function templateArgs(args: readonly string[]): readonly string[] {
  return ['template', 'release', '--namespace', 'here', '--kube-version', '1.33.0', ...args];
}

test('a machine with CI=true has the servers', () => {
  expect(process.env.CI === 'true' ? missing : []).toEqual([]);
});

describe.each(built)('the server of Helm $version', (helm) => {
  test.each(CASES)('answers as the binary does: %s', async (_name, args) => {
    const env = isolatedEnv(path.join(os.tmpdir(), 'nothing'));
    const binary = await runProcess(helm.path, templateArgs(args), env);
    // What a request leaves behind must not show in the next ones.
    await askHelmServer(helm, templateArgs(['--set', 'a=1', CASES[1][1][0]]));
    const server = await askHelmServer(helm, templateArgs(args));
    expect({ ...server, ms: 0 }).toEqual({ ...binary, ms: 0 });
  });
});

describe.each(built.slice(-1))('the server of Helm $version', (helm) => {
  test('goes on after it started anew', async () => {
    const chart = path.join(CHARTS_OUT, 'danube-admin');
    const first = await askHelmServer(helm, templateArgs([chart]));
    for (let request = 1; request < MORE_THAN_A_START; request += 1) {
      const { ok } = await askHelmServer(helm, templateArgs([chart, '--show-only', 'nothing']));
      expect(ok).toBe(false);
    }
    const last = await askHelmServer(helm, templateArgs([chart]));
    expect({ ...last, ms: 0 }).toEqual({ ...first, ms: 0 });
  });
});
