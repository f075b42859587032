import { z } from 'zod';
import { imageValues } from '../pod/image';
import { objectName } from '../pod/kubernetes-values';
import { podValues } from '../pod/pod-values';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import { TRAIN_0_7 } from '../release-train';

/** The name of a namespace of Danube, not of Kubernetes. */
export const danubeNamespace = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** The name of a topic: two segments, without dots (facts on connectors, 2.8). */
export const topicName = z.string().regex(/^\/[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/);

/** The subject of a schema; it names a file too. */
export const schemaSubject = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/);

const schema = z.object({
  type: z
    .enum(['json_schema', 'avro', 'protobuf', 'string', 'bytes'])
    .default('json_schema')
    .describe('Type of the schema. It can never change.'),
  content: z
    .string()
    .default('')
    .describe('The schema; when empty, existingConfigMap has it. Not for string and bytes.'),
  compatibility: z
    .enum(['none', 'backward', 'forward', 'full'])
    .default('backward')
    .describe('What a new version has to be compatible with.'),
});

const topic = z.object({
  partitions: z
    .int()
    .min(0)
    .max(1000)
    .default(0)
    .describe('Number of partitions; 0: the topic has none. It can grow, but not shrink.'),
  dispatchStrategy: z
    .enum(['reliable', 'non_reliable'])
    .default('non_reliable')
    .describe('Whether messages are stored until they are acknowledged. It can never change.'),
  schema: z
    .object({
      subject: schemaSubject.describe('Subject of the schema that messages have.'),
      validationPolicy: z
        .enum(['none', 'warn', 'enforce'])
        .default('warn')
        .describe('What becomes of messages without it: nothing, a warning, a refusal.'),
      payloadValidation: z
        .boolean()
        .default(false)
        .describe('Whether the content of messages is checked against it too.'),
    })
    .optional()
    .describe('Schema of the messages.'),
});

const pod = podValues({
  resources: {
    requests: { cpu: '10m', memory: '32Mi' },
    limits: { cpu: '200m', memory: '128Mi' },
  },
  userId: 10001,
  stop: STOP_SEQUENCES.bootstrap,
});

/** What exists before a release works: namespaces, schemas and topics of Danube. */
export const bootstrapValues = z
  .object({
    enabled: z
      .boolean()
      .default(false)
      .describe('Run a Job that makes the namespaces, schemas and topics below.'),
    image: imageValues(TRAIN_0_7.admin)
      .prefault({})
      .describe('Image of danube-admin; it waits for topics too.'),
    namespaces: z
      .array(danubeNamespace)
      .default([])
      .meta({
        description: 'Namespaces to make. Topics need theirs.',
        examples: [['orders', 'billing'], ['sensors']],
      }),
    schemas: z
      .record(schemaSubject, schema)
      .default({})
      .meta({
        description:
          'Schemas to register, by subject: `type`, `content` (or a file of existingConfigMap) ' +
          'and `compatibility`. A changed content is registered as a new version.',
        examples: [
          { 'order-value': { type: 'json_schema', content: '{"type": "object"}' } },
          { 'reading-value': { type: 'avro', compatibility: 'full' } },
        ],
      }),
    existingConfigMap: objectName
      .default('')
      .describe('ConfigMap with the schemas that have no content, a key for each subject.'),
    topics: z
      .record(topicName, topic)
      .default({})
      .meta({
        description:
          'Topics to make, by name: `partitions`, `dispatchStrategy` and `schema` (`subject`, ' +
          '`validationPolicy`, `payloadValidation`). What is there already stays; where it ' +
          'differs in what cannot change, the Job fails and says so.',
        examples: [
          { '/orders/new': { dispatchStrategy: 'reliable', partitions: 3 } },
          {
            '/orders/new': {
              schema: {
                subject: 'order-value',
                validationPolicy: 'enforce',
                payloadValidation: true,
              },
            },
          },
        ],
      }),
    backoffLimit: z
      .int()
      .min(0)
      .max(100)
      .default(6)
      .describe('How often a failed Job is tried again. One that contradicts a topic is not.'),
    activeDeadlineSeconds: z
      .int()
      .min(1)
      .max(86400)
      .default(900)
      .describe('Seconds that the Job has in all, waiting for brokers included.'),
    ttlSecondsAfterFinished: z
      .int()
      .min(0)
      .max(2592000)
      .default(86400)
      .describe('Seconds that the finished Job stays.'),
    resources: pod.resources.describe('CPU and memory of the Job, and of what waits for topics.'),
    podSecurityContext: pod.podSecurityContext,
    nodeSelector: pod.nodeSelector,
    tolerations: pod.tolerations,
    affinity: pod.affinity,
    priorityClassName: pod.priorityClassName,
    podLabels: pod.podLabels,
    podAnnotations: pod.podAnnotations,
    podOverrides: pod.podOverrides,
    terminationGracePeriodSeconds: pod.terminationGracePeriodSeconds,
  })
  .prefault({})
  .meta({
    section: 'Bootstrap',
    description: 'What has to exist in Danube. Sinks do not start without their topics.',
  });
