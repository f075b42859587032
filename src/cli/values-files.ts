import { readFileSync } from 'node:fs';
import { Option } from 'commander';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';
import { isMap } from './plain-map';

/** A file of values, with the places of what stands in it. */
interface ValuesFile {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** Merges as Helm merges several files: maps key by key; a null stays, to delete a default. */
export function mergeValues(
  below: Readonly<Record<string, unknown>>,
  above: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const merged = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const before = merged.get(key);
    merged.set(key, isMap(before) && isMap(value) ? mergeValues(before, value) : value);
  }
  return Object.fromEntries(merged);
}

function readValuesFile(name: string): ValuesFile {
  const lines = new LineCounter();
  // As Helm reads it: in YAML 1.1, where `on` is true.
  const document = parseDocument(readFileSync(name, 'utf8'), {
    lineCounter: lines,
    version: '1.1',
  });
  const error = document.errors.at(0);
  if (error !== undefined) {
    throw new Error(`${name} is no YAML: ${error.message.split('\n')[0]}`);
  }
  const values: unknown = document.toJS() ?? {};
  if (!isMap(values)) {
    throw new Error(`${name} holds no values: at its root it needs keys such as 'broker:'`);
  }
  return { name, values, document, lines };
}

/** Values of a user from several files, later ones over earlier ones, and where each stands. */
export class ValuesFiles {
  readonly values: Readonly<Record<string, unknown>>;
  private readonly files: readonly ValuesFile[];

  /** @throws when a file cannot be read, is no YAML, or has no keys at its root. */
  constructor(names: readonly string[]) {
    this.files = names.map(readValuesFile);
    this.values = this.files
      .map(({ values }) => values)
      .reduce<Readonly<Record<string, unknown>>>(mergeValues, {});
  }

  /** `my-values.yaml:12`, the last place of a value or of what is around it; '' when in no file. */
  placeOf(path: readonly (string | number)[]): string {
    for (let length = path.length; length > 0; length--) {
      const place = this.files
        .map((file) => placeIn(file, path.slice(0, length)))
        .findLast((found) => found !== undefined);
      if (place !== undefined) {
        return place;
      }
    }
    return '';
  }
}

function placeIn(
  { name, document, lines }: ValuesFile,
  path: readonly (string | number)[],
): string | undefined {
  const node = document.getIn(path, true);
  const offset = isNode(node) ? node.range?.at(0) : undefined;
  return offset === undefined ? undefined : `${name}:${lines.linePos(offset).line}`;
}

/** The option `-f, --values`, which may be given several times. */
export function valuesOption(flags = '-f, --values <file>', description = 'values'): Option {
  return new Option(flags, `${description}; may be given several times, later ones win`)
    .default([] as readonly string[], 'none')
    .argParser((name, before: readonly string[]) => [...before, name]);
}
