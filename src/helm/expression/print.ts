import { PARAMETERS, type Expr, type Operation, type ReferenceOperation } from './expression';
import { functionNamed, type FunctionName } from './functions';
import { goQuote } from './go-value';
import { onceForEach } from './once-for-each';
import type { Literal } from './value-type';

/** Where in a template an expression is printed. */
export interface PrintContext {
  /** Inside `range` and `with` the dot is no longer the root, which is then written `$`. */
  readonly rebound?: boolean;
  /** Inside `with`: the text that the dot stands for, as it is printed at the root. */
  readonly dot?: string;
}

/** The top of a template, where `.` is the root. */
export const AT_ROOT: PrintContext = {};

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

function withField(text: string, key: string, mayBeNil: boolean): string {
  const isIndexed = text.endsWith(')');
  if (IDENTIFIER.test(key)) {
    return mayBeNil && !isIndexed ? `(${text}).${key}` : `${text}.${key}`;
  }
  if (mayBeNil) {
    // Go refuses to index nil.
    return `(index (default dict ${text}) ${goQuote(key)})`;
  }
  return isIndexed ? `${text.slice(0, -1)} ${goQuote(key)})` : `(index ${text} ${goQuote(key)})`;
}

function referenceAtRoot(reference: ReferenceOperation): string {
  return reference.path.reduce(
    (text, key, index) => withField(text, key, reference.nilPrefixes.includes(index)),
    reference.root,
  );
}

function printReference(reference: ReferenceOperation, context: PrintContext): string {
  const text = referenceAtRoot(reference);
  if (context.dot !== undefined) {
    if (text === context.dot) {
      return '.';
    }
    if (text.startsWith(context.dot + '.')) {
      return text.slice(context.dot.length);
    }
  }
  const start = reference.root === PARAMETERS ? `.${reference.path[0]}` : reference.root;
  const isRooted = start.startsWith('.');
  return isRooted && context.rebound ? text.replace(start, () => '$' + start) : text;
}

function printLiteral(value: Literal): string {
  if (typeof value === 'string') {
    return goQuote(value);
  }
  if (typeof value === 'object' && value !== null) {
    return `list ${value.map(goQuote).join(' ')}`;
  }
  return value === null ? 'nil' : String(value);
}

/** Numbers in values.yaml reach a template as floating point; these need `int` before use. */
function isRawInteger(expression: Expr): boolean {
  const operation = expression.$operation;
  if (expression.$type.kind !== 'integer') {
    return false;
  }
  return operation.op === 'reference' || (operation.op === 'call' && operation.name === 'dig');
}

/** Functions that take their arguments as they are, without `int`. */
const TAKES_RAW = new Set<FunctionName>(['and', 'or', 'not', 'isNil', 'hasKey', 'has', 'dig']);
const CONVERTS = new Set<FunctionName>(['int', 'toJson']);
/** Go refuses to compare numbers of different types, so next to a float all must be floats. */
const COMPARES = new Set<FunctionName>(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);

function printFloat(expression: Expr, context: PrintContext): string {
  const operation = expression.$operation;
  if (operation.op !== 'literal') {
    return `(float64 ${printOperand(expression, context, true)})`;
  }
  const text = String(operation.value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

function printCall(
  name: FunctionName,
  args: readonly Expr[],
  context: PrintContext,
): readonly string[] {
  const operands = (some: readonly Expr[]) =>
    some.map((argument) => printOperand(argument, context, TAKES_RAW.has(name))).join(' ');
  if (COMPARES.has(name) && args.some(({ $type }) => $type.kind === 'number')) {
    return [`${name} ${args.map((argument) => printFloat(argument, context)).join(' ')}`];
  }
  if (name === 'isNil') {
    return [`kindIs "invalid" ${operands(args)}`];
  }
  if (name === 'merge') {
    // Sprig takes no nil for a map.
    const maps = args.map((map) =>
      map.$type.optional === true ? `(default dict ${operands([map])})` : operands([map]),
    );
    return [`merge (dict) ${maps.join(' ')}`];
  }
  if (name === 'hasApi') {
    return [`${context.rebound ? '$' : ''}.Capabilities.APIVersions.Has ${operands(args)}`];
  }
  if (name === 'omit' && args[0].$type.optional === true) {
    // Sprig takes no nil for a map.
    return [`omit (default dict ${operands(args.slice(0, 1))}) ${operands(args.slice(1))}`];
  }
  if (functionNamed(name).style === 'prefix') {
    return [`${name} ${operands(args)}`];
  }
  const last = args[args.length - 1];
  const stages = [...printStages(last, context)];
  if (isRawInteger(last) && !CONVERTS.has(name)) {
    stages.push('int');
  }
  const rest = args.slice(0, -1);
  stages.push(rest.length > 0 ? `${name} ${operands(rest)}` : name);
  return stages;
}

function printInclude(
  operation: Extract<Operation, { op: 'include' }>,
  context: PrintContext,
): string {
  const name = goQuote(operation.template.name);
  if (operation.args === undefined) {
    return `include ${name} ${context.rebound ? '$' : '.'}`;
  }
  const pairs = Object.entries(operation.args).map(
    ([key, argument]) => `${goQuote(key)} ${printOperand(argument, context, true)}`,
  );
  return `include ${name} (dict ${pairs.join(' ')})`;
}

/** Conditions are compared by their text at the root. */
const stagesAtRoot = onceForEach((expression: Expr) => stagesOf(expression, AT_ROOT));

/** The stages of the pipeline that an expression prints as: `x`, `default "a"`, `quote`. */
export function printStages(expression: Expr, context: PrintContext): readonly string[] {
  return context === AT_ROOT ? stagesAtRoot(expression) : stagesOf(expression, context);
}

function stagesOf(expression: Expr, context: PrintContext): readonly string[] {
  const operation = expression.$operation;
  if (context.dot !== undefined && printStages(expression, AT_ROOT).join(' | ') === context.dot) {
    return ['.'];
  }
  switch (operation.op) {
    case 'literal':
      return [printLiteral(operation.value)];
    case 'reference':
      return [printReference(operation, context)];
    case 'call':
      return printCall(operation.name, operation.args, context);
    case 'conditional': {
      const then = printOperand(operation.then, context);
      const otherwise = printOperand(operation.otherwise, context);
      return [`ternary ${then} ${otherwise} ${printBoolean(operation.condition, context)}`];
    }
    case 'include':
      return [printInclude(operation, context)];
    case 'join-each':
      throw new Error('joinEach() can only be the body of a named template: chart.template(...)');
  }
}

export function printPipeline(expression: Expr, context: PrintContext): string {
  return printStages(expression, context).join(' | ');
}

/** An expression as an argument: in parentheses unless it is a single word. */
export function printOperand(expression: Expr, context: PrintContext, raw = false): string {
  const stages = printStages(expression, context);
  if (!raw && isRawInteger(expression)) {
    const isReference = expression.$operation.op === 'reference';
    return isReference ? `(int ${stages[0]})` : `(${stages.join(' | ')} | int)`;
  }
  const { $operation: operation } = expression;
  const isWord =
    operation.op === 'reference' || (operation.op === 'literal' && !Array.isArray(operation.value));
  const isDot = stages.length === 1 && stages[0] === '.';
  return isWord || isDot ? stages[0] : `(${stages.join(' | ')})`;
}

/** The text after `if`. */
export function printCondition(condition: Expr, context: PrintContext): string {
  return printPipeline(condition, context);
}

/** Where a real boolean is wanted, the truth of another value is made one. */
export function printBoolean(condition: Expr, context: PrintContext): string {
  const isBoolean = condition.$type.kind === 'boolean' && condition.$type.isTruth !== true;
  return isBoolean
    ? printOperand(condition, context, true)
    : `(not (empty ${printOperand(condition, context, true)}))`;
}

/** An expression as text of a scalar, integers converted. */
export function printScalar(expression: Expr, context: PrintContext): readonly string[] {
  if (expression.$type.isTruth === true) {
    return [`not (empty ${printOperand(expression, context, true)})`];
  }
  const stages = printStages(expression, context);
  return isRawInteger(expression) ? [...stages, 'int'] : stages;
}
