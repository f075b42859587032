import { defineValues, z } from 'cdk8s-danube/helm';

const image = z.object({
  repository: z.string().default('nginxinc/nginx-unprivileged').describe('Image of the server.'),
  tag: z.string().default('').describe('Its tag; empty means the app version of the chart.'),
});

const ingress = z.object({
  className: z
    .string()
    .optional()
    .meta({ description: 'Ingress class.', examples: ['nginx'] }),
  hosts: z.array(z.string()).default([]).describe('Names for the outside; none, no Ingress.'),
});

/** What a user of the chart can set. */
export const values = defineValues(
  z.object({
    replicaCount: z.int().min(0).default(2).describe('Number of pods.'),
    image: image.prefault({}),
    resources: z
      .looseObject({})
      .default({ requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '64Mi' } })
      .describe('What each pod asks for and may use.'),
    nodeSelector: z.record(z.string(), z.string()).default({}).describe('Labels of fitting nodes.'),
    ingress: ingress.prefault({}),
  }),
);
