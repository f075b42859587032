import { isMap } from '../expression/go-value';

/** An image that the values of a chart name. */
export interface ChartImage {
  /** Where the values name it: `['broker', 'image']`. */
  readonly path: readonly string[];
  readonly repository: string;
  readonly tag: string;
  /** As a pod names it: `<repository>:<tag>`, or `@<digest>` where the values have one. */
  readonly reference: string;
}

/** The images that values name: every group with a `repository` and a `tag` or a `digest`. */
export function imagesIn(values: unknown, path: readonly string[] = []): readonly ChartImage[] {
  if (!isMap(values)) {
    return [];
  }
  const { repository, tag, digest } = values;
  if (typeof repository === 'string' && typeof tag === 'string') {
    const isPinned = typeof digest === 'string' && digest !== '';
    if (repository === '' || (tag === '' && !isPinned)) {
      // Its user has to name it.
      return [];
    }
    const reference = isPinned ? `${repository}@${digest}` : `${repository}:${tag}`;
    return [{ path, repository, tag, reference }];
  }
  return Object.entries(values).flatMap(([key, value]) => imagesIn(value, [...path, key]));
}

/** The text of images.txt: each image of some charts' values once, for those who mirror them. */
export function imageList(charts: readonly unknown[]): string {
  const references = charts.flatMap((values) => imagesIn(values)).map((image) => image.reference);
  return [...new Set(references)].sort().join('\n') + '\n';
}
