import type { IResolver, ResolutionContext } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Environment } from '../expression/evaluate';
import { isMap, isNil } from '../expression/go-value';
import { holdsToken } from '../expression/token';
import { evaluateManifest } from '../manifest/evaluate-manifest';
import { isNode } from '../manifest/node';
import type { Tokens } from './tokens';

/** How a chart is being read: as templates, or as manifests for given values. */
export type Reading =
  { readonly as: 'template' } | { readonly as: 'manifest'; readonly environment: Environment };

/** What the resolver has to know of a chart. */
export interface ReadChart {
  readonly reading: Reading;
  readonly tokens: Tokens;
  contains(construct: IConstruct): boolean;
}

const MARK = '\u0000helm-node';

/** cdk8s refuses objects of classes: nodes pass its serialization as marks. */
const marked = new Map<number, unknown>();
const marks = new WeakMap<object, number>();

function markOf(node: object): Record<string, number> {
  const number = marks.get(node) ?? marked.size;
  marks.set(node, number);
  marked.set(number, node);
  return { [MARK]: number };
}

/** A serialized tree with nodes where it had marks. */
export function withNodes(tree: unknown): unknown {
  if (Array.isArray(tree)) {
    return tree.map(withNodes);
  }
  if (!isMap(tree)) {
    return tree;
  }
  const mark = tree[MARK];
  if (typeof mark === 'number') {
    return marked.get(mark);
  }
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, withNodes(value)]));
}

/** What cdk8s would serialize: it drops nulls, which are nothing to Kubernetes. */
function withoutNulls(tree: unknown): unknown {
  if (Array.isArray(tree)) {
    return tree.filter((item) => !isNil(item)).map(withoutNulls);
  }
  if (!isMap(tree)) {
    return tree;
  }
  const entries = Object.entries(tree).filter(([, value]) => !isNil(value));
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutNulls(value)]));
}

/** Carries a chart's expressions through cdk8s: marks them, or evaluates them. */
export class HelmResolver implements IResolver {
  /** The last result, which cdk8s asks about again. */
  private evaluated: unknown;
  /** cdk8s asks for each value of an object. */
  private readonly inChart = new WeakMap<IConstruct, boolean>();

  constructor(private readonly chart: ReadChart) {}

  resolve(context: ResolutionContext): void {
    const isInChart = this.inChart.get(context.obj) ?? this.chart.contains(context.obj);
    this.inChart.set(context.obj, isInChart);
    if (!isInChart) {
      return;
    }
    const value: unknown = context.value;
    const { reading, tokens } = this.chart;
    if (reading.as === 'template') {
      if (typeof value === 'object' && value !== null && isNode(value)) {
        context.replaceValue(markOf(value));
      }
      return;
    }
    // The whole object, or all of its metadata, comes first. Lazy values come out only later.
    const isWhole = context.key.length === 0 && value !== this.evaluated;
    if (isWhole || isNode(value) || (typeof value === 'string' && holdsToken(value))) {
      const tree = withoutNulls(tokens.replaceIn(value));
      const evaluated = evaluateManifest(tree, reading.environment);
      this.evaluated = evaluated;
      context.replaceValue(evaluated);
    }
  }
}
