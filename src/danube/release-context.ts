import {
  knownFields,
  literal,
  merge,
  spread,
  type ChartPart,
  type DynamicFields,
  type Expr,
} from '../helm/index';
import { anyAddress, serviceFamilies, type IpFamilies, type ServiceFamilies } from './ip-families';
import type { ObjectTexts, ObjectValues } from './object-values';
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

/** Values that not every part has. */
type OptionalValues = Partial<ObjectValues & IpFamilies>;

export interface MetadataDetails {
  /** What `objectLabels` and `objectAnnotations` call the object: `brokerService`. */
  readonly object?: string;
  /** Annotations that have a value of their own. */
  readonly annotations?: Texts;
}

type Texts = Expr<Readonly<Record<string, string>> | undefined>;

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
  /** What the spec of every Service says about IP families. */
  readonly serviceFamilies: ServiceFamilies;
  private readonly commonAnnotations: Expr<Readonly<Record<string, string>>>;
  private readonly objectLabels: ReadonlyMap<string, Texts>;
  private readonly objectAnnotations: ReadonlyMap<string, Texts>;
  private listeningAddress: Expr<string> | undefined;

  /**
   * @param chart the part of the chart that the release's objects are.
   * @param values the part's values, of which these are at the root.
   * @param storageClass of volumes that name none; default: that of the cluster.
   * @param optional the part's values again, if it has those of `objectValues`, `ipFamilyValues`.
   */
  constructor(
    readonly chart: ChartPart,
    values: SharedValues,
    readonly storageClass: Expr<string> = literal(''),
    private readonly optional: OptionalValues = {},
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
    this.objectLabels = byObject(optional.objectLabels);
    this.objectAnnotations = byObject(optional.objectAnnotations);
    this.serviceFamilies = serviceFamilies(optional);
    this.serviceAccountName = serviceAccountNameTemplate(chart);
  }

  /** The address that programs listen on. A chart in which none is told has no template of it. */
  get anyAddress(): Expr<string> {
    this.listeningAddress ??= anyAddress(this.chart, this.optional);
    return this.listeningAddress;
  }

  /** The labels that the values give to a single object, if they can. */
  labelsOf(object: string | undefined): Texts | undefined {
    return this.objectLabels.get(object ?? '');
  }

  /** The annotations of an object: its own, those that have a value, and the common ones. */
  annotationsOf({ object, annotations }: MetadataDetails): Expr<Readonly<Record<string, string>>> {
    const own = [this.objectAnnotations.get(object ?? ''), annotations];
    return merge(...own.filter((map) => map !== undefined), this.commonAnnotations);
  }

  /** The metadata of an object of a component. */
  metadata(name: Expr<string>, component: string, details: MetadataDetails = {}): ObjectMetadata {
    const ownLabels = this.labelsOf(details.object);
    return {
      name,
      labels: {
        ...this.labels.of(component),
        ...(ownLabels === undefined ? {} : spread(ownLabels)),
      },
      annotations: { ...spread(this.annotationsOf(details)) },
    };
  }
}

function byObject(texts: ObjectTexts | undefined): ReadonlyMap<string, Texts> {
  return new Map(texts === undefined ? [] : knownFields(texts));
}
