import { PARAMETERS, type Expr } from '../expression/expression';
import type { NamedTemplate } from '../expression/named-template';
import type { ValueType } from '../expression/value-type';
import { walkExpressions } from '../manifest/walk';

/** What the expressions of a chart can refer to. */
export interface Referable {
  readonly chartName: string;
  readonly values: ValueType;
  readonly templates: ReadonlySet<NamedTemplate>;
  /** The parts of the chart's trees that were checked already. */
  readonly checked: Set<unknown>;
}

function isKnown(path: readonly string[], values: ValueType): boolean {
  let type: ValueType | undefined = values;
  for (const key of path) {
    type = type?.fields?.[key] ?? type?.item;
  }
  return type !== undefined;
}

/** @throws when a tree refers to a value or a template that its chart does not have. */
export function checkReferences(tree: unknown, where: string, referable: Referable): void {
  const check = ({ $operation, $type }: Expr) => {
    if ($operation.op === 'reference' && $type.lacks !== undefined) {
      const name = $operation.path.join('.');
      throw new Error(
        `${where}: '${name}' is used as a whole, so ${$type.lacks.join(', ')} in it cannot be ` +
          'fixed: give a default instead',
      );
    }
    if ($operation.op === 'include' && !referable.templates.has($operation.template)) {
      const { name } = $operation.template;
      throw new Error(`${where}: '${name}' is no template of the chart ${referable.chartName}`);
    }
    const isValue = $operation.op === 'reference' && $operation.root === '.Values';
    if (isValue && !isKnown($operation.path, referable.values)) {
      const name = $operation.path.join('.');
      throw new Error(`${where}: the chart ${referable.chartName} has no value '${name}'`);
    }
  };
  walkExpressions(tree, check, referable.checked);
}

/** @throws when the body of a template with parameters refers to anything else. */
export function checkParametersOnly(body: Expr, template: string): void {
  walkExpressions(body, ({ $operation }) => {
    const isBuiltIn =
      $operation.op === 'reference' &&
      $operation.root.startsWith('.') &&
      $operation.root !== PARAMETERS;
    if (isBuiltIn) {
      const name = [$operation.root, ...$operation.path].join('.');
      throw new Error(
        `the template function '${template}' sees its parameters only: make ${name} one of them`,
      );
    }
    if ($operation.op === 'call' && $operation.name === 'hasApi') {
      throw new Error(`the template function '${template}' cannot ask for .Capabilities`);
    }
  });
}
