/** How Go and Helm treat a value: truth, order, text. The evaluator follows these to the letter. */

/** Asked for every value of every object: globals are slow to reach where tests run. */
const { getPrototypeOf, prototype: OBJECT } = Object;

export function isMap(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const prototype: unknown = getPrototypeOf(value);
  return prototype === OBJECT || prototype === null;
}

export function isNil(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** Without a list of them: it is asked of all values of a chart. */
function hasKeys(map: Record<string, unknown>): boolean {
  for (const key in map) {
    if (Object.hasOwn(map, key)) {
      return true;
    }
  }
  return false;
}

/** Go template truth: zero, empty and nil are false. */
export function isTruthy(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length > 0;
  }
  if (isMap(value)) {
    return hasKeys(value);
  }
  return !isNil(value) && value !== false && value !== 0 && value !== '';
}

/** Go sorts strings by their UTF-8 bytes, JavaScript by UTF-16 units. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export function sortedKeys(map: Record<string, unknown>): string[] {
  return Object.keys(map).sort(compareBytes);
}

/** Sprig's `int`: truncates; text that is no whole number is 0. */
export function toInteger(value: unknown): number {
  if (typeof value === 'number') {
    return Math.trunc(value);
  }
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  }
  return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? parseInt(value, 10) : 0;
}

const NAMED_ESCAPES = new Map<number, string>([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x0c, '\\f'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x09, '\\t'],
  [0x0b, '\\v'],
  [0x5c, '\\\\'],
  [0x22, '\\"'],
]);

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

function quoteCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const escape = NAMED_ESCAPES.get(code);
  if (escape !== undefined) {
    return escape;
  }
  if (PRINTABLE.test(character)) {
    return character;
  }
  const hex = code.toString(16);
  if (code < 0x20 || code === 0x7f) {
    return '\\x' + hex.padStart(2, '0');
  }
  return code < 0x10000 ? '\\u' + hex.padStart(4, '0') : '\\U' + hex.padStart(8, '0');
}

/** Go's `strconv.Quote`, which Sprig's `quote` uses; YAML reads it as the same string. */
export function goQuote(text: string): string {
  return '"' + text.replace(/["\\]|[^ -~]/gu, quoteCharacter) + '"';
}

function jsonString(text: string): string {
  const escapeUnit = (unit: string) => '\\u' + unit.charCodeAt(0).toString(16).padStart(4, '0');
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, escapeUnit);
}

/** Go's `json.Marshal`: sorted keys, no blanks, `<`, `>` and `&` escaped. */
export function goJson(value: unknown): string {
  if (isNil(value)) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return '[' + value.map(goJson).join(',') + ']';
  }
  if (isMap(value)) {
    const entries = sortedKeys(value).map((key) => jsonString(key) + ':' + goJson(value[key]));
    return '{' + entries.join(',') + '}';
  }
  return typeof value === 'string' ? jsonString(value) : JSON.stringify(value);
}

/** Go's `json.MarshalIndent` with two blanks, which is Sprig's `toPrettyJson`. */
export function goPrettyJson(value: unknown, indent = ''): string {
  const deeper = indent + '  ';
  if (Array.isArray(value) && value.length > 0) {
    const items = value.map((item) => deeper + goPrettyJson(item, deeper));
    return '[\n' + items.join(',\n') + '\n' + indent + ']';
  }
  if (isMap(value) && Object.keys(value).length > 0) {
    const entries = sortedKeys(value).map(
      (key) => deeper + jsonString(key) + ': ' + goPrettyJson(value[key], deeper),
    );
    return '{\n' + entries.join(',\n') + '\n' + indent + '}';
  }
  return goJson(value);
}

/** How a value reads inside a string: `printf "%s"`, `toString`. */
export function toText(value: unknown): string {
  if (isNil(value)) {
    return '';
  }
  return typeof value === 'string' ? value : goJson(value);
}
