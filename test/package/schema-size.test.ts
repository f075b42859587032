import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const CHARTS_OUT = join(__dirname, '../../charts-out');

// Helm reads it at each command and keeps it in the Secret of each release.
test.each(readdirSync(CHARTS_OUT))('values.schema.json of %s has at most 64 KB', (chart) => {
  const { length } = readFileSync(join(CHARTS_OUT, chart, 'values.schema.json'));
  expect(length).toBeLessThanOrEqual(64 * 1024);
});
