import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { emptyEnvironment } from '../expression/evaluate';
import { Expr } from '../expression/expression';
import { isMap } from '../expression/go-value';
import type { Dynamic, DynamicFields } from '../manifest/dynamic';
import { sortable } from '../manifest/entries';
import { patchedMap } from '../manifest/apply-patch';
import { evaluateManifest } from '../manifest/evaluate-manifest';
import type { Patch } from '../manifest/patch';
import { walkExpressions } from '../manifest/walk';
import { HelmChart, REMARK } from './helm-chart';

/** What every Kubernetes type has. */
export interface KubernetesType {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: object;
}

/** Labels and annotations are written out, because cdk8s adds to them; spread maps into them. */
type Metadata<M> = {
  readonly [K in keyof M]: K extends 'labels' | 'annotations' ? DynamicFields<M[K]> : Dynamic<M[K]>;
};

/**
 * A Kubernetes object as it is written to a chart: exact JSON names, any part of which may be an
 * expression. `X` is an interface such as `StatefulSet` of the package kubernetes-types.
 */
export type Manifest<X extends KubernetesType> = {
  readonly [K in 'apiVersion' | 'kind']: NonNullable<X[K]>;
} & { readonly metadata: Metadata<NonNullable<X['metadata']>> } & {
  readonly [
    K in keyof X as K extends 'apiVersion' | 'kind' | 'metadata' | 'status' ? never : K
  ]: Dynamic<X[K]>;
};

/** A change of an object (see `Patch`). Its kind and its name stay, since others refer to them. */
export type ObjectPatch<X extends KubernetesType> = {
  /** Labels and annotations to add, or to give another value. */
  readonly metadata?: {
    readonly labels?: DynamicFields<Record<string, string>>;
    readonly annotations?: DynamicFields<Record<string, string>>;
  };
} & {
  readonly [
    K in keyof X as K extends 'apiVersion' | 'kind' | 'metadata' | 'status' ? never : K
  ]?: Patch<X[K]>;
};

export interface KubernetesObjectOptions {
  /** A remark at the top of the object's template, for readers of the chart. */
  readonly comment?: string;
}

interface PlainProps {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: object;
}

/** The metadata of cdk8s as it is: it takes anything until it resolves it. */
interface OpenMetadata {
  addLabel(key: string, value: unknown): void;
  addAnnotation(key: string, value: unknown): void;
}

/** In an ordinary cdk8s chart everything has to be known at synth. */
function plainFields<F extends object>(fields: F): F {
  walkExpressions(fields, ({ $operation }) => {
    if ($operation.op === 'reference') {
      const name = [$operation.root, ...$operation.path].join('.');
      throw new Error(`${name} is known only in a HelmChart: give plain values in this chart`);
    }
  });
  const evaluated = evaluateManifest(fields, emptyEnvironment());
  return Object.assign({}, fields, evaluated);
}

/**
 * cdk8s wants names as strings, for file names and messages: they travel as tokens. It sorts labels
 * and annotations.
 */
function propsInHelmChart(manifest: PlainProps, chart: HelmChart): PlainProps {
  const metadata = Object.entries(manifest.metadata ?? {}).map(
    ([key, value]: [string, unknown]) => {
      const isName = key === 'name' || key === 'namespace';
      if (isName && value instanceof Expr) {
        return [key, chart.tokens.tokenOf(value)] as const;
      }
      const isSorted = key === 'labels' || key === 'annotations';
      return [key, isSorted && isMap(value) ? sortable(value) : value] as const;
    },
  );
  return { ...manifest, metadata: Object.fromEntries(metadata) };
}

/**
 * A Kubernetes object of which any field may be an expression, a `when(...)` or an `each(...)`.
 *
 * In a `HelmChart` it becomes a template and a manifest; in an ordinary cdk8s chart, given plain
 * values, it is an ordinary object.
 */
export class KubernetesObject<X extends KubernetesType> extends ApiObject {
  /** What cdk8s will serialize; labels and annotations are in `metadata`. */
  private readonly fields: PlainProps;

  constructor(
    scope: Construct,
    id: string,
    manifest: Manifest<X>,
    options: KubernetesObjectOptions = {},
  ) {
    const chart = HelmChart.find(scope);
    const fields = chart === undefined ? plainFields(manifest) : propsInHelmChart(manifest, chart);
    super(scope, id, fields);
    this.fields = fields;
    if (options.comment !== undefined) {
      this.node.addMetadata(REMARK, options.comment);
    }
  }

  /**
   * Changes the object, with types:
   * `statefulSet.patch({ spec: { template: { spec: { hostAliases: [...] } } } })`. Any part of the
   * patch may be an expression. A later patch wins over an earlier one, a `JsonPatch` over both.
   *
   * @throws when the patch reaches into a value of the chart, which is known only at install.
   */
  patch(patch: ObjectPatch<X>): this {
    const isInHelmChart = HelmChart.find(this) !== undefined;
    const { metadata, ...fields } = patch;
    const patched = patchedMap(this.fields, fields, this.node.path);
    Object.assign(this.fields, isInHelmChart ? patched : plainFields(patched));
    const added = isInHelmChart ? { ...metadata } : plainFields({ ...metadata });
    const open: OpenMetadata = this.metadata;
    Object.entries(sortable({ ...added.labels })).forEach(([key, value]) => {
      open.addLabel(key, value);
    });
    Object.entries(sortable({ ...added.annotations })).forEach(([key, value]) => {
      open.addAnnotation(key, value);
    });
    return this;
  }
}
