import { Expr } from '../expression/expression';
import { isMap } from '../expression/go-value';
import { Each, Entries, Splice, TemplateTree, TextBlock, TextFile, When } from './node';

/** The nodes and values directly below one. */
function children(node: unknown): readonly unknown[] {
  if (node instanceof Expr) {
    const operation = node.$operation;
    switch (operation.op) {
      case 'call':
        return operation.args;
      case 'conditional':
        return [operation.condition, operation.then, operation.otherwise];
      case 'include':
        return [operation.template.body, ...Object.values(operation.args ?? {})];
      case 'join-each':
        return [operation.list, operation.item];
      default:
        return [];
    }
  }
  if (node instanceof When) {
    return [node.condition, node.then, node.otherwise];
  }
  if (node instanceof Each) {
    return [node.list, node.body];
  }
  if (node instanceof Splice) {
    return [node.list];
  }
  if (node instanceof Entries) {
    return [node.map, node.key, node.value];
  }
  if (node instanceof TextFile) {
    return [node.tree];
  }
  if (node instanceof TextBlock || node instanceof TemplateTree) {
    return [node.text];
  }
  if (Array.isArray(node)) {
    return node;
  }
  return isMap(node) ? Object.values(node) : [];
}

/**
 * Visits every node of a tree once, however often it stands there, the bodies of included templates
 * among them. Nodes in `seen` are left out, and it holds the visited ones afterwards.
 */
export function walk(
  node: unknown,
  visit: (node: unknown) => void,
  seen = new Set<unknown>(),
): void {
  if (typeof node === 'object') {
    if (seen.has(node)) {
      return;
    }
    seen.add(node);
  }
  visit(node);
  for (const child of children(node)) {
    walk(child, visit, seen);
  }
}

/** Visits every expression of a tree, as `walk` does. */
export function walkExpressions(
  node: unknown,
  visit: (expression: Expr) => void,
  seen?: Set<unknown>,
): void {
  const visitExpression = (found: unknown) => {
    if (found instanceof Expr) {
      visit(found);
    }
  };
  walk(node, visitExpression, seen);
}
