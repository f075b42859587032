import { Expr, retyped } from './expression';
import { functionNamed, type Argument, type FunctionName } from './functions';
import { isTruthy, toText } from './go-value';
import { holdsToken, splitTokens } from './token';
import {
  ANY,
  BOOLEAN,
  contentOf,
  INTEGER,
  NAME,
  NUMBER,
  STRING,
  TRUTH,
  weakestContent,
  type Literal,
  type ValueType,
} from './value-type';

type Scalar = string | number | boolean;

/** An expression of `X`, or just an `X`. */
export type Operand<X extends Scalar> = Expr<X> | X;

/** A condition: a boolean, or anything whose truth is meant, such as a list not being empty. */
export type Condition = Expr | boolean;

function literalType(value: Literal): ValueType {
  switch (typeof value) {
    case 'string':
      return { kind: 'string', content: contentOf(value) };
    case 'number':
      return Number.isInteger(value) ? INTEGER : NUMBER;
    case 'boolean':
      return BOOLEAN;
    default:
      return value === null ? ANY : { kind: 'list', item: STRING };
  }
}

/** A constant as an expression. */
export function literal<const X extends Literal>(value: X): Expr<X> {
  return new Expr<X>({ op: 'literal', value }, literalType(value));
}

function operand(value: Expr | Scalar): Expr {
  if (value instanceof Expr) {
    return value;
  }
  // The name of an object, which is a token, may stand for a string anywhere.
  return typeof value === 'string' && holdsToken(value) ? concat([value]) : literal(value);
}

/** A condition as an expression. */
export function conditionOf(condition: Condition): Expr {
  return operand(condition);
}

/** The value of a constant condition; `undefined` when it is only known at install time. */
export function constantTruth(condition: Condition): boolean | undefined {
  const operation = operand(condition).$operation;
  return operation.op === 'literal' ? isTruthy(operation.value) : undefined;
}

/** What only the cluster knows, and lists and maps, which stay calls to print well. */
const UNFOLDABLE = new Set<FunctionName>(['hasApi', 'until', 'dict']);

function argumentOf({ $operation, $type }: Expr): Argument {
  return { type: $type, constant: $operation.op === 'literal' ? $operation.value : undefined };
}

/** A call of one of Helm's functions; constants are computed at once. */
export function call<X>(name: FunctionName, ...args: readonly (Expr | Scalar)[]): Expr<X> {
  const operands = args.map(operand);
  const known = operands.map(argumentOf);
  const type = functionNamed(name).type(known);
  const isConstant = known.every(({ constant }) => constant !== undefined);
  if (!isConstant || UNFOLDABLE.has(name)) {
    return new Expr<X>({ op: 'call', name, args: operands }, type);
  }
  const value = functionNamed(name).evaluate(known.map(({ constant }) => constant)) as Literal;
  return new Expr<X>({ op: 'literal', value }, literalType(value));
}

/** `eq`: whether both are the same. */
export function eq<X extends Scalar>(a: Expr<X>, b: NoInfer<Operand<X>>): Expr<boolean> {
  return call('eq', a, b);
}

/** `ne`: whether they differ. */
export function ne<X extends Scalar>(a: Expr<X>, b: NoInfer<Operand<X>>): Expr<boolean> {
  return call('ne', a, b);
}

/** `gt`: a > b. */
export function gt(a: Operand<number>, b: Operand<number>): Expr<boolean> {
  return call('gt', a, b);
}

/** `ge`: a >= b. */
export function ge(a: Operand<number>, b: Operand<number>): Expr<boolean> {
  return call('ge', a, b);
}

/** `lt`: a < b. */
export function lt(a: Operand<number>, b: Operand<number>): Expr<boolean> {
  return call('lt', a, b);
}

/** `le`: a <= b. */
export function le(a: Operand<number>, b: Operand<number>): Expr<boolean> {
  return call('le', a, b);
}

/** The conditions, and in place of an `and` in an `and` what it joins. */
function flattened(name: 'and' | 'or', conditions: readonly Condition[]): readonly Expr[] {
  return conditions.map(operand).flatMap((condition) => {
    const { $operation } = condition;
    return $operation.op === 'call' && $operation.name === name ? $operation.args : [condition];
  });
}

/** `and`: whether all are true or not empty. Every argument is evaluated, as in old Helms. */
export function and(...conditions: readonly Condition[]): Expr<boolean> {
  if (conditions.some((condition) => constantTruth(condition) === false)) {
    return literal(false);
  }
  const open = conditions.filter((condition) => constantTruth(condition) === undefined);
  if (open.length === 0) {
    return literal(true);
  }
  return open.length === 1 ? truthOf(open[0]) : call('and', ...flattened('and', open));
}

/** `or`: whether any is true or not empty. */
export function or(...conditions: readonly Condition[]): Expr<boolean> {
  if (conditions.some((condition) => constantTruth(condition) === true)) {
    return literal(true);
  }
  const open = conditions.filter((condition) => constantTruth(condition) === undefined);
  if (open.length === 0) {
    return literal(false);
  }
  return open.length === 1 ? truthOf(open[0]) : call('or', ...flattened('or', open));
}

function truthOf(condition: Condition): Expr<boolean> {
  const expression = operand(condition);
  const isBoolean = expression.$type.kind === 'boolean' && expression.$type.optional !== true;
  return retyped<boolean>(expression, isBoolean ? expression.$type : TRUTH);
}

/** What says the same of two values as `not` of the other. */
const OPPOSITES: ReadonlyMap<FunctionName, FunctionName> = new Map<FunctionName, FunctionName>([
  ['eq', 'ne'],
  ['ne', 'eq'],
  ['lt', 'ge'],
  ['ge', 'lt'],
  ['gt', 'le'],
  ['le', 'gt'],
]);

/** `not`: whether it is false or empty. */
export function not(condition: Condition): Expr<boolean> {
  const truth = constantTruth(condition);
  if (truth !== undefined) {
    return literal(!truth);
  }
  const { $operation, $type } = operand(condition);
  const opposite = $operation.op === 'call' ? OPPOSITES.get($operation.name) : undefined;
  if ($operation.op === 'call' && opposite !== undefined) {
    return call(opposite, ...$operation.args);
  }
  const inner =
    $operation.op === 'call' && $operation.name === 'not' ? $operation.args[0] : undefined;
  return inner?.$type.kind === 'boolean'
    ? retyped<boolean>(inner, inner.$type)
    : call('not', new Expr($operation, $type));
}

/** Whether an optional value is given; 0, false and "" count as given. */
export function isSet(value: Expr): Expr<boolean> {
  return not(call('isNil', value));
}

/**
 * Sprig's `default` for strings: an empty string falls back too. It is not offered for numbers and
 * booleans, where Sprig would replace 0 and false.
 */
export function orElse<X extends string>(
  value: Expr<X | undefined>,
  fallback: Operand<X>,
): Expr<X> {
  return call('default', fallback, value);
}

/** `trunc`: at most the first `length` bytes, which are the characters of names. */
export function trunc(length: number, text: Expr<string>): Expr<string> {
  return call('trunc', length, text);
}

/** `trimSuffix`: without the suffix, if it is there. */
export function trimSuffix(suffix: string, text: Expr<string>): Expr<string> {
  return call('trimSuffix', suffix, text);
}

/** `trimPrefix`: without the prefix, if it is there. */
export function trimPrefix(prefix: string, text: Expr<string>): Expr<string> {
  return call('trimPrefix', prefix, text);
}

/** `replace`: every `search` replaced. */
export function replace(
  search: string,
  replacement: Operand<string>,
  text: Expr<string>,
): Expr<string> {
  return call('replace', search, replacement, text);
}

/** `lower`. */
export function lower(text: Expr<string>): Expr<string> {
  return call('lower', text);
}

/** `contains`: whether `text` holds `part`. */
export function contains(part: Operand<string>, text: Expr<string>): Expr<boolean> {
  return call('contains', part, text);
}

/** `hasPrefix`: whether `text` starts with `start`. */
export function hasPrefix(start: Operand<string>, text: Expr<string>): Expr<boolean> {
  return call('hasPrefix', start, text);
}

/** `hasSuffix`: whether `text` ends with `end`. */
export function hasSuffix(end: Operand<string>, text: Expr<string>): Expr<boolean> {
  return call('hasSuffix', end, text);
}

function checkPattern(pattern: string): void {
  if (/\(\?[=!<]|\\[1-9]/.test(pattern)) {
    throw new Error(`/${pattern}/ has a lookaround or a backreference, which Go does not know`);
  }
}

/** `regexMatch`: whether the pattern occurs in the text. */
export function regexMatch(pattern: string, text: Expr<string>): Expr<boolean> {
  checkPattern(pattern);
  return call('regexMatch', pattern, text);
}

/** `regexReplaceAll` with a replacement that is taken literally. */
export function regexReplaceAll(
  pattern: string,
  text: Expr<string>,
  replacement: string,
): Expr<string> {
  checkPattern(pattern);
  if (replacement.includes('$')) {
    throw new Error('a replacement with $ means different things in Go and JavaScript');
  }
  return call('regexReplaceAll', pattern, text, replacement);
}

/** `has`: whether the list holds the item. */
export function has(item: Operand<string>, list: Expr<readonly string[]>): Expr<boolean> {
  return call('has', item, list);
}

/** `hasKey`: whether the map has the key. */
export function hasKey(
  map: Expr<Readonly<Record<string, unknown>>>,
  key: Operand<string>,
): Expr<boolean> {
  return call('hasKey', map, key);
}

/** Whether any value of the map is not empty: `compact (values .Values.x)`. */
export function hasAnyValue(map: Expr<Readonly<Record<string, Scalar>>>): Expr<boolean> {
  return retyped<boolean>(call('compact', call('values', map)), TRUTH);
}

/** `join`: strings only, since Sprig prints large integers as 1e+06. */
export function join(separator: string, list: Expr<readonly string[]>): Expr<string> {
  return call('join', separator, list);
}

/** `toString`: a number or boolean as text, for environment variables and annotations. */
export function asString(value: Expr<Scalar>): Expr<string> {
  switch (value.$type.kind) {
    case 'integer':
    case 'boolean':
      return retyped<string>(call('toString', value), NAME);
    case 'number':
      // `toString` would write a million as 1e+06.
      return retyped<string>(call('toJson', value), { kind: 'string', content: 'quotable' });
    case 'string':
      return retyped<string>(value, value.$type);
    default:
      throw new Error('a value that may be of several types has no certain text');
  }
}

/** `int`: the number that a text of digits says; the first digit must not be 0. */
export function parseInteger(digits: Expr<string>): Expr<number> {
  return call('int', digits);
}

/** `toJson`: any value as JSON on one line, keys sorted. */
export function toJson(value: Expr): Expr<string> {
  return call('toJson', value);
}

/** `b64enc`. */
export function base64(text: Expr<string>): Expr<string> {
  return call('b64enc', text);
}

/** `sha256sum`: the checksum in hexadecimal digits. */
export function sha256(text: Expr<string>): Expr<string> {
  return call('sha256sum', text);
}

/** `len`: the number of items, of keys, or of bytes of a string. */
export function len(
  value: Expr<readonly unknown[] | Readonly<Record<string, unknown>> | string>,
): Expr<number> {
  return call('len', value);
}

/** `add`: integers only. */
export function add(a: Operand<number>, b: Operand<number>): Expr<number> {
  return call('add', a, b);
}

/** `sub`: a - b, integers only. */
export function sub(a: Operand<number>, b: Operand<number>): Expr<number> {
  return call('sub', a, b);
}

/** `mul`: integers only. */
export function mul(a: Operand<number>, b: Operand<number>): Expr<number> {
  return call('mul', a, b);
}

/** `div`: a / b without remainder, integers only. */
export function div(a: Operand<number>, b: Operand<number>): Expr<number> {
  return call('div', a, b);
}

/** `until`: 0, 1, ... up to but not including `count`. */
export function until(count: Operand<number>): Expr<readonly number[]> {
  return call('until', count);
}

/**
 * `merge`: the entries of all maps. Where several have a key, the first wins, unless its value is
 * empty.
 */
export function merge(
  ...maps: readonly Expr<Readonly<Record<string, string>> | undefined>[]
): Expr<Readonly<Record<string, string>>> {
  return maps.length === 1 && maps[0].$type.optional !== true
    ? retyped(maps[0], maps[0].$type)
    : call('merge', ...maps);
}

/** `omit`: the map without some keys. */
export function omit<X extends Readonly<Record<string, unknown>>>(
  map: Expr<X>,
  ...keys: readonly string[]
): Expr<X> {
  return call('omit', map, ...keys);
}

/**
 * One value or the other. In a named template it prints as `if` and `else`, elsewhere as `ternary`,
 * which evaluates both.
 */
export function choose<X extends Scalar>(
  condition: Condition,
  then: Operand<X>,
  otherwise: Operand<X>,
): Expr<X> {
  const a = operand(then);
  const b = operand(otherwise);
  const kind = a.$type.kind === b.$type.kind ? a.$type.kind : 'number';
  const truth = constantTruth(condition);
  if (truth !== undefined) {
    const chosen = truth ? a : b;
    return retyped<X>(chosen, chosen.$type);
  }
  const content = weakestContent([a.$type.content, b.$type.content]);
  return new Expr<X>(
    { op: 'conditional', condition: operand(condition), then: a, otherwise: b },
    { ...a.$type, kind, content },
  );
}

type TextPart = Expr<string | number> | string | number;

/** A format for `printf` and what it takes. */
interface Format {
  readonly pattern: string;
  readonly args: readonly Expr[];
}

function formatOfText(text: string): Format {
  const formats = splitTokens(text).map((part) =>
    typeof part === 'string'
      ? { pattern: part.replace(/%/g, '%%'), args: [] }
      : formatOf(retyped<string>(part.expression, part.expression.$type)),
  );
  return joined(formats);
}

function joined(formats: readonly Format[]): Format {
  return {
    pattern: formats.map(({ pattern }) => pattern).join(''),
    args: formats.flatMap(({ args }) => args),
  };
}

/** Text in text is one format, not a `printf` in a `printf`. */
function formatOf(part: TextPart): Format {
  if (!(part instanceof Expr)) {
    return formatOfText(toText(part));
  }
  const operation = part.$operation;
  if (operation.op === 'literal') {
    return formatOfText(toText(operation.value));
  }
  if (operation.op === 'call' && operation.name === 'printf') {
    const pattern = operation.args[0].$operation;
    if (pattern.op === 'literal') {
      return { pattern: toText(pattern.value), args: operation.args.slice(1) };
    }
  }
  return part.$type.kind === 'integer'
    ? { pattern: '%d', args: [part] }
    : { pattern: '%s', args: [asString(part)] };
}

/** Text and expressions in a row, as one string. */
export function concat(parts: readonly TextPart[]): Expr<string> {
  const { pattern, args } = joined(parts.map(formatOf));
  if (args.length === 0) {
    return literal(pattern.replace(/%%/g, '%'));
  }
  return pattern === '%s' && args[0].$type.kind === 'string'
    ? retyped<string>(args[0], args[0].$type)
    : call('printf', pattern, ...args);
}

/** Text with expressions in it: str`${fullname}-broker`. */
export function str(text: TemplateStringsArray, ...values: readonly TextPart[]): Expr<string> {
  const parts: TextPart[] = [];
  text.forEach((part, index) => {
    parts.push(part);
    if (index < values.length) {
      parts.push(values[index]);
    }
  });
  return concat(parts);
}
