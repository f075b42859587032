import type { z } from 'zod';
import { jsonSchemaOf } from './json-schema';
import { checkedSchema, editorSchema, schemaText } from './schema-file';
import { valuesTable } from './values-table';
import { valuesYaml } from './values-yaml';

/** What a chart's files say of its values. */
export interface ValuesTexts {
  /** The reference, for the chart's README. */
  readonly table: string;
  readonly valuesYaml: string;
  readonly schema: string;
  readonly editorSchema: string;
}

/** A stack brings its parts along, whose charts are written for themselves too. */
const written = new WeakMap<z.ZodObject, Map<string, ValuesTexts>>();

/**
 * The texts that follow from a chart's values.
 *
 * @param header lines at the top of values.yaml.
 * @param dependencies names or aliases of subcharts.
 */
export function valuesTexts(
  schema: z.ZodObject,
  header: readonly string[],
  dependencies: readonly string[],
): ValuesTexts {
  const ofSchema = written.get(schema) ?? new Map<string, ValuesTexts>();
  written.set(schema, ofSchema);
  const key = JSON.stringify([header, dependencies]);
  const texts = ofSchema.get(key) ?? write(schema, header, dependencies);
  ofSchema.set(key, texts);
  return texts;
}

function write(
  schema: z.ZodObject,
  header: readonly string[],
  dependencies: readonly string[],
): ValuesTexts {
  const jsonSchema = jsonSchemaOf(schema, { dependencies });
  return {
    table: valuesTable(schema),
    valuesYaml: valuesYaml(schema, header),
    schema: schemaText(checkedSchema(jsonSchema)),
    editorSchema: schemaText(editorSchema(jsonSchema)),
  };
}
