import { HELM_4 } from '../real-helm/binaries';
import { helmTemplate } from '../real-helm/run-helm';
import { chartDirectory, exampleJourneys } from './journeys';
import { JOURNEYS } from './journey-sets';
import { isSuppressed, SUPPRESSIONS, type Finding } from './lint-findings';

export interface Linter {
  readonly name: keyof typeof SUPPRESSIONS;
  /** What it would like otherwise in a manifest, rendered with a set of values of this name. */
  readonly findings: (manifest: string, set: string) => Promise<readonly Finding[]>;
  /** A check that does not pass a container without a tag, resources and a security context. */
  readonly strictCheck: string;
}

const presets = [...JOURNEYS, ...exampleJourneys()];

/** A linter finds nothing in any chart, with its defaults and presets, that has no reason. */
export function proveLinted({ name, findings, strictCheck }: Linter): void {
  const suppressions = SUPPRESSIONS[name];
  const found: Finding[] = [];

  test.each(presets)('finds nothing in $chart: $name', async ({ chart, name: set, values }) => {
    const helm = HELM_4;
    const options = { helm, chart: chartDirectory(chart), release: 'danube', values };
    const { ok, stdout } = await helmTemplate(options);
    expect(ok).toBe(true);
    const all = await findings(stdout, set);
    found.push(...all);
    const open = all.filter(
      (finding) => !suppressions.some((suppression) => isSuppressed(finding, suppression)),
    );
    expect(open).toEqual([]);
  });

  test('every suppression is needed and has a reason', () => {
    const unneeded = suppressions.filter(
      (suppression) => !found.some((finding) => isSuppressed(finding, suppression)),
    );
    expect(unneeded).toEqual([]);
    expect(suppressions.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });

  test('an object that is not sound is found', async () => {
    const manifest = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { containers: [{ name: 'a', image: 'a:latest' }] },
    };
    const checks = await findings(JSON.stringify(manifest), 'a pod');
    expect(checks.map(({ check }) => check)).toContain(strictCheck);
  });
}
