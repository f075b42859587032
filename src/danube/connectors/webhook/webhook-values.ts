import { z } from 'zod';
import { refusedKey } from '../../../helm/index';
import { annotations, networkPeers, port, scalingBehavior } from '../../pod/kubernetes-values';
import { probeValues } from '../../pod/probe';
import { TRAIN_0_7 } from '../../release-train';
import { configVersionValue } from '../config-version';
import { connectorChartValues } from '../connector-chart-values';
import { CONNECTOR_PDB, CONNECTOR_SCHEMAS } from '../connector-objects';
import { danubeTopic, sourceConfig, unsigned } from '../connector-config-values';
import { connectorPdbValues } from '../connector-pdb-values';
import { connectorValues } from '../connector-values';
import { schemaFilesValue } from '../schema-values';
import { webhookIngressValues, webhookPath } from './webhook-ingress-values';

/** The variable that the chart puts the secret into. */
export const SECRET_VARIABLE = 'WEBHOOK_SECRET';

const NO_LIMIT = 'it has no effect: the connector makes a new limiter for each request';
const LIMIT_AT_INGRESS = 'write connector.ingress.paths with requestsPerSecond';

const route = z.object({
  from: webhookPath.describe('Path that is called with POST.'),
  to: danubeTopic.describe('Danube topic that is written.'),
  partitions: unsigned
    .max(1000)
    .default(0)
    .describe('Partitions of the topic, if the connector makes it; 0: it has none.'),
  reliable_dispatch: z
    .boolean()
    .default(false)
    .describe(
      'Whether messages are stored until they are acknowledged. Of an existing topic, its.',
    ),
  rate_limit: refusedKey(NO_LIMIT, LIMIT_AT_INGRESS),
  path: refusedKey('that is the word of 0.2', 'write from, whatever the version'),
  danube_topic: refusedKey('that is the word of 0.2', 'write to, whatever the version'),
});

const BYTE = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const NO_TLS = 'it has no effect: the server speaks plain http';

const server = z
  .object({
    host: z
      .string()
      .regex(new RegExp(`^((${BYTE}\\.){3}${BYTE}|\\[::\\])$`))
      .default('0.0.0.0')
      .describe(
        'Address that it listens on: an IPv4 address, or [::] for both families; with anything ' +
          'else there would be no server. With IPv6 in ipFamilies 0.0.0.0 becomes [::].',
      ),
    port: port.default(8080).describe('Port that it listens on.'),
    timeout_seconds: unsigned.min(1).default(30).describe('Seconds that a request may take.'),
    max_body_size: z
      .int()
      .min(1)
      .max(2097152)
      .default(1048576)
      .describe('Bytes of a body at most. Above 2 MiB (2097152) it would have no effect.'),
    tls_cert_path: refusedKey(NO_TLS, 'set connector.ingress.tls'),
    tls_key_path: refusedKey(NO_TLS, 'set connector.ingress.tls'),
  })
  .prefault({})
  .describe('The HTTP server.');

const auth = z
  .object({
    type: z
      .enum(['', 'none', 'apikey', 'jwt', 'hmac'])
      .default('')
      .describe(
        'Who may call; it has to be chosen. apikey: who sends the secret in a header; jwt: who ' +
          'has a token (HS256) signed with it; none: everybody. hmac is not verified.',
      ),
    secret_env: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
      .default(SECRET_VARIABLE)
      .describe('Variable that holds the secret. Any other has to come from existingSecret.'),
    header: z
      .string()
      .regex(/^[A-Za-z][A-Za-z0-9-]*$/)
      .default('x-api-key')
      .describe('Header that apikey and hmac look at.'),
    algorithm: z.enum(['sha256', 'sha512']).default('sha256').describe('Of hmac.'),
    public_key_path: refusedKey(
      'it has no effect: tokens are checked with a shared secret only',
      'set connector.secrets',
    ),
  })
  .prefault({})
  .describe('Who may call, the same for all routes.');

const config = z
  .object({
    ...sourceConfig(),
    server,
    auth,
    rate_limit: refusedKey(NO_LIMIT, LIMIT_AT_INGRESS),
    routes: z.array(route).default([]).describe('Which path is written to which topic.'),
    endpoints: refusedKey('that is the word of 0.2', 'write routes, whatever the version'),
    webhook: refusedKey('there is no such table', 'write server, auth and routes below config'),
  })
  .prefault({})
  .describe('What connector.toml says, in the words of 0.3.');

const percent = z.int().min(1).max(1000);

const hpa = z
  .object({
    enabled: z
      .boolean()
      .default(false)
      .describe('Let the load decide how many pods run; replicaCount is then not used.'),
    minReplicas: z.int().min(1).max(100).default(2).describe('At least so many pods.'),
    maxReplicas: z.int().min(1).max(100).default(10).describe('At most so many pods.'),
    targetCPU: percent
      .default(70)
      .describe('CPU that the pods use on average, in per cent of resources.requests.cpu.'),
    behavior: scalingBehavior.default({}).describe('How fast it scales.'),
  })
  .prefault({})
  .describe('Horizontal autoscaling; needs a metrics server.');

/** The values below `connector` of a webhook source. */
export const webhookValues = z
  .object({
    configVersion: configVersionValue(TRAIN_0_7.connectors.webhook),
    ...connectorValues({
      image: TRAIN_0_7.connectors.webhook,
      config,
      secrets: { [SECRET_VARIABLE]: 'API key, or secret that tokens are signed with.' },
      backendPorts: [],
    }),
    schemaFiles: schemaFilesValue(),
    service: z
      .object({
        port: port.default(80).describe('Port that is called in the cluster.'),
        annotations: annotations.default({}).describe('Annotations of the Service.'),
      })
      .prefault({})
      .describe('Service of the webhooks, and of the metrics from 0.3 on.'),
    clients: networkPeers
      .default([])
      .describe('Who may call in the cluster, an Ingress controller too; empty: every pod.'),
    readinessProbe: probeValues('Whether it takes requests: it does once its topics are there.', {
      initialDelaySeconds: 0,
      periodSeconds: 5,
      timeoutSeconds: 3,
      failureThreshold: 3,
    }),
    hpa,
    pdb: connectorPdbValues,
    ingress: webhookIngressValues,
    allowUnverifiedHmac: z
      .boolean()
      .default(false)
      .describe('Take config.auth.type hmac, although the connector lets every request pass.'),
  })
  .prefault({})
  .meta({ section: 'Connector', description: 'The webhook source.' });

/** All values of the chart danube-connector-webhook. */
export const webhookChartValues = z.object({
  ...connectorChartValues(
    CONNECTOR_PDB,
    CONNECTOR_SCHEMAS,
    'connectorHpa',
    'connectorIngress',
    'connectorIngressTraefikAuth',
    'connectorIngressTraefikLimit',
  ),
  connector: webhookValues,
});
