import {
  bool,
  jsonPath,
  needed,
  optional,
  refused,
  text,
  texts,
  u32,
  word,
  type ConnectorFacts,
  type Facts,
} from './fact-key';
import { certificatePaths, NO_ZERO, proposedRouteFacts, seconds, sinkFacts } from './shared-facts';

const GREPTIME_TYPES = [
  ...['String', 'Int8', 'Int16', 'Int32', 'Int64', 'Uint8', 'Uint16', 'Uint32', 'Uint64'],
  ...['Float32', 'Float64', 'Boolean', 'Binary', 'Date', 'TimestampSecond', 'Decimal128', 'Json'],
  ...['TimestampMillisecond', 'TimestampMicrosecond', 'TimestampNanosecond'],
];

const duration = text({ takes: ['90d', '1h 30m', 'forever'], refuses: ['', '90', 'soon'] });

/** Options of a table, which routes have and `table_defaults` too. */
const tableOptions = (path: string): Facts => ({
  [`${path}.ttl`]: duration,
  [`${path}.append_mode`]: bool({ programDefault: 'true for logs and traces, else false' }),
  [`${path}.merge_mode`]: word(['last_row', 'last_non_null'], { programDefault: 'last_row if' }),
  // false is the program's default, and so not written.
  [`${path}.skip_wal`]: bool({}),
  [`${path}.sst_format`]: word(['flat', 'primary_key'], { programDefault: "server's" }),
  [`${path}.engine`]: word(['mito', 'metric'], { programDefault: 'mito if' }),
  [`${path}.physical_table`]: text({
    takes: ['physical'],
    programDefault: 'greptime_physical_table',
  }),
  [`${path}.storage`]: optional,
  [`${path}.compaction.time_window`]: text({ takes: ['1d'], refuses: ['', '1'] }),
  [`${path}.compaction.trigger_file_num`]: u32({}, { ...NO_ZERO, to: 100000 }),
  [`${path}.compaction.max_output_file_size`]: text({ takes: ['512MB'], refuses: ['512'] }),
});

/** 11.2 and 11.5. */
export const GREPTIMEDB: ConnectorFacts = {
  keys: {
    ...sinkFacts(),
    'greptimedb.endpoints': texts({
      isRequired: true,
      takes: [['greptimedb:4001', 'b.example.com:5001']],
      refuses: [['http://greptimedb:4001'], ['greptimedb'], []],
    }),
    'greptimedb.http_endpoint': text({ takes: ['http://greptimedb:4000'], refuses: ['a:4000'] }),
    'greptimedb.database': text({ default: 'public', takes: ['shop'], refuses: [''] }),
    'greptimedb.username': text({ takes: ['writer'] }),
    'greptimedb.password': refused,
    'greptimedb.write_api': word(['row', 'bulk'], { default: 'row' }),
    'greptimedb.compression': word(['none', 'gzip', 'zstd'], { default: 'none' }),
    'greptimedb.bulk.compression': word(['none', 'lz4', 'zstd'], { default: 'lz4' }),
    'greptimedb.bulk.parallelism': u32({ default: 4 }, { ...NO_ZERO, to: 1000 }),
    'greptimedb.bulk.timeout_secs': seconds(60),
    'greptimedb.connect_timeout_secs': seconds(5),
    'greptimedb.request_timeout_secs': seconds(30),
    'greptimedb.tls.enabled': bool({ default: false }),
    ...certificatePaths('greptimedb.tls'),
    'greptimedb.auto_create_database': bool({ default: false }),
    'greptimedb.database_ttl': text({ takes: ['90d', 'forever'], refuses: ['instant', 'soon'] }),
    ...tableOptions('greptimedb.table_defaults'),
    ...proposedRouteFacts('greptimedb.routes', 'Shared'),
    'greptimedb.routes.database': optional,
    'greptimedb.routes.signal': word(['metrics', 'logs', 'traces', 'events'], {
      default: 'metrics',
    }),
    'greptimedb.routes.time_index.json_path': text({ takes: ['a.b'], programDefault: 'when sent' }),
    'greptimedb.routes.time_index.column': text({ takes: ['time'], programDefault: 'ts if' }),
    'greptimedb.routes.time_index.unit': word(['s', 'ms', 'us', 'ns'], { programDefault: 'ms if' }),
    'greptimedb.routes.tags.json_path': jsonPath,
    'greptimedb.routes.tags.column': needed,
    'greptimedb.routes.fields.json_path': jsonPath,
    'greptimedb.routes.fields.column': needed,
    'greptimedb.routes.fields.type': word(GREPTIME_TYPES, { isRequired: true }),
    'greptimedb.routes.fields.index': word(['none', 'fulltext', 'skipping', 'inverted'], {
      default: 'none',
    }),
    'greptimedb.routes.pipeline_name': text({
      takes: ['own'],
      programDefault: 'greptime_identity if',
    }),
    'greptimedb.routes.pipeline_version': text({ takes: ['2024-01-01'], programDefault: 'latest' }),
    'greptimedb.routes.skip_error': bool({ default: false }),
    'greptimedb.routes.auto_create_table': bool({ default: true }),
    ...tableOptions('greptimedb.routes'),
    'greptimedb.routes.promql_compatible': bool({ default: false }),
    'greptimedb.routes.partition_columns': texts({ takes: [['host']] }),
    'greptimedb.routes.downsample.name': needed,
    'greptimedb.routes.downsample.to': needed,
    'greptimedb.routes.downsample.interval': text({
      isRequired: true,
      takes: ['5m'],
      refuses: ['', '5'],
    }),
    'greptimedb.routes.downsample.aggregations': texts({
      isRequired: true,
      takes: [['avg(temperature) AS temperature']],
      refuses: [[]],
    }),
    'greptimedb.routes.downsample.group_by': texts({ takes: [['host']] }),
    'greptimedb.routes.downsample.expire_after': text({ takes: ['1d'], refuses: ['1'] }),
    'greptimedb.routes.downsample.ttl': duration,
  },
  olderWords: {},
  secrets: ['GREPTIMEDB_USERNAME', 'GREPTIMEDB_PASSWORD'],
  refusedVariables: ['GREPTIMEDB_ENDPOINTS', 'GREPTIMEDB_HTTP_ENDPOINT', 'GREPTIMEDB_DATABASE'],
};
