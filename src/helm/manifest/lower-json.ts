import { goPrettyJson } from '../expression/go-value';
import { text, type Line } from './line';
import { isNode } from './node';
import { walk } from './walk';

/** Whether a tree is plain data. */
export function isStatic(tree: unknown): boolean {
  let isPlain = true;
  walk(tree, (node) => {
    isPlain &&= !isNode(node);
  });
  return isPlain;
}

/**
 * The lines of a JSON file without expressions. One with expressions has to be a named template
 * (`chart.textTemplate(...)`), which goes through YAML, since commas cannot be conditional.
 */
export function lowerStaticJson(tree: unknown): readonly Line[] {
  if (!isStatic(tree)) {
    throw new Error(
      'a JSON file with expressions must be a named template: ' +
        'textBlock(chart.textTemplate(name, jsonFile(...)))',
    );
  }
  return goPrettyJson(tree)
    .split('\n')
    .map((line) => text(line));
}
