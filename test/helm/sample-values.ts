import { z } from 'zod';
import { defineValues } from '../../src/helm';

/** Values of every type, for small trees and charts. */
export const sampleValues = defineValues(
  z.object({
    replicas: z.int().min(0).default(2).describe('Number of pods.'),
    ratio: z.number().default(0.5),
    name: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .default('web'),
    image: z
      .string()
      .regex(/^[a-z0-9./:-]+$/)
      .default('nginx:1'),
    text: z.string().default('any text'),
    mode: z.enum(['fast', 'safe', 'off']).default('fast'),
    enabled: z.boolean().default(true),
    metrics: z
      .object({ enabled: z.boolean().default(false), port: z.int().default(9090) })
      .prefault({}),
    class: z.string().optional(),
    port: z.int().optional(),
    debug: z.boolean().optional(),
    limits: z.object({ cpu: z.string(), 'hugepages-2Mi': z.string().optional() }).optional(),
    labels: z.record(z.string(), z.string()).default({}),
    weights: z.record(z.string(), z.int()).default({}),
    args: z.array(z.string()).default([]),
    ports: z.array(z.int()).default([]),
    hosts: z
      .array(
        z.object({
          host: z.string(),
          port: z.int().default(80),
          paths: z.array(z.string()),
          tls: z.string().optional(),
        }),
      )
      .default([]),
    resources: z.looseObject({}).default({}),
    'dashed-key': z
      .object({ 'with.dot': z.string().default('d'), plain: z.int().default(1) })
      .prefault({}),
  }),
);

export const { v } = sampleValues;
