import { z } from 'zod';
import { unsigned } from '../connector-config-values';
import { columnName, fieldMapping, jsonPath } from '../field-mapping';
import { identifier } from '../free-text';
import { unpublishedSinkRoute } from '../unpublished-sink';

const DATA_TYPES = [
  ...['Utf8', 'Int8', 'Int16', 'Int32', 'Int64', 'UInt8', 'UInt16', 'UInt32', 'UInt64'],
  ...['Float32', 'Float64', 'Boolean', 'Binary', 'Timestamp', 'Date32'],
] as const;

/** A number that Lance reads as u32. */
const small = unsigned.min(1).max(4294967295);

/** How a table's vectors are found. */
const index = z.object({
  type: z
    .enum([
      ...(['none', 'ivf_flat', 'ivf_sq', 'ivf_pq', 'ivf_rq'] as const),
      ...(['ivf_hnsw_flat', 'ivf_hnsw_sq', 'ivf_hnsw_pq'] as const),
    ])
    .describe('Kind of the index; none: every search reads all vectors.'),
  min_rows: unsigned
    .min(1)
    .optional()
    .describe('Rows that the table has to have before it is built, once; 10000 if not given.'),
  num_partitions: small
    .optional()
    .describe('Partitions; if not given, the square root of the number of rows.'),
  target_partition_size: small.optional().describe('Rows of a partition, more or less.'),
  sample_rate: small.optional().describe('Vectors for each partition to learn from; 256.'),
  max_iterations: small.optional().describe('Rounds of learning at most; 50.'),
  num_sub_vectors: small
    .max(4096)
    .optional()
    .describe('Pieces of a vector, for pq and rq; if not given, a 16th of its length.'),
  num_bits: small.max(16).optional().describe('Bits of a piece, for pq and rq.'),
  num_edges: small.max(4096).optional().describe('Neighbours of a vector, for hnsw; 20.'),
  ef_construction: small.max(65536).optional().describe('Candidates of a vector, for hnsw; 300.'),
});

const scalarIndex = z.object({
  column: columnName.describe('Column of the table.'),
  type: z
    .enum(['btree', 'bitmap', 'label_list', 'fts', 'fm'])
    .describe('btree, bitmap and label_list for filters; fts and fm for searches in text.'),
});

/** Which topic is written to which table, and how. */
export const lancedbRoute = z.object({
  ...unpublishedSinkRoute('Exclusive'),
  to: identifier.describe('Table that is written.'),
  vector_dimension: unsigned
    .min(1)
    .max(4096)
    .describe('Length of the vectors: that of the embedding model.'),
  vector_column: columnName.default('vector').describe('Column of the vector.'),
  vector_json_path: jsonPath.default('vector').describe('Where the vector stands in the message.'),
  vector_type: z.enum(['float16', 'float32']).default('float32').describe('Type of its numbers.'),
  id_json_path: z
    .string()
    .regex(/^([^.\x7f-\x9f]+(\.[^.\x7f-\x9f]+)*)?$/)
    .default('id')
    .describe('Where the id stands in the message; "" for rows without one.'),
  id_column: columnName.default('id').describe('Column of the id.'),
  distance: z
    .enum(['l2', 'cosine', 'dot', 'hamming'])
    .default('cosine')
    .describe('How vectors are compared, by the index.'),
  auto_create_table: z.boolean().default(true).describe('Make the table if it is missing.'),
  write_mode: z
    .enum(['append', 'upsert'])
    .default('append')
    .describe('append: a message that comes twice is there twice; upsert: merge by the id.'),
  payload_mode: z
    .enum(['json', 'columns'])
    .default('json')
    .describe('What becomes of the rest: one column with JSON, or as field_mappings says.'),
  payload_column: columnName.default('payload').describe('Column of that JSON.'),
  field_mappings: z
    .array(fieldMapping(DATA_TYPES, 'Type of the column.'))
    .min(1)
    .optional()
    .describe('The columns, for payload_mode columns.'),
  index: index.optional().describe('Index of the vectors; none if not given.'),
  scalar_indices: z
    .array(scalarIndex)
    .min(1)
    .optional()
    .describe('Indices of other columns, for searches by vector, filter and text together.'),
});
