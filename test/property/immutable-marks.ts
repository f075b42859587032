import { isMap } from '../../src/helm/expression/go-value';

const MARK = 'Cannot change after the installation.';

/** The values whose place in a values.schema.json carries the mark, as dotted paths. */
export function markedInSchema(text: string): readonly string[] {
  const root: unknown = JSON.parse(text);
  const definitions = isMap(root) && isMap(root.definitions) ? root.definitions : {};

  /** The parts of a schema that hold for its place: itself and what it refers to. */
  function partsOf(schema: unknown): readonly Record<string, unknown>[] {
    if (!isMap(schema)) {
      return [];
    }
    const { $ref, allOf } = schema;
    const target = typeof $ref === 'string' ? definitions[$ref.split('/').at(-1) ?? ''] : undefined;
    const more: readonly unknown[] = Array.isArray(allOf) ? allOf : [];
    return [schema, ...partsOf(target), ...more.flatMap(partsOf)];
  }

  function visit(schema: unknown, path: readonly string[]): readonly string[] {
    const parts = partsOf(schema);
    const own = parts.some(({ description }) => description === MARK) ? [path.join('.')] : [];
    const inner = parts.flatMap(({ properties }) =>
      isMap(properties) ? Object.entries(properties) : [],
    );
    return [...own, ...inner.flatMap(([name, value]) => visit(value, [...path, name]))];
  }

  return visit(root, []);
}
