import {
  literal,
  merge,
  spread,
  type ChartPart,
  type DynamicFields,
  type Expr,
} from '../helm/index';
import { CoreNames, fullnameTemplate, prefixTemplate } from './naming';
import { imageReference, type ImageReference } from './pod/image';
import { serviceAccountNameTemplate, type ServiceAccountName } from './pod/service-account-name';
import { ReleaseLabels } from './release-labels';

/** The values that the parts of a release share: references to `releaseValues`, `globalValues`. */
export interface SharedValues {
  readonly nameOverride: Expr<string>;
  readonly fullnameOverride: Expr<string>;
  readonly commonLabels: Expr<Readonly<Record<string, string>>>;
  readonly commonAnnotations: Expr<Readonly<Record<string, string>>>;
  readonly clusterDomain: Expr<string>;
  readonly platformAssignedIds: Expr<boolean>;
  readonly global: {
    readonly imageRegistry: Expr<string>;
    readonly imagePullSecrets: Expr<readonly string[]>;
  };
}

/** Metadata as every object of a release has it. */
export interface ObjectMetadata {
  readonly name: Expr<string>;
  readonly labels: Record<string, string>;
  readonly annotations: DynamicFields<Record<string, string>>;
}

/** What the parts of a release have in common: names, labels, images, a few values. */
export class ReleaseContext {
  /** What the names of all objects start with. */
  readonly fullname: Expr<string>;
  /** What the names of another release start with, if it overrides none. */
  readonly prefixOf: (releaseName: Expr<string>) => Expr<string>;
  readonly names: CoreNames;
  readonly labels: ReleaseLabels;
  readonly image: ImageReference;
  readonly clusterDomain: Expr<string>;
  readonly platformAssignedIds: Expr<boolean>;
  readonly imagePullSecrets: Expr<readonly string[]>;
  readonly serviceAccountName: ServiceAccountName;

  private readonly commonAnnotations: Expr<Readonly<Record<string, string>>>;

  /**
   * @param chart the part of the chart that the release's objects are.
   * @param values the part's values, of which these are at the root.
   * @param storageClass of volumes that name none; default: that of the cluster.
   */
  constructor(
    readonly chart: ChartPart,
    values: SharedValues,
    readonly storageClass: Expr<string> = literal(''),
  ) {
    this.prefixOf = prefixTemplate(chart);
    this.fullname = fullnameTemplate(chart, this.prefixOf, values);
    this.names = new CoreNames(this.fullname);
    this.labels = new ReleaseLabels(chart, values);
    this.image = imageReference(chart, values.global.imageRegistry);
    this.clusterDomain = values.clusterDomain;
    this.platformAssignedIds = values.platformAssignedIds;
    this.imagePullSecrets = values.global.imagePullSecrets;
    this.commonAnnotations = values.commonAnnotations;
    this.serviceAccountName = serviceAccountNameTemplate(chart);
  }

  /** The metadata of an object of a component. */
  metadata(
    name: Expr<string>,
    component: string,
    annotations?: Expr<Readonly<Record<string, string>>>,
  ): ObjectMetadata {
    const own = annotations === undefined ? [] : [annotations];
    return {
      name,
      labels: this.labels.of(component),
      annotations: { ...spread(merge(...own, this.commonAnnotations)) },
    };
  }
}
