import { z } from 'zod';
import { refusedKey } from '../../helm/index';
import { freeText } from './free-text';
import { schemaValues } from './schema-values';

/** A Danube topic: `/namespace/topic`, without dots (facts on connectors, 2.8). */
export const danubeTopic = z.string().regex(/^\/[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/);

/** How a subscription hands out its messages. */
export const subscriptionType = z.enum(['Exclusive', 'Shared', 'FailOver']);

/** Milliseconds, or another number that a connector reads as an unsigned integer. */
export const milliseconds = z.int().min(0);
export const unsigned = z.int().min(0);

/** What a connector is called by the programs that it connects to; it may be left out. */
export const programName = z
  .string()
  .regex(/^[A-Za-z0-9._-]*$/)
  .max(200);

/** The keys of every connector, at the root of connector.toml. */
const SHARED_CONFIG = {
  danube_service_url: z
    .string()
    .regex(/^(https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[1-9][0-9]{0,4})?)?$/)
    .default('')
    .meta({
      description: 'URL of the brokers, http://host:port; when empty, found through core.',
      examples: ['http://broker.example.com:6650', 'http://10.0.0.5:6650'],
    }),
  connector_name: programName.default('').meta({
    description:
      'Name that brokers and metrics know the connector by; when empty, the name of the ' +
      'Deployment.',
    examples: ['orders-sink', 'connector_1'],
  }),
};

const LOG_LEVEL = refusedKey(
  'it has no effect: logging is set up before the file is read',
  'set connector.env.RUST_LOG',
);
const METRICS_PORT = refusedKey(
  'the chart writes it, and the Service and the probes need it too',
  'set connector.metricsPort',
);

const HEALTH_CHECKS = {
  health_check_interval_ms: milliseconds
    .min(1)
    .default(30000)
    .describe("Milliseconds between checks of the connector's own health. From 0.3 on."),
  health_check_failure_threshold: unsigned
    .min(1)
    .default(3)
    .describe('So many failed checks in a row end the process. From 0.3 on.'),
};

const RETRY = z
  .object({
    max_retries: z
      .int()
      .min(0)
      .max(100)
      .default(3)
      .describe('So often a failed batch is tried again; then the process ends.'),
    retry_backoff_ms: milliseconds
      .default(1000)
      .describe('Milliseconds before the first retry; they double with each one.'),
    max_backoff_ms: milliseconds
      .default(30000)
      .describe('At most so many milliseconds between two retries.'),
    initial_interval_ms: refusedKey('there is no such key', 'write retry_backoff_ms'),
    max_interval_ms: refusedKey('there is no such key', 'write max_backoff_ms'),
  })
  .prefault({})
  .describe('How a failed batch is retried.');

const NO_POLLS = refusedKey('sinks do not use it', 'leave it out');
const NO_SCHEMAS = refusedKey(
  'sinks ignore it: a topic gets its schema from its producer or from the bootstrap Job',
  'write expected_schema_subject in the route, or use bootstrap',
);

/** Brokers before 0.15 hand out one message at a time on reliable topics. */
const SMALL_BATCHES: SinkBatches = { batchSize: 10, batchTimeoutMs: 200 };

/** How much a sink writes at a time, by default. */
export interface SinkBatches {
  readonly batchSize: number;
  readonly batchTimeoutMs: number;
}

/** The keys that the configuration of every sink has: `z.object({ ...sinkConfig(), own: ... })`. */
export function sinkConfig({ batchSize, batchTimeoutMs }: SinkBatches = SMALL_BATCHES) {
  return {
    ...SHARED_CONFIG,
    retry: RETRY,
    processing: z
      .object({
        batch_size: unsigned
          .min(1)
          .default(batchSize)
          .describe(
            'Messages that are written at a time. Brokers before 0.15 hand out one at a time on ' +
              'reliable topics, so large batches only wait for batch_timeout_ms.',
          ),
        batch_timeout_ms: milliseconds
          .min(1)
          .default(batchTimeoutMs)
          .describe('Milliseconds until a smaller batch is written too.'),
        ...HEALTH_CHECKS,
        poll_interval_ms: NO_POLLS,
        metrics_port: METRICS_PORT,
        log_level: LOG_LEVEL,
      })
      .prefault({})
      .describe('How messages are taken in and written.'),
    schemas: NO_SCHEMAS,
  };
}

/** The keys that the configuration of every source has. */
export function sourceConfig() {
  return {
    ...SHARED_CONFIG,
    processing: z
      .object({
        batch_size: unsigned
          .min(1)
          .default(1000)
          .describe('Messages that wait in memory at most, and that are published at a time.'),
        poll_interval_ms: milliseconds
          .min(1)
          .default(100)
          .describe('Milliseconds that it waits for messages before it looks around.'),
        ...HEALTH_CHECKS,
        batch_timeout_ms: refusedKey('sources do not use it', 'leave it out'),
        metrics_port: METRICS_PORT,
        log_level: LOG_LEVEL,
      })
      .prefault({})
      .describe('How messages are taken in and published.'),
    schemas: schemaValues(),
    retry: refusedKey(
      'sources ignore it: the Danube client retries by itself, 5 times',
      'leave it out',
    ),
  };
}

const SINK_ROUTE = {
  from: danubeTopic.describe('Danube topic that is read.'),
  subscription: z
    .string()
    .regex(/^[A-Za-z0-9._-]+$/)
    .describe('Name of the subscription; a change of it reads from the start again.'),
  expected_schema_subject: freeText
    .optional()
    .describe('Messages with the schema of another subject are skipped.'),
};

/** The keys of a sink's route that all sinks have: from a topic, by a subscription. */
export function sinkRoute() {
  return SINK_ROUTE;
}
