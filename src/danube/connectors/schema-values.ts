import { z } from 'zod';
import { freeText } from './free-text';

const topic = z.string().regex(/^\/[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/);

/** A file of `connector.schemaFiles`. */
export const schemaFileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/);

const SCHEMA_FILES = z
  .record(schemaFileName, z.string())
  .default({})
  .meta({
    description: 'Texts of schemas, by file names; config.schemas name them in schema_file.',
    examples: [{ 'orders.json': '{"type": "object"}' }, { 'a.avsc': '"string"', b: '{}' }],
  });

/** The value `schemaFiles` of a source. */
export function schemaFilesValue() {
  return SCHEMA_FILES;
}

const SCHEMAS = z
  .array(
    z.object({
      topic: topic.describe('Danube topic of a route.'),
      subject: freeText.describe('Subject in the schema registry.'),
      schema_type: z
        .enum(['json_schema', 'json', 'string', 'number', 'bytes', 'avro'])
        .describe('What the schema is. protobuf is not offered: nothing can write it.'),
      schema_file: schemaFileName
        .optional()
        .describe('A key of schemaFiles, for json_schema, json and avro.'),
      auto_register: z
        .boolean()
        .default(true)
        .describe('Register it if it is missing; without, a missing one ends the process.'),
      version_strategy: z
        .enum(['latest', 'pinned', 'minimum'])
        .default('latest')
        .describe('Which version is meant.'),
      version: z.int().min(1).optional().describe('The version, for pinned and minimum.'),
    }),
  )
  .default([])
  .describe(
    'Schemas of the topics: registered at the start and stamped on messages. Brokers check ' +
      'messages only if the topic says so (bootstrap can say it).',
  );

/** The values `config.schemas` of a source: schemas that it registers and stamps on messages. */
export function schemaValues() {
  return SCHEMAS;
}
