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

const NAME = /^[a-z0-9][a-z0-9._-]*$/;

const SEMANTIC_VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/** @throws when Helm could not load or install a chart of that name and version. */
export function checkMetadata({ name, version }: ChartMetadata): void {
  if (!NAME.test(name)) {
    throw new Error(
      `the chart's name '${name}' is none that Helm takes: write lower case letters, digits, ` +
        'dots, underscores and dashes, such as danube-core',
    );
  }
  if (!SEMANTIC_VERSION.test(version)) {
    throw new Error(`${name}: the version '${version}' is not SemVer; write one such as 1.0.0`);
  }
}

/** The text of Chart.yaml. Its keys are sorted, as `helm package` writes them. */
export function chartYaml(metadata: ChartMetadata): string {
  const given = { apiVersion: 'v2', type: 'application', ...metadata };
  return stringify(given, { version: '1.1', lineWidth: 0, sortMapEntries: true });
}
