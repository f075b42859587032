import {
  bool,
  jsonPath,
  needed,
  refused,
  text,
  u64,
  word,
  type ConnectorFacts,
  type Facts,
} from './fact-key';
import { NO_ZERO, sinkFacts, sinkRouteFacts, subscriptionType } from './shared-facts';

/** Sizes of the batches of a route, which only 0.2 has (1.3). */
function olderBatches(route: string, timeKey: string): Facts {
  return {
    [`${route}.batch_size`]: u64({ only: '0.2' }, NO_ZERO),
    [`${route}.${timeKey}`]: u64({ only: '0.2', unit: 'Milliseconds' }, NO_ZERO),
  };
}

/** 1.3 and 3. */
export const QDRANT: ConnectorFacts = {
  keys: {
    ...sinkFacts({
      alsoIn02: { batch_size: 'qdrant.batch_size', batch_timeout_ms: 'qdrant.batch_timeout_ms' },
    }),
    'qdrant.url': text({
      isRequired: true,
      takes: ['http://qdrant:6334', 'https://xyz.cloud.qdrant.io:6334'],
      refuses: ['qdrant:6334', 'grpc://qdrant:6334', 'http://qdrant:6333'],
    }),
    'qdrant.api_key': refused,
    'qdrant.timeout_secs': u64({ default: 30, unit: 'Seconds' }, NO_ZERO),
    ...sinkRouteFacts('qdrant.routes'),
    'qdrant.routes.subscription_type': subscriptionType('Exclusive'),
    'qdrant.routes.to': needed,
    'qdrant.routes.vector_dimension': u64(
      { isRequired: true, from: 1 },
      { to: 65536, because: 'Qdrant has no longer vectors' },
    ),
    'qdrant.routes.distance': word(['Cosine', 'Euclid', 'Dot', 'Manhattan'], { default: 'Cosine' }),
    'qdrant.routes.auto_create_collection': bool({ default: true }),
    'qdrant.routes.include_danube_metadata': bool({ default: true }),
    ...olderBatches('qdrant.routes', 'batch_timeout_ms'),
    'qdrant.batch_size': refused,
    'qdrant.batch_timeout_ms': refused,
    'qdrant.topic_mappings': refused,
    'qdrant.routes.topic': refused,
    'qdrant.routes.collection_name': refused,
  },
  olderWords: {
    'qdrant.routes': 'topic_mappings',
    'qdrant.routes.from': 'topic',
    'qdrant.routes.to': 'collection_name',
  },
  secrets: ['QDRANT_API_KEY'],
  refusedVariables: ['QDRANT_URL'],
};

const DELTA_TYPES = ['Utf8', 'Int8', 'Int16', 'Int32', 'Int64', 'Float32', 'Float64', 'Boolean'];

/** 1.3 and 4. */
export const DELTALAKE: ConnectorFacts = {
  keys: {
    ...sinkFacts({
      // Each write makes a file.
      ...{ batch_size: 1000, batch_timeout_ms: 1000 },
      alsoIn02: {
        batch_size: 'deltalake.batch_size',
        batch_timeout_ms: 'deltalake.flush_interval_ms',
      },
    }),
    'deltalake.storage_backend': word(
      ['s3', 'azure', 'gcs'],
      { isRequired: true },
      { isRequired: false, default: 's3', because: 'rules compare it with the URLs of routes' },
    ),
    'deltalake.s3_region': text({ takes: ['eu-central-1'] }),
    'deltalake.s3_endpoint': text({ takes: ['http://minio:9000'], refuses: ['minio:9000'] }),
    'deltalake.s3_allow_http': bool({ default: false }),
    'deltalake.azure_storage_account': text({ takes: ['account'] }),
    'deltalake.azure_container': text({ takes: ['lake'] }),
    'deltalake.gcp_project_id': text({ takes: ['project'] }),
    ...sinkRouteFacts('deltalake.routes'),
    'deltalake.routes.to': text({
      isRequired: true,
      takes: [
        ...['s3://a/b', 's3a://a/b', 'az://a/b', 'adl://a/b', 'azure://a/b', 'abfs://a@b/c'],
        ...['abfss://a@b.dfs.core.windows.net/c', 'gs://a/b'],
      ],
      refuses: ['', '/data/a', 'file:///data/a', 'https://a/b', 'S3://a/b'],
    }),
    'deltalake.routes.write_mode': {
      ...word(['append'], { default: 'append' }),
      refuses: ['overwrite', 'Append', 1],
    },
    'deltalake.routes.include_danube_metadata': bool({ default: false }),
    'deltalake.routes.subscription_type': refused,
    'deltalake.routes.field_mappings.json_path': jsonPath,
    'deltalake.routes.field_mappings.column': needed,
    'deltalake.routes.field_mappings.data_type': {
      ...word([...DELTA_TYPES, 'Binary'], { isRequired: true }),
      // What is taken at the start, and cannot be written.
      refuses: ['UInt8', 'UInt16', 'UInt32', 'UInt64', 'Timestamp', 'Date32', 'Date64', 'utf8', 1],
    },
    'deltalake.routes.field_mappings.nullable': bool({ default: true }),
    ...olderBatches('deltalake.routes', 'flush_interval_ms'),
    'deltalake.batch_size': refused,
    'deltalake.flush_interval_ms': refused,
    'deltalake.topic_mappings': refused,
    'deltalake.routes.topic': refused,
    'deltalake.routes.delta_table_path': refused,
  },
  olderWords: {
    'deltalake.routes': 'topic_mappings',
    'deltalake.routes.from': 'topic',
    'deltalake.routes.to': 'delta_table_path',
  },
  secrets: [
    ...['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
    ...['AZURE_STORAGE_ACCOUNT_KEY', 'AZURE_STORAGE_SAS_TOKEN', 'AZURE_TENANT_ID'],
    ...['AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'GOOGLE_SERVICE_ACCOUNT_KEY'],
  ],
  refusedVariables: [
    ...['AWS_REGION', 'S3_ENDPOINT', 'AZURE_STORAGE_ACCOUNT', 'GCP_PROJECT_ID', 'AWS_ALLOW_HTTP'],
    ...['GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_SERVICE_ACCOUNT'],
  ],
};

/** 1.3 and 5. */
export const SURREALDB: ConnectorFacts = {
  keys: {
    ...sinkFacts({
      alsoIn02: {
        batch_size: 'surrealdb.batch_size',
        batch_timeout_ms: 'surrealdb.flush_interval_ms',
      },
    }),
    'surrealdb.url': text({
      isRequired: true,
      takes: ['surrealdb:8000'],
      refuses: ['ws://surrealdb:8000', 'wss://surrealdb:8000', 'http://surrealdb:8000'],
    }),
    'surrealdb.namespace': text({ isRequired: true, takes: ['some'] }),
    'surrealdb.database': text({ isRequired: true, takes: ['some'] }),
    'surrealdb.username': refused,
    'surrealdb.password': refused,
    'surrealdb.connection_timeout_secs': refused,
    'surrealdb.request_timeout_secs': refused,
    ...sinkRouteFacts('surrealdb.routes'),
    'surrealdb.routes.subscription_type': subscriptionType('Shared'),
    'surrealdb.routes.to': needed,
    'surrealdb.routes.include_danube_metadata': bool({ default: true }),
    'surrealdb.routes.storage_mode': word(['Document', 'TimeSeries'], { default: 'Document' }),
    ...olderBatches('surrealdb.routes', 'flush_interval_ms'),
    'surrealdb.batch_size': refused,
    'surrealdb.flush_interval_ms': refused,
    'surrealdb.topic_mappings': refused,
    'surrealdb.routes.topic': refused,
    'surrealdb.routes.table_name': refused,
  },
  olderWords: {
    'surrealdb.routes': 'topic_mappings',
    'surrealdb.routes.from': 'topic',
    'surrealdb.routes.to': 'table_name',
  },
  secrets: ['SURREALDB_USERNAME', 'SURREALDB_PASSWORD'],
  refusedVariables: ['SURREALDB_URL'],
};
