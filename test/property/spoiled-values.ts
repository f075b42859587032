import fc from 'fast-check';
import type { HelmChart } from '../../src/helm';
import { leavesOf, withValueAt } from './leaves';
import type { ReleaseSet } from './release-arbitrary';

/** What users write by mistake: the wrong type, a null, a number out of bounds. */
const mistake = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'text', 'yes', '1', 0, -1, 1.5, 70000, true, [], {}, [1]),
  fc.constantFrom<unknown>({ unknown: 1 }, ['a', 2], [{}], 2 ** 53, 1e30, 'x'.repeat(300)),
);

function prefixes(path: readonly string[]): readonly (readonly string[])[] {
  return path.map((_, index) => path.slice(0, index + 1));
}

/** Sets with one value that most likely does not fit, or a key that the schema does not know. */
export function spoiledSets(chart: HelmChart): fc.Arbitrary<ReleaseSet> {
  const known = leavesOf(chart.values.schema).flatMap(({ path }) => prefixes(path));
  const unknown = known.map((path) => [...path.slice(0, -1), 'mispelt']);
  const somewhere = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constantFrom(...unknown) },
  );
  return fc
    .tuple(somewhere, mistake)
    .map(([path, value]) => ({ values: withValueAt({}, path, value) }));
}
