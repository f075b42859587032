import fc from 'fast-check';
import type { HelmChart } from '../../src/helm';
import type { Values } from './values-arbitrary';
import { valuesArbitrary } from './values-arbitrary';

/** A release to render: what its user gives. */
export interface ReleaseSet {
  readonly values: Values;
  readonly releaseName?: string;
  readonly namespace?: string;
  readonly isUpgrade?: boolean;
}

/** Names that Helm accepts and that YAML could read as something else, short and longest. */
const HOSTILE_NAMES = [
  ...['a', '1', '123', 'true', 'null', 'no', 'y', '1e3', '0755', '0x1f', '1.5', '2020-01-01'],
  ...['a.b', '0.a', 'x'.repeat(53), `${'1234567890'.repeat(5)}123`, `${'ab-cd.'.repeat(8)}abcde`],
];

/** `helm install <name>`: labels of a DNS name, at most 53 characters. */
const RELEASE_NAME = /^[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?)?$/;
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,12}[a-z0-9])?$/;

export const releaseName: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('danube', 'my-release'),
  fc.constantFrom(...HOSTILE_NAMES),
  fc.stringMatching(RELEASE_NAME),
);

export const namespace: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('default', 'messaging', '123', 'true', 'n'.repeat(63)),
  fc.stringMatching(NAMESPACE),
);

/** Releases of a chart with any values, names and namespaces. */
export function releaseArbitrary(chart: HelmChart): fc.Arbitrary<ReleaseSet> {
  return fc.record(
    {
      values: valuesArbitrary(chart.values.schema),
      releaseName,
      namespace,
      isUpgrade: fc.boolean(),
    },
    { noNullPrototype: true },
  );
}
