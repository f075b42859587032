import { z } from 'zod';
import { dnsValues } from '../pod/dns-values';
import { imageValues } from '../pod/image';
import { annotations, networkPeers, port } from '../pod/kubernetes-values';
import { podValues } from '../pod/pod-values';
import { probeValues } from '../pod/probe';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import { TRAIN_0_7 } from '../release-train';
import { adminUIIngressValues } from './admin-ui-ingress-values';

/** The values below `adminUI`. */
export const adminUIValues = z
  .object({
    enabled: z.boolean().default(true).describe('Run the web interface.'),
    replicaCount: z.int().min(1).max(100).default(1).describe('Number of web servers.'),
    image: imageValues(TRAIN_0_7.adminUI)
      .prefault({})
      .describe('Image of danube-admin-ui. Its pages are served by a configuration of this chart.'),
    service: z
      .object({
        port: port.default(80).describe('Port of the web interface.'),
        annotations: annotations.default({}).describe('Annotations of the Service.'),
      })
      .prefault({})
      .describe('Service of the web interface. Who reaches it can administer Danube.'),
    ingress: adminUIIngressValues,
    networkPolicy: z
      .object({
        enabled: z
          .boolean()
          .default(true)
          .describe(
            'Let only pods of the cluster connect, and the web server only to the admin server.',
          ),
        from: networkPeers
          .default([])
          .describe('Who may connect; empty: every pod of the cluster.'),
        dns: dnsValues('the web server asks'),
      })
      .prefault({})
      .describe('Who may connect to the web interface, which has no authentication.'),
    startupProbe: probeValues('When the web server counts as started.', {
      initialDelaySeconds: 0,
      periodSeconds: 2,
      timeoutSeconds: 2,
      failureThreshold: 30,
    }),
    livenessProbe: probeValues('Whether the web server still works.', {
      initialDelaySeconds: 0,
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    }),
    readinessProbe: probeValues('Whether the web server takes requests.', {
      initialDelaySeconds: 0,
      periodSeconds: 5,
      timeoutSeconds: 2,
      failureThreshold: 3,
    }),
    ...podValues({
      resources: {
        requests: { cpu: '10m', memory: '32Mi' },
        limits: { cpu: '200m', memory: '64Mi' },
      },
      userId: 101,
      stop: STOP_SEQUENCES.adminUI,
    }),
  })
  .prefault({})
  .meta({ section: 'Web interface', description: 'The pages, served by nginx.' });
