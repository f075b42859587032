import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { OWN_CHARTS } from '../../src/cli/own-charts';
import { useTemporaryDirectory } from '../helm/temporary-directory';
import { runDanubeCharts } from './run-danube-charts';

const CHARTS_OUT = join(__dirname, '../../charts-out');
const directory = useTemporaryDirectory();

function filesBelow(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.map((path) => [path.slice(folder.length), readFileSync(path, 'utf8')]),
  );
}

test('synth writes the charts that are committed, each once', async () => {
  const { stdout } = await runDanubeCharts(directory(), ['synth', '--out', 'out']);
  const out = join(directory(), 'out');
  expect(filesBelow(out)).toEqual(filesBelow(CHARTS_OUT));
  const written = stdout.trim().split('\n').sort();
  expect(written).toEqual(readdirSync(out).map((name) => `wrote out/${name}`));
});

test('synth writes the charts that are named, and refuses others', async () => {
  await runDanubeCharts(directory(), ['synth', 'danube-admin']);
  expect(readdirSync(join(directory(), 'charts'))).toEqual(['danube-admin']);
  const names = OWN_CHARTS.map(({ name }) => name).join(', ');
  await expect(runDanubeCharts(directory(), ['synth', 'danube-cor', '--out', 'x'])).rejects.toThrow(
    new Error(`there is no chart 'danube-cor'; there are ${names}`),
  );
  expect(existsSync(join(directory(), 'x'))).toBe(false);
});
