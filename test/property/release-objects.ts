import type { HelmChart } from '../../src/helm';
import { onceForEach } from '../../src/helm/expression/once-for-each';
import type { ReleaseSet } from './release-arbitrary';

/** The charts of proofs do not change, so the constructs of each are read once. */
const evaluatorOf = onceForEach((chart: HelmChart) => chart.evaluator());

/** What `chart.manifests` gives. */
export function releaseObjects(chart: HelmChart, set: ReleaseSet): Record<string, unknown>[] {
  return evaluatorOf(chart).manifests(set);
}
