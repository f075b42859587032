import type { Construct } from 'constructs';
import type { z } from 'zod';
import { HelmChart, merge, spread, type DynamicFields, type Expr, type Ref } from '../helm/index';
import { CoreNames, fullnameTemplate, prefixTemplate } from './naming';
import { imageReference, type ImageReference } from './pod/image';
import { serviceAccountNameTemplate, type ServiceAccountName } from './pod/service-account-name';
import { ReleaseLabels } from './release-labels';
import type { globalValues, releaseValues } from './release-values';

type SharedValues = z.output<z.ZodObject<ReturnType<typeof releaseValues>>> & {
  global: z.output<z.ZodObject<ReturnType<typeof globalValues>>>;
};

/** Metadata as every object of a release has it. */
export interface ObjectMetadata {
  readonly name: Expr<string>;
  readonly labels: Record<string, string>;
  readonly annotations: DynamicFields<Record<string, string>>;
}

/** What the parts of a release have in common: names, labels, images, a few values. */
export class ReleaseContext {
  readonly names: CoreNames;
  readonly labels: ReleaseLabels;
  readonly image: ImageReference;
  readonly clusterDomain: Expr<string>;
  readonly platformAssignedIds: Expr<boolean>;
  readonly imagePullSecrets: Expr<readonly string[]>;
  readonly storageClass: Expr<string>;
  readonly serviceAccountName: ServiceAccountName;

  private readonly commonAnnotations: Expr<Readonly<Record<string, string>>>;

  /** @param values the chart's values, of which these are at the root. */
  constructor(scope: Construct, values: Ref<SharedValues>) {
    const chart = HelmChart.of(scope);
    const prefix = prefixTemplate(chart);
    this.names = new CoreNames(fullnameTemplate(chart, prefix, values));
    this.labels = new ReleaseLabels(chart, values);
    this.image = imageReference(chart, values.global.imageRegistry);
    this.clusterDomain = values.clusterDomain;
    this.platformAssignedIds = values.platformAssignedIds;
    this.imagePullSecrets = values.global.imagePullSecrets;
    this.storageClass = values.global.storageClass;
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
