import { z } from 'zod';
import { imageValues } from '../pod/image';
import { annotations, labels, resources, tolerations } from '../pod/kubernetes-values';
import { podOverrides } from '../pod/pod-overrides-values';
import { TRAIN_0_7 } from '../release-train';

const id = z.int().min(1).max(2147483647).default(10001);

/** The values below `tests`. */
export const smokeTestsValues = z
  .object({
    enabled: z.boolean().default(true).describe('Make the pods that "helm test" runs.'),
    image: imageValues(TRAIN_0_7.cli)
      .prefault({})
      .describe("Image of Danube's command line, which sends and receives a message."),
    topic: z
      .string()
      .regex(/^\/[A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+$/)
      .default('/default/helm-test')
      .meta({
        description:
          'Topic of that message. It stays, with its subscription helm-test. Brokers with TLS ' +
          'are not asked: danube-cli 0.7.2 speaks no TLS.',
        examples: ['/default/smoke', '/operations/smoke'],
      }),
    activeDeadlineSeconds: z
      .int()
      .min(1)
      .max(86400)
      .default(180)
      .describe('Seconds after which a test counts as failed.'),
    resources: resources
      .default({
        requests: { cpu: '10m', memory: '32Mi' },
        limits: { memory: '128Mi' },
      })
      .describe('CPU and memory of each test.'),
    podLabels: labels.default({}).describe('More labels of the pods.'),
    podAnnotations: annotations.default({}).describe('More annotations of the pods.'),
    podSecurityContext: z
      .object({
        runAsUser: id.describe('User id of the processes.'),
        runAsGroup: id.describe('Group id of the processes.'),
        fsGroup: id.describe('Group id that owns the volumes.'),
      })
      .prefault({})
      .describe('Ids of the pods; left out when platformAssignedIds is true.'),
    nodeSelector: labels.default({}).describe('Labels that a node must have.'),
    tolerations: tolerations.default([]).describe('Taints that the pods tolerate.'),
    podOverrides,
  })
  .prefault({})
  .meta({ section: 'Tests', description: 'What "helm test" checks after an installation.' });
