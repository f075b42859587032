import {
  bool,
  needed,
  optional,
  refused,
  text,
  topic,
  u32,
  u64,
  word,
  type Facts,
} from './fact-key';

/** Zero milliseconds, seconds or messages. */
export const NO_ZERO = { from: 1, because: 'zero of it cannot be meant' };

/** The chart finds the brokers of the core. */
const FOUND = {
  isRequired: false,
  default: expect.stringMatching(/^http:\/\/[a-z.-]+:6650$/) as unknown,
  because: 'the chart knows where the core is',
};

/** A name that has to be there. */
export const DEPLOYMENT = {
  isRequired: false,
  default: expect.stringMatching(/^pipe-connector-[a-z]+$/) as unknown,
  because: 'the name of the Deployment is one',
};

/** 2.2, for all. */
const SHARED: Facts = {
  danube_service_url: text(
    {
      isRequired: true,
      takes: ['http://broker:6650'],
      refuses: ['https://broker:6650', 'broker:6650', 'http://'],
    },
    FOUND,
  ),
  connector_name: text({ isRequired: true, takes: ['own'] }, DEPLOYMENT),
  'processing.metrics_port': refused,
  'processing.log_level': refused,
  'processing.health_check_interval_ms': u64(
    { default: 30000, unit: 'Milliseconds', only: '0.3' },
    NO_ZERO,
  ),
  'processing.health_check_failure_threshold': u64({ default: 3, only: '0.3' }, NO_ZERO),
};

/** Where 0.2 has the sizes of batches, and by how much they differ from the facts' defaults. */
export interface Batches {
  readonly batch_size?: number;
  readonly batch_timeout_ms?: number;
  readonly alsoIn02?: { readonly batch_size: string; readonly batch_timeout_ms: string };
}

const ONE_AT_A_TIME = 'brokers before 0.15 hand out one message at a time (2.6)';

/** 2.2, for sinks. */
export function sinkFacts(batches: Batches = {}): Facts {
  const { batch_size = 10, batch_timeout_ms = 200, alsoIn02 } = batches;
  return {
    ...SHARED,
    'retry.max_retries': u32({ from: 0, to: 100, default: 3 }),
    'retry.retry_backoff_ms': u64({ default: 1000, unit: 'Milliseconds' }),
    'retry.max_backoff_ms': u64({ default: 30000, unit: 'milliseconds' }),
    'retry.initial_interval_ms': refused,
    'retry.max_interval_ms': refused,
    'processing.batch_size': u64(
      { from: 1, default: 1000, alsoIn02: alsoIn02?.batch_size },
      { default: batch_size, because: ONE_AT_A_TIME },
    ),
    'processing.batch_timeout_ms': u64(
      { default: 1000, unit: 'Milliseconds', alsoIn02: alsoIn02?.batch_timeout_ms },
      { from: 1, default: batch_timeout_ms, because: ONE_AT_A_TIME },
    ),
    'processing.poll_interval_ms': refused,
    schemas: refused,
  };
}

const schemaTypes = ['json_schema', 'json', 'string', 'number', 'bytes', 'avro'];

/** 2.2, for sources. */
export const SOURCE_FACTS: Facts = {
  ...SHARED,
  retry: refused,
  'processing.batch_size': u64({ from: 1, default: 1000 }),
  'processing.batch_timeout_ms': refused,
  'processing.poll_interval_ms': u64({ default: 100, unit: 'Milliseconds' }, NO_ZERO),
  'schemas.topic': topic,
  'schemas.subject': needed,
  // Not protobuf, which is registered and then cannot be written.
  'schemas.schema_type': word(schemaTypes, { isRequired: true }),
  'schemas.schema_file': text({
    // The program wants the key always.
    default: '',
    takes: ['orders.json'],
    refuses: ['', '/etc/a', '../a'],
    written: (file) => `/etc/danube-connector/schemas/${String(file)}`,
  }),
  'schemas.auto_register': bool({ default: true }),
  'schemas.version_strategy': {
    ...word(['latest', 'pinned', 'minimum'], { default: 'latest' }),
    refuses: ['exact', 'Latest', { pinned: 1 }, 1],
    amid: { 'schemas.version': 3 },
    written: (strategy) => (strategy === 'latest' ? 'latest' : { [String(strategy)]: 3 }),
  },
  // A value of its own, which is written with the strategy.
  'schemas.version': {
    ...u64({ from: 1, amid: { 'schemas.version_strategy': 'minimum' } }),
    written: () => undefined,
  },
};

/** `subscription_type` (3.1). */
export function subscriptionType(said: string) {
  return word(['Exclusive', 'Shared', 'FailOver'], { default: said });
}

/** The keys that the routes of all sinks have. */
export function sinkRouteFacts(path: string): Facts {
  return {
    [`${path}.from`]: topic,
    [`${path}.subscription`]: needed,
    [`${path}.expected_schema_subject`]: optional,
  };
}

/** The keys of the routes of sinks without a public image (11.2). */
export function proposedRouteFacts(path: string, subscribesAs: string): Facts {
  return {
    ...sinkRouteFacts(path),
    [`${path}.to`]: needed,
    [`${path}.subscription_type`]: subscriptionType(subscribesAs),
    [`${path}.include_danube_metadata`]: bool({ default: true }),
    [`${path}.on_invalid`]: word(['fail', 'skip'], { default: 'fail' }),
  };
}

/** Seconds that something may take. */
export const A_DAY = { ...NO_ZERO, to: 86400 };
export const seconds = (said: number) => u64({ default: said, unit: 'Seconds' }, A_DAY);

export const SMALL = 'more of them would be a slip';

/** Files that the chart mounts. */
export function certificatePaths(path: string): Facts {
  return {
    [`${path}.ca_cert_path`]: refused,
    [`${path}.client_cert_path`]: refused,
    [`${path}.client_key_path`]: refused,
  };
}
