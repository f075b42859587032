import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { emptyEnvironment } from '../expression/evaluate';
import { Expr } from '../expression/expression';
import { isMap } from '../expression/go-value';
import type { Dynamic, DynamicFields } from '../manifest/dynamic';
import { sortable } from '../manifest/entries';
import { evaluateManifest } from '../manifest/evaluate-manifest';
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

export interface KubernetesObjectOptions {
  /** A remark at the top of the object's template, for readers of the chart. */
  readonly comment?: string;
}

interface PlainProps {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: object;
}

/** In an ordinary cdk8s chart everything has to be known at synth. */
function plainProps(manifest: PlainProps): PlainProps {
  walkExpressions(manifest, ({ $operation }) => {
    if ($operation.op === 'reference') {
      const name = [$operation.root, ...$operation.path].join('.');
      throw new Error(`${name} is known only in a HelmChart: give plain values in this chart`);
    }
  });
  const evaluated = evaluateManifest(manifest, emptyEnvironment());
  return Object.assign({}, manifest, evaluated);
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
  constructor(
    scope: Construct,
    id: string,
    manifest: Manifest<X>,
    options: KubernetesObjectOptions = {},
  ) {
    const chart = HelmChart.find(scope);
    super(
      scope,
      id,
      chart === undefined ? plainProps(manifest) : propsInHelmChart(manifest, chart),
    );
    if (options.comment !== undefined) {
      this.node.addMetadata(REMARK, options.comment);
    }
  }
}
