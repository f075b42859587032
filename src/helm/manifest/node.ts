import { ManifestNode, type Expr } from '../expression/expression';
import { Items } from './dynamic';

/** A value that is there under a condition, or one of two values. Made by `when`. */
export class When<out X = unknown> extends ManifestNode<X> {
  constructor(
    readonly condition: Expr,
    readonly then: unknown,
    readonly otherwise: unknown,
  ) {
    super();
  }
}

/** One list item for each element of a list or map value. Made by `each` and `eachEntry`. */
export class Each<out U = unknown> extends Items<U> {
  constructor(
    readonly list: Expr,
    readonly item: string,
    /** The variable of the position or key, if the body uses it. */
    readonly index: string | undefined,
    readonly body: unknown,
  ) {
    super();
  }
}

/** The elements of a list value as they are. Made by `splice`. */
export class Splice<out U = unknown> extends Items<U> {
  constructor(readonly list: Expr) {
    super();
  }
}

/** Map entries computed from those of a map value. Made by `entries`. */
export class Entries {
  constructor(
    readonly map: Expr,
    readonly keyVariable: string,
    readonly valueVariable: string,
    readonly key: Expr<string>,
    readonly value: unknown,
  ) {}
}

/** A remark for the reader of the template or of the config file. Made by `comment`. */
export class Comment {
  constructor(readonly text: string) {}
}

/** Formats of text files that a tree can be written in. */
export type TextFormat = 'yaml' | 'toml' | 'json' | 'properties' | 'lines';

/** A multi-line string whose text is a tree in some format. Made by `yamlFile` and its like. */
export class TextFile extends ManifestNode<string> {
  constructor(
    readonly format: TextFormat,
    readonly tree: unknown,
  ) {
    super();
  }
}

/** A text from a named template as a block scalar. Made by `textBlock`. */
export class TextBlock extends ManifestNode<string> {
  constructor(readonly text: Expr<string>) {
    super();
  }
}

/** The tree of a YAML template where an object holds it. Made by `HelmChart.yamlTemplate`. */
export class TemplateTree<out X = unknown> extends ManifestNode<X> {
  constructor(
    readonly text: Expr<string>,
    readonly tree: unknown,
  ) {
    super();
  }
}

/** Whether a value is one of the nodes that plain cdk8s knows nothing of. */
export function isNode(value: unknown): boolean {
  return (
    value instanceof ManifestNode ||
    value instanceof Items ||
    value instanceof Entries ||
    value instanceof Comment
  );
}
