import type { HelmChart } from '../../src/helm';
import { checkEquality } from '../property/equality';
import type { ReleaseSet } from '../property/release-arbitrary';
import { helmVersions } from '../real-helm/binaries';

/** Every Helm renders each set as it is evaluated; none is refused. */
export async function expectSameInEveryHelm(
  chart: HelmChart,
  directory: string,
  sets: readonly ReleaseSet[],
): Promise<void> {
  for (const helm of helmVersions) {
    const { mismatches, rendered } = await checkEquality(chart, directory, sets, { helm });
    expect(mismatches).toEqual([]);
    expect(rendered).toHaveLength(sets.length);
  }
}
