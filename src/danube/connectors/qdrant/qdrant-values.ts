import { z } from 'zod';
import { refusedKey } from '../../../helm/index';
import { TRAIN_0_7 } from '../../release-train';
import { configVersionValue } from '../config-version';
import { connectorChartValues } from '../connector-chart-values';
import { sinkConfig, sinkRoute, subscriptionType, unsigned } from '../connector-config-values';
import { freeText } from '../free-text';
import { connectorValues } from '../connector-values';
import { sinkValues } from '../sink-connector';

const route = z.object({
  ...sinkRoute(),
  subscription_type: subscriptionType
    .default('Exclusive')
    .describe('How the subscription hands out messages.'),
  to: freeText.max(255).describe('Qdrant collection that is written.'),
  vector_dimension: unsigned
    .min(1)
    .max(65536)
    .describe('Length of the vectors; others end the connector.'),
  distance: z
    .enum(['Cosine', 'Euclid', 'Dot', 'Manhattan'])
    .default('Cosine')
    .describe('How vectors are compared, in a collection that the connector makes.'),
  auto_create_collection: z
    .boolean()
    .default(true)
    .describe('Make the collection if it is missing; without, a missing one ends the connector.'),
  include_danube_metadata: z
    .boolean()
    .default(true)
    .describe('Add topic, time, producer and attributes to the payload.'),
  batch_size: unsigned
    .min(1)
    .optional()
    .describe('Messages of this route that are written at a time. For configVersion 0.2.'),
  batch_timeout_ms: unsigned
    .min(1)
    .optional()
    .describe('Milliseconds until a smaller batch is written. For configVersion 0.2.'),
  topic: refusedKey('that is the word of 0.2', 'write from, whatever the version'),
  collection_name: refusedKey('that is the word of 0.2', 'write to, whatever the version'),
});

const BATCH_KEY = 'batches are the same for all connectors here';

const config = z
  .object({
    ...sinkConfig(),
    qdrant: z
      .object({
        url: z
          .string()
          .regex(/^(https?:\/\/[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[1-9][0-9]{0,4})?\/?)?$/)
          .default('')
          .meta({
            description: 'gRPC endpoint of Qdrant with its scheme, usually port 6334.',
            examples: ['http://qdrant.vectors:6334', 'https://xyz.cloud.qdrant.io:6334'],
          }),
        timeout_secs: unsigned.min(1).default(30).describe('Seconds that Qdrant has to answer.'),
        routes: z
          .array(route)
          .default([])
          .meta({
            description: 'Which topic is written to which collection.',
            examples: [
              [
                {
                  from: '/default/vectors',
                  subscription: 'qdrant',
                  to: 'vectors',
                  vector_dimension: 384,
                },
              ],
              [
                {
                  from: '/default/images',
                  subscription: 'images',
                  subscription_type: 'Shared',
                  to: 'images',
                  vector_dimension: 1536,
                  distance: 'Dot',
                  auto_create_collection: false,
                  include_danube_metadata: false,
                  expected_schema_subject: 'images-v1',
                },
                {
                  from: '/default/texts',
                  subscription: 'texts',
                  to: 'texts',
                  vector_dimension: 768,
                },
              ],
            ],
          }),
        api_key: refusedKey(
          'it would stand readable in a ConfigMap',
          'set connector.secrets with QDRANT_API_KEY',
        ),
        batch_size: refusedKey(BATCH_KEY, 'write config.processing.batch_size'),
        batch_timeout_ms: refusedKey(BATCH_KEY, 'write config.processing.batch_timeout_ms'),
        topic_mappings: refusedKey('that is the word of 0.2', 'write routes, whatever the version'),
      })
      .prefault({})
      .describe('Qdrant, and what is written to it.'),
  })
  .prefault({})
  .describe('What connector.toml says, in the words of 0.3.');

/** The values below `connector` of a Qdrant sink. */
export const qdrantValues = z
  .object({
    configVersion: configVersionValue(TRAIN_0_7.connectors.qdrant),
    ...connectorValues({
      image: TRAIN_0_7.connectors.qdrant,
      config,
      secrets: { QDRANT_API_KEY: 'API key of Qdrant.' },
      backendPorts: [],
    }),
    ...sinkValues(),
    allowRestPort: z
      .boolean()
      .default(false)
      .describe('Take port 6333 in config.qdrant.url for the gRPC port that the sink needs.'),
  })
  .prefault({})
  .meta({ section: 'Connector', description: 'The Qdrant sink.' });

/** All values of the chart danube-connector-qdrant. */
export const qdrantChartValues = z.object({
  ...connectorChartValues(),
  connector: qdrantValues,
});
