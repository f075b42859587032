// Adds the charts of charts-out to charts-released.json, the versions that may not change any more.
// Refuses a version of the changelog that has no date yet.

import * as fs from 'node:fs';
import helm from '../lib/helm/index.js';

const RELEASED = 'charts-released.json';

function main() {
  const charts = helm.readCharts('charts-out');
  const changelog = fs.readFileSync('CHANGELOG.md', 'utf8');
  for (const { version } of charts.map(({ metadata }) => metadata)) {
    if (!new RegExp(`^## ${version} \\(\\d{4}-\\d{2}-\\d{2}\\)$`, 'm').test(changelog)) {
      throw new Error(`CHANGELOG.md has no heading "## ${version} (<year>-<month>-<day>)"`);
    }
  }
  const released = helm.parseReleasedCharts(fs.readFileSync(RELEASED, 'utf8'));
  const all = helm.withReleases(released, charts);
  fs.writeFileSync(RELEASED, helm.releasedChartsJson(all));
  for (const { metadata } of charts) {
    process.stdout.write(`recorded ${metadata.name} ${metadata.version}\n`);
  }
}

try {
  main();
} catch (error) {
  process.stderr.write(`record-release: ${error.message}\n`);
  process.exitCode = 1;
}
