import { z } from 'zod';
import { defineValues } from '../../src/helm';

const name = z.string().regex(/^[a-z]([a-z0-9-]{0,20}[a-z0-9])?$/);
const labelValue = z.string().regex(/^([A-Za-z0-9]([A-Za-z0-9_.-]{0,20}[A-Za-z0-9])?)?$/);
const labels = z.record(z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?$/), labelValue);
const port = z.int().min(1).max(65535);

const quantities = z.record(z.string(), z.string());

const listener = z.object({
  name,
  port,
  secure: z.boolean().default(false),
  weight: z.int().optional(),
  tags: z.array(z.string()).optional(),
  note: z.string().optional(),
});

/** Every sort of value that a schema can describe, a few of each. */
export const sampleValues = defineValues(
  z.object({
    replicaCount: z.int().min(1).max(9).default(2).describe('Number of pods.'),
    maxReplicas: z.int().min(1).max(12).default(5).describe('Most pods.'),
    image: z
      .object({
        repository: z
          .string()
          .regex(/^[a-z0-9][a-z0-9./-]{0,20}$/)
          .default('nginx')
          .describe('Image.'),
        tag: z
          .string()
          .regex(/^[A-Za-z0-9._-]{0,20}$/)
          .default('')
          .describe('Tag.'),
        pullPolicy: z.enum(['Always', 'IfNotPresent']).default('IfNotPresent').describe('When.'),
      })
      .prefault({})
      .meta({ section: 'Image' }),
    podLabels: labels.default({ team: 'blue' }).describe('Labels of the pods.'),
    nodeSelector: labels.default({}).describe('Labels of the nodes.'),
    resources: z
      .object({ requests: quantities.optional(), limits: quantities.optional() })
      .default({ requests: { cpu: '100m' } })
      .meta({
        description: 'CPU and memory.',
        examples: [
          { requests: { cpu: '1' }, limits: { memory: '2Gi' } },
          { requests: { cpu: '250m', memory: '384Mi' } },
        ],
      }),
    tolerations: z
      .array(
        z
          .object({ key: z.string().optional(), operator: z.string().optional() })
          .meta({ examples: [{ operator: 'Exists' }, { key: 'a', operator: 'Exists' }] }),
      )
      .default([])
      .describe('Tolerations.'),
    runAsUser: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'User id.', examples: [1000] }),
    readOnly: z.boolean().optional().describe('Read-only root.'),
    priorityClass: name.optional().meta({ description: 'Priority class.', examples: ['high'] }),
    limit: z
      .object({ soft: z.int().min(0).max(1000), hard: z.int().optional() })
      .optional()
      .meta({ description: 'Limits.', examples: [{ soft: 1 }, { soft: 0, hard: 5 }] }),
    ingress: z
      .object({
        enabled: z.boolean().default(false).describe('On.'),
        hosts: z
          .array(z.object({ host: name, paths: z.array(z.string().regex(/^\/[a-z]{0,5}$/)) }))
          .default([])
          .describe('Hosts.'),
        tls: z.boolean().default(false).describe('TLS.'),
      })
      .prefault({}),
    config: z
      .object({
        text: z.string().default('').describe('Any text.'),
        big: z.int().default(1_000_000).describe('Any whole number.'),
        ratio: z.number().min(-1e12).max(1e12).default(0.5).describe('Any number.'),
        verbose: z.boolean().default(false).describe('More output.'),
        level: z.enum(['no', 'info', '1e3']).default('info').describe('Level.'),
        listeners: z
          .array(listener)
          .prefault([{ name: 'main', port: 80 }])
          .describe('Listeners.'),
        words: z.array(z.string()).default(['b', 'a']).describe('Words.'),
        env: z.record(z.string(), z.string()).default({}).describe('Environment.'),
        properties: z
          .record(z.string().regex(/^[a-z]{1,8}$/), labelValue)
          .default({})
          .describe('Properties.'),
        extra: z.looseObject({}).default({}).describe('Anything.'),
        timeout: z
          .int()
          .optional()
          .meta({ description: 'Seconds.', examples: [0, 30] }),
        comment: z.string().optional().describe('A remark.'),
      })
      .prefault({}),
    'odd-key': z.object({ 'x.y': z.string().default('q').describe('Odd.') }).prefault({}),
  }),
);
