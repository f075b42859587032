import { stringify } from 'yaml';

/** A chart that this one brings along. */
export interface ChartDependency {
  readonly name: string;
  readonly version: string;
  readonly repository?: string;
  /** The value that switches it on: `prometheus.enabled`. */
  readonly condition?: string;
  readonly alias?: string;
  readonly tags?: readonly string[];
}

/** What Chart.yaml says of a chart. */
export interface ChartMetadata {
  readonly name: string;
  /** The chart's own version (SemVer). */
  readonly version: string;
  readonly description: string;
  /** The version of the software that it deploys. */
  readonly appVersion?: string;
  /** Range of Kubernetes versions; end it with `-0` so that vendors' versions fit. */
  readonly kubeVersion?: string;
  readonly type?: 'application' | 'library';
  readonly home?: string;
  readonly icon?: string;
  readonly keywords?: readonly string[];
  readonly sources?: readonly string[];
  readonly maintainers?: readonly {
    readonly name: string;
    readonly email?: string;
    readonly url?: string;
  }[];
  readonly dependencies?: readonly ChartDependency[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The text of Chart.yaml. Its keys are sorted, as `helm package` writes them. */
export function chartYaml(metadata: ChartMetadata): string {
  const given = { apiVersion: 'v2', type: 'application', ...metadata };
  return stringify(given, { version: '1.1', lineWidth: 0, sortMapEntries: true });
}
