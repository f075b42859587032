import { Command, Option } from 'commander';
import { join } from 'node:path';
import { stringify } from 'yaml';
import {
  chartImages,
  imageDigest,
  mirroredImage,
  readChart,
  readCharts,
  type ChartImage,
} from '../helm/index';
import { progress } from './progress';

interface ImagesOptions {
  readonly charts?: string;
  readonly digests?: boolean;
  readonly mirror?: string;
  readonly tool: 'crane' | 'skopeo';
  readonly values?: boolean;
}

interface FoundImage extends ChartImage {
  readonly digest: string;
}

/** The charts that the npm package brings along. */
const OWN_CHARTS = join(__dirname, '../../charts-out');

function imagesOf(folder: string, names: readonly string[]): readonly ChartImage[] {
  const charts =
    names.length === 0 ? readCharts(folder) : names.map((name) => readChart(join(folder, name)));
  return charts.flatMap(chartImages);
}

/** Each image once, in order. */
function distinct(images: readonly ChartImage[]): readonly ChartImage[] {
  const byReference = new Map(images.map((image) => [image.reference, image]));
  return [...byReference.values()].sort((a, b) => (a.reference < b.reference ? -1 : 1));
}

/** Asks the registries; every image that cannot be had is reported. */
async function find(images: readonly ChartImage[]): Promise<readonly FoundImage[]> {
  progress(`asking registries for ${images.length} images`);
  const problems: string[] = [];
  const found = await Promise.all(
    images.map(async (image) => {
      try {
        return [{ ...image, digest: await imageDigest(image.reference) }];
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
        return [];
      }
    }),
  );
  if (problems.length > 0) {
    throw new Error(problems.sort().join('\n'));
  }
  return found.flat();
}

function copyCommand(tool: ImagesOptions['tool'], image: FoundImage, registry: string): string {
  const from = `${image.repository}@${image.digest}`;
  const to = mirroredImage(`${image.repository}:${image.tag}`, registry);
  return tool === 'crane'
    ? `crane copy ${from} ${to}`
    : `skopeo copy --all docker://${from} docker://${to}`;
}

/** Values that name each image by its digest. */
function digestValues(images: readonly FoundImage[]): string {
  const values: Record<string, unknown> = {};
  for (const { path, digest } of images) {
    let group = values;
    for (const key of path) {
      const inner = (group[key] ?? {}) as Record<string, unknown>;
      group[key] = inner;
      group = inner;
    }
    group.digest = digest;
  }
  return stringify(values, { version: '1.1' }).trimEnd();
}

async function listImages(names: readonly string[], options: ImagesOptions): Promise<void> {
  const { charts = OWN_CHARTS, digests, mirror, tool, values } = options;
  const images = imagesOf(charts, names);
  if (values === true) {
    if (names.length !== 1) {
      throw new Error('--values is for one chart: name it');
    }
    console.log(digestValues(await find(images)));
  } else if (mirror !== undefined) {
    for (const image of await find(distinct(images))) {
      console.log(copyCommand(tool, image, mirror));
    }
  } else if (digests === true) {
    for (const { repository, digest } of await find(distinct(images))) {
      console.log(`${repository}@${digest}`);
    }
  } else {
    for (const { reference } of distinct(images)) {
      console.log(reference);
    }
  }
}

const EXAMPLES = `
Examples:
  danube-charts images                                of all charts
  danube-charts images danube-core --digests          asks the registries
  danube-charts images --mirror registry.local/danube --tool skopeo
  danube-charts images danube-core --values           images by digest, for helm install -f
`;

export function imagesCommand(): Command {
  return new Command('images')
    .description('list the images of charts, also of parts that are off by default')
    .argument('[charts...]', 'names of charts; default: all')
    .option('--charts <folder>', 'folder of the charts; default: those of this package')
    .option('--digests', 'ask the registries for the digests; an image that is missing is an error')
    .option('--mirror <registry>', 'print commands that copy the images there, by digest')
    .addOption(
      new Option('--tool <tool>', 'what copies them').choices(['crane', 'skopeo']).default('crane'),
    )
    .option('--values', 'print values that name the images of one chart by digest')
    .addHelpText('after', EXAMPLES)
    .action(listImages);
}
