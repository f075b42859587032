import type { IResolver, ResolutionContext } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Environment } from '../expression/evaluate';
import { isMap } from '../expression/go-value';
import { evaluateManifest } from '../manifest/evaluate-manifest';
import { isNode } from '../manifest/node';
import { walk } from '../manifest/walk';
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

function holdsNode(tree: unknown): boolean {
  let found = false;
  walk(tree, (node) => {
    found ||= isNode(node);
  });
  return found;
}

/** Carries a chart's expressions through cdk8s: marks them, or evaluates them. */
export class HelmResolver implements IResolver {
  constructor(private readonly chart: ReadChart) {}

  resolve(context: ResolutionContext): void {
    if (!this.chart.contains(context.obj)) {
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
    const tree = typeof value === 'string' ? tokens.replaceIn(value) : value;
    if (tree !== value || holdsNode(tree)) {
      context.replaceValue(evaluateManifest(tree, reading.environment));
    }
  }
}
