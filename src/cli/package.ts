import { Command } from 'commander';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prerelease } from 'semver';
import {
  artifactHubAnnotations,
  chartImages,
  changesFor,
  changesOf,
  checkReleased,
  packChart,
  parseReleasedCharts,
  readCharts,
  withAnnotations,
  type ChartContent,
  type SignKey,
} from '../helm/index';

interface PackageOptions {
  readonly charts: string;
  readonly out: string;
  readonly changelog?: string;
  readonly released?: string;
  readonly signKeyFingerprint?: string;
  readonly signKeyUrl?: string;
}

/** The npm package, whose changes are not those of a chart. */
const NPM_PACKAGE = 'cdk8s-danube';

function signKeyOf(options: PackageOptions): SignKey | undefined {
  const { signKeyFingerprint: fingerprint, signKeyUrl: url } = options;
  if (fingerprint === undefined && url === undefined) {
    return undefined;
  }
  if (fingerprint === undefined || url === undefined) {
    throw new Error('--sign-key-fingerprint and --sign-key-url belong together');
  }
  return { fingerprint, url };
}

/** What Artifact Hub is told of a release: it follows from the values and the changelog. */
function releaseAnnotations(
  chart: ChartContent,
  names: readonly string[],
  options: PackageOptions,
): Readonly<Record<string, string>> {
  const { name, version } = chart.metadata;
  const { changelog } = options;
  const changes =
    changelog === undefined ? [] : changesOf(readFileSync(changelog, 'utf8'), version);
  return artifactHubAnnotations({
    images: chartImages(chart).map(({ path, reference }) => ({
      name: path.filter((key) => key !== 'image').join('-'),
      image: reference,
    })),
    changes: changesFor(changes, name, [...names, NPM_PACKAGE]),
    prerelease: prerelease(version) === null ? undefined : true,
    signKey: signKeyOf(options),
  });
}

function packageCharts(options: PackageOptions): void {
  const charts = readCharts(options.charts);
  if (charts.length === 0) {
    throw new Error(`${options.charts} holds no chart`);
  }
  if (options.released !== undefined && existsSync(options.released)) {
    checkReleased(charts, parseReleasedCharts(readFileSync(options.released, 'utf8')));
  }
  const names = charts.map(({ metadata }) => metadata.name);
  mkdirSync(options.out, { recursive: true });
  for (const chart of charts) {
    const annotations = releaseAnnotations(chart, names, options);
    const { fileName, bytes, digest } = packChart(withAnnotations(chart, annotations));
    writeFileSync(join(options.out, fileName), bytes);
    console.log(`${digest}  ${fileName}`);
  }
}

const EXAMPLES = `
Examples:
  danube-charts package                               charts-out to dist/charts
  danube-charts package --charts charts --out dist    your own charts
  danube-charts package --released released.json      refuses a released chart that has changed
`;

export function packageCommand(): Command {
  return new Command('package')
    .description('pack every chart of a folder into <name>-<version>.tgz, always the same bytes')
    .option('--charts <folder>', 'folder of the charts', 'charts-out')
    .option('--out <folder>', 'where the archives go', 'dist/charts')
    .option('--changelog <file>', 'changes of each version, for Artifact Hub')
    .option('--released <file>', 'released versions; none of them may have changed')
    .option('--sign-key-fingerprint <fingerprint>', 'of the key that signs, for Artifact Hub')
    .option('--sign-key-url <url>', 'where its public part can be had')
    .addHelpText('after', EXAMPLES)
    .action(packageCharts);
}
