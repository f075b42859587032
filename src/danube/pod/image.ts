import { z } from 'zod';
import {
  choose,
  regexReplaceAll,
  str,
  type Expr,
  type ChartPart,
  type Ref,
} from '../../helm/index';
import type { ImagePin } from '../release-train';

/** Where an image is pulled from. */
export interface Image {
  repository: string;
  tag: string;
  digest: string;
  pullPolicy: 'Always' | 'IfNotPresent' | 'Never';
}

const digest = z
  .string()
  .regex(/^(sha256:[0-9a-f]{64})?$/)
  .default('')
  .meta({
    description: 'Image digest (sha256:...); it wins over the tag.',
    examples: [`sha256:${'0123456789abcdef'.repeat(4)}`, `sha256:${'fedcba9876543210'.repeat(4)}`],
  });

const pullPolicy = z
  .enum(['Always', 'IfNotPresent', 'Never'])
  .default('IfNotPresent')
  .describe('When the image is pulled.');

/** The values of an image: `repository`, `tag`, `digest`, `pullPolicy`. */
export function imageValues(pin: ImagePin) {
  return z.object({
    repository: z
      .string()
      .regex(/^[a-zA-Z0-9][a-zA-Z0-9._/:-]*$/)
      .default(pin.repository)
      .describe('Image without tag, with its registry if it is not the default one.'),
    tag: z
      .string()
      .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/)
      .default(pin.tag)
      .describe('Image tag; not used when digest is set.'),
    digest,
    pullPolicy,
  });
}

const parameters = z.object({
  image: z.object({ repository: z.string(), tag: z.string(), digest: z.string() }),
  registry: z.string(),
});

/** A registry's host at the start of an image: it has a dot or a colon, or is localhost. */
const REGISTRY_HOST = '^([^/]*[.:][^/]*|localhost)/';

/** Computes image references, with `global.imageRegistry` in place of the image's own registry. */
export type ImageReference = (image: Ref<Image>) => Expr<string>;

/**
 * Defines the template that makes an image reference of a chart's image values.
 *
 * A registry replaces the first segment of the repository where that is a host, and is put before
 * it otherwise: `prom/prometheus` becomes `<registry>/prom/prometheus`.
 */
export function imageReference(chart: ChartPart, registry: Expr<string>): ImageReference {
  const repository = chart.templateFunction(
    'repository',
    parameters,
    ({ image, registry: mirror }) =>
      choose(
        mirror,
        str`${mirror}/${regexReplaceAll(REGISTRY_HOST, image.repository, '')}`,
        image.repository,
      ),
    { description: 'An image without tag, from the mirror registry if there is one.' },
  );
  const reference = chart.templateFunction(
    'image',
    parameters,
    ({ image, registry: mirror }) =>
      choose(
        image.digest,
        str`${repository({ image, registry: mirror })}@${image.digest}`,
        str`${repository({ image, registry: mirror })}:${image.tag}`,
      ),
    { description: 'The reference of an image: by its digest if it has one, else by its tag.' },
  );
  return (image) => reference({ image, registry });
}
