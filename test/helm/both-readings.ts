import { emptyEnvironment, type Environment } from '../../src/helm/expression/evaluate';
import { evaluateManifest } from '../../src/helm/manifest/evaluate-manifest';
import { IN_MANIFEST } from '../../src/helm/manifest/guard';
import { lowerMap } from '../../src/helm/manifest/lower-yaml';
import { printLines } from '../../src/helm/manifest/print-lines';
import { sampleValues } from './sample-values';

/** What a template of the tree looks like. */
export function printed(tree: Record<string, unknown>): string {
  return printLines(lowerMap(tree, IN_MANIFEST)).join('\n');
}

/** What templates see in a release named `blue` in the namespace `river`. */
export function environment(overrides: Readonly<Record<string, unknown>> = {}): Environment {
  const empty = emptyEnvironment();
  return {
    ...empty,
    Values: sampleValues.resolve(overrides),
    Release: { ...empty.Release, Name: 'blue', Namespace: 'river' },
  };
}

/** What the tree is in a release with the given values. */
export function evaluated(
  tree: unknown,
  overrides: Readonly<Record<string, unknown>> = {},
): unknown {
  return evaluateManifest(tree, environment(overrides));
}
