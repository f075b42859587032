import { z } from 'zod';
import { imageValues } from '../pod/image';
import { annotations, port } from '../pod/kubernetes-values';
import { claimValues } from '../pod/persistence';
import { podValues } from '../pod/pod-values';
import { probeValues } from '../pod/probe';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import { TRAIN_0_7 } from '../release-train';
import { monitorValues, operatorObjectValues } from '../monitoring/monitor-values';

const duration = z.string().regex(/^[1-9][0-9]*(ms|s|m|h|d|w|y)$/);

/** The values below `prometheus`. */
export const prometheusValues = z
  .object({
    enabled: z
      .boolean()
      .default(true)
      .describe('Run a Prometheus that scrapes the brokers and etcd of this release.'),
    image: imageValues(TRAIN_0_7.prometheus).prefault({}).describe('Image of Prometheus.'),
    service: z
      .object({
        port: port.default(9090).describe('Port of the web interface and the API.'),
        annotations: annotations.default({}).describe('Annotations of the Service.'),
      })
      .prefault({})
      .describe('Service of Prometheus.'),
    scrapeInterval: duration.default('5s').describe('Time between scrapes.'),
    rules: z
      .object({
        enabled: z
          .boolean()
          .default(true)
          .describe('Evaluate the alerts of the chart; its page /alerts shows them.'),
      })
      .prefault({})
      .describe('Alerts in the bundled server. It has no Alertmanager, so it sends none.'),
    retention: duration.default('15d').describe('How long samples are kept.'),
    persistence: z
      .object(claimValues({ enabled: false, size: '10Gi' }))
      .prefault({})
      .describe('Volume of the samples.'),
    serviceMonitor: monitorValues('ServiceMonitor for the brokers and one for etcd').describe(
      'For a Prometheus of the Prometheus Operator; prometheus.enabled does not matter.',
    ),
    podMonitor: monitorValues('PodMonitor for the brokers and one for etcd').describe(
      'The same without Services: choose one of the two.',
    ),
    prometheusRule: z
      .object(operatorObjectValues('PrometheusRule with the alerts of the chart'))
      .prefault({})
      .describe('The alerts for a Prometheus of the Prometheus Operator.'),
    startupProbe: probeValues('When Prometheus counts as started: its log is replayed.', {
      initialDelaySeconds: 0,
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 120,
    }),
    livenessProbe: probeValues('Whether Prometheus still works.', {
      initialDelaySeconds: 0,
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: 6,
    }),
    readinessProbe: probeValues('Whether Prometheus answers queries.', {
      initialDelaySeconds: 0,
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 3,
    }),
    ...podValues({
      resources: {
        requests: { cpu: '100m', memory: '256Mi' },
        limits: { cpu: '500m', memory: '512Mi' },
      },
      userId: 65534,
      stop: STOP_SEQUENCES.prometheus,
    }),
  })
  .prefault({})
  .meta({ section: 'Prometheus', description: 'The bundled Prometheus server.' });
