import { PARAMETERS, type Expr, type Operation, type ReferenceOperation } from './expression';
import { functionNamed } from './functions';
import { isMap, isNil, isTruthy, toInteger, toText } from './go-value';
import type { NamedTemplate } from './named-template';

/** What a template sees: the built-in objects and the variables bound around it. */
export interface Environment {
  readonly Values: Readonly<Record<string, unknown>>;
  readonly Release: {
    readonly Name: string;
    readonly Namespace: string;
    readonly Service: string;
    readonly IsInstall: boolean;
    readonly IsUpgrade: boolean;
    readonly Revision: number;
  };
  readonly Chart: { readonly Name: string; readonly Version: string; readonly AppVersion: string };
  readonly Capabilities: { readonly KubeVersion: { readonly Version: string } };
  /** Loop variables (`$host`), and the parameters of a named template under `PARAMETERS`. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** What the templates without parameters yielded. */
  readonly bodies: Map<NamedTemplate, unknown>;
  /** Evaluates the body of a named template that is more than an expression. */
  readonly evaluateBody: (template: NamedTemplate, environment: Environment) => unknown;
}

/** The environment with more variables bound. */
export function bind(
  environment: Environment,
  variables: Readonly<Record<string, unknown>>,
): Environment {
  return { ...environment, variables: { ...environment.variables, ...variables } };
}

function rootValue(root: string, environment: Environment): unknown {
  switch (root) {
    case '.Values':
      return environment.Values;
    case '.Release':
      return environment.Release;
    case '.Chart':
      return environment.Chart;
    case '.Capabilities':
      return environment.Capabilities;
    default:
      return environment.variables[root];
  }
}

function evaluateReference(reference: ReferenceOperation, environment: Environment): unknown {
  let value = rootValue(reference.root, environment);
  for (const key of reference.path) {
    value = isMap(value) ? value[key] : undefined;
  }
  return value === null ? undefined : value;
}

/** A template without parameters yields the same wherever it is included. */
function evaluateTemplate(template: NamedTemplate, environment: Environment): unknown {
  const { bodies } = environment;
  if (!bodies.has(template)) {
    const variables = { [PARAMETERS]: {} };
    bodies.set(template, environment.evaluateBody(template, { ...environment, variables }));
  }
  return bodies.get(template);
}

function evaluateOperation(operation: Operation, environment: Environment): unknown {
  switch (operation.op) {
    case 'literal':
      return operation.value;
    case 'reference':
      return evaluateReference(operation, environment);
    case 'call':
      return functionNamed(operation.name).evaluate(
        operation.args.map((argument) => evaluate(argument, environment)),
      );
    case 'conditional':
      return isTruthy(evaluate(operation.condition, environment))
        ? evaluate(operation.then, environment)
        : evaluate(operation.otherwise, environment);
    case 'include': {
      if (operation.args === undefined) {
        return evaluateTemplate(operation.template, environment);
      }
      const args: Readonly<Record<string, Expr>> = operation.args;
      const parameters: Record<string, unknown> = {};
      for (const [name, argument] of Object.entries(args)) {
        parameters[name] = evaluate(argument, environment);
      }
      const variables = { [PARAMETERS]: parameters };
      return environment.evaluateBody(operation.template, { ...environment, variables });
    }
    case 'join-each': {
      const list = evaluate(operation.list, environment);
      const items: readonly unknown[] = Array.isArray(list) ? list : [];
      return items
        .map((item) => evaluate(operation.item, bind(environment, { [operation.variable]: item })))
        .map(toText)
        .join(operation.separator);
    }
  }
}

/** The value that Helm computes for an expression; nil is `undefined`. */
export function evaluate(expression: Expr, environment: Environment): unknown {
  const value = evaluateOperation(expression.$operation, environment);
  if (expression.$type.isTruth === true) {
    return isTruthy(value);
  }
  return expression.$type.kind === 'integer' && !isNil(value) ? toInteger(value) : value;
}

/** An environment in which nothing is known. */
export function emptyEnvironment(): Environment {
  return {
    Values: {},
    Release: {
      Name: '',
      Namespace: '',
      Service: '',
      IsInstall: true,
      IsUpgrade: false,
      Revision: 1,
    },
    Chart: { Name: '', Version: '', AppVersion: '' },
    Capabilities: { KubeVersion: { Version: '' } },
    variables: {},
    bodies: new Map(),
    evaluateBody: () => undefined,
  };
}
