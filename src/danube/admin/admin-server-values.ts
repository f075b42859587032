import { z } from 'zod';
import { dnsValues } from '../pod/dns-values';
import { imageValues } from '../pod/image';
import { annotations, networkPeers, objectName, port, resources } from '../pod/kubernetes-values';
import { podValues } from '../pod/pod-values';
import { probeValues } from '../pod/probe';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import { TRAIN_0_7 } from '../release-train';

const HOST = '[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?';
/** From 1 to 65535. */
const PORT =
  '([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';
const milliseconds = z.int().min(100).max(600000);

/** The health page answers after requestTimeoutMs at the latest, so a probe waits longer. */
const HEALTH_TIMEOUT_SECONDS = 6;

/** The values below `admin`. */
export const adminServerValues = z
  .object({
    enabled: z.boolean().default(true).describe('Run the admin server, an HTTP API.'),
    replicaCount: z.int().min(1).max(100).default(1).describe('Number of servers.'),
    image: imageValues(TRAIN_0_7.admin).prefault({}).describe('Image of danube-admin.'),
    service: z
      .object({
        port: port.default(8080).describe('Port of the API.'),
        annotations: annotations.default({}).describe('Annotations of the Service.'),
      })
      .prefault({})
      .describe('Service of the API. It has no authentication: keep it in the cluster.'),
    config: z
      .object({
        brokerEndpoint: z
          .string()
          .regex(new RegExp(`^((https?://)?${HOST}:${PORT})?$`))
          .default('')
          .meta({
            description: 'Admin port of a broker, host:port; when empty, found through core.',
            examples: ['http://broker.example.com:50051', 'broker.example.com:50051'],
          }),
        prometheusUrl: z
          .string()
          .regex(new RegExp(`^(https?://${HOST}(:${PORT})?(/[A-Za-z0-9._~/-]*)?)?$`))
          .default('')
          .meta({
            description: 'Prometheus that scrapes the brokers; when empty, found through core.',
            examples: ['http://prometheus.monitoring:9090', 'https://metrics.example.com/danube'],
          }),
        requestTimeoutMs: milliseconds
          .default(5000)
          .describe('Longest time that a broker has to answer.'),
        cacheTtlMs: z.int().min(0).max(600000).default(3000).describe('How long answers are kept.'),
        metricsTimeoutMs: milliseconds
          .default(5000)
          .describe('Longest time that Prometheus has to answer.'),
      })
      .prefault({})
      .describe('What the server talks to.'),
    tls: z
      .object({
        enabled: z
          .boolean()
          .default(false)
          .describe(
            'Speak TLS to the broker, for a proxy that offers it: the admin port of broker 0.7.2 ' +
              'is always plaintext. Needs config.brokerEndpoint with https.',
          ),
        secretName: objectName.default('').describe('Secret with ca.crt.'),
        clientCertificate: z
          .boolean()
          .default(false)
          .describe('Show tls.crt and tls.key of the Secret too.'),
        domain: z
          .string()
          .regex(new RegExp(`^(${HOST})?$`))
          .default('')
          .describe('Name that the certificate has; when empty, localhost.'),
      })
      .prefault({})
      .describe('TLS to the broker.'),
    networkPolicy: z
      .object({
        enabled: z
          .boolean()
          .default(true)
          .describe(
            'Let only the web interface connect to the API, and the server only to what it asks.',
          ),
        from: networkPeers.default([]).describe('Who else may connect to the API.'),
        dns: dnsValues('the server asks'),
        to: networkPeers
          .default([])
          .describe(
            'Where brokerEndpoint and prometheusUrl lead, if they are given; empty: anywhere.',
          ),
        ports: z
          .array(port)
          .default([])
          .describe(
            'Ports there besides those of the URLs: a policy sees the port of the pod behind a ' +
              'Service.',
          ),
      })
      .prefault({})
      .describe('Who may connect to the API, which has no authentication, and whom it asks.'),
    waitForBroker: z
      .object({
        resources: resources
          .default({
            requests: { cpu: '10m', memory: '32Mi' },
            limits: { cpu: '100m', memory: '64Mi' },
          })
          .describe('Resources of the init container that waits for a broker.'),
      })
      .prefault({})
      .describe('Without a broker the server would exit, so it waits for one first.'),
    startupProbe: probeValues('When the server counts as started.', {
      initialDelaySeconds: 0,
      periodSeconds: 5,
      timeoutSeconds: HEALTH_TIMEOUT_SECONDS,
      failureThreshold: 30,
    }),
    livenessProbe: probeValues('Whether the server still answers.', {
      initialDelaySeconds: 0,
      periodSeconds: 15,
      timeoutSeconds: HEALTH_TIMEOUT_SECONDS,
      failureThreshold: 4,
    }),
    readinessProbe: probeValues('Whether the server takes requests.', {
      initialDelaySeconds: 0,
      periodSeconds: 10,
      timeoutSeconds: HEALTH_TIMEOUT_SECONDS,
      failureThreshold: 3,
    }),
    ...podValues({
      resources: {
        requests: { cpu: '50m', memory: '64Mi' },
        limits: { cpu: '500m', memory: '256Mi' },
      },
      env: { NO_COLOR: '1', RUST_LOG: 'info' },
      userId: 10001,
      stop: STOP_SEQUENCES.admin,
    }),
  })
  .prefault({})
  .meta({ section: 'Admin server', description: 'The admin server, danube-admin serve.' });
