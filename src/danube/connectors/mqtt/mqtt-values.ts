import { z } from 'zod';
import { refusedKey } from '../../../helm/index';
import { port } from '../../pod/kubernetes-values';
import { TRAIN_0_7 } from '../../release-train';
import { configVersionValue } from '../config-version';
import { connectorChartValues } from '../connector-chart-values';
import { CONNECTOR_SCHEMAS } from '../connector-objects';
import { danubeTopic, programName, sourceConfig, unsigned } from '../connector-config-values';
import { freeTextOrNone } from '../free-text';
import { connectorValues } from '../connector-values';
import { schemaFilesValue } from '../schema-values';

/** An MQTT topic filter: `+` is a whole level, and `#` the last one. */
const topicFilter = z
  .string()
  .regex(/^(#|(\+|[^+#/\n\r\x7f-\x9f]+)?(\/(\+|[^+#/\n\r\x7f-\x9f]*))*(\/#)?)$/)
  .min(1)
  .max(1000);

const OLDER_WORD = 'that is the word of 0.2';

const route = z.object({
  from: topicFilter.describe(
    'MQTT topics that are read; + stands for a level, # for the rest. The first route that ' +
      'matches a message gets it, so write special ones before general ones.',
  ),
  to: danubeTopic.describe(
    'Danube topic that is written. The brokers make it; its namespace must exist.',
  ),
  qos: z
    .enum(['AtMostOnce', 'AtLeastOnce', 'ExactlyOnce'])
    .default('AtLeastOnce')
    .describe(
      'QoS 0, 1 or 2 of the MQTT subscription. Messages are acknowledged before Danube has them.',
    ),
  partitions: unsigned
    .max(1000)
    .default(0)
    .describe('Number of partitions of a new Danube topic; 0: it has none.'),
  reliable_dispatch: z
    .boolean()
    .optional()
    .describe(
      'Whether brokers store the messages. By default they do, but not those of AtMostOnce. An ' +
        'existing topic must agree.',
    ),
  mqtt_topic: refusedKey(OLDER_WORD, 'write from, whatever the version'),
  danube_topic: refusedKey(OLDER_WORD, 'write to, whatever the version'),
});

const config = z
  .object({
    ...sourceConfig(),
    mqtt: z
      .object({
        broker_host: z
          .string()
          .regex(/^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)?$/)
          .max(253)
          .default('')
          .meta({
            description: 'Name or IPv4 address of the MQTT broker, without scheme and port.',
            examples: ['mosquitto.iot', '10.0.0.7'],
          }),
        broker_port: port.default(1883).describe('Its port for plain TCP.'),
        client_id: programName.default('').meta({
          description:
            'Name of the session at the MQTT broker, which nobody else may use there; when ' +
            'empty, the name of the Deployment. Some brokers take 23 characters at most.',
          examples: ['danube-floor-1', 'danube_2'],
        }),
        username: freeTextOrNone.default('').meta({
          description:
            'Name to log in with; or take it from connector.secrets. It counts only together ' +
            'with a password (MQTT_PASSWORD).',
          examples: ['reader', 'danube'],
        }),
        keep_alive_secs: unsigned
          .min(5)
          .max(65535)
          .default(60)
          .describe('Seconds without messages after which the MQTT broker is asked for a sign.'),
        max_packet_size: unsigned
          .min(1024)
          .max(268435455)
          .default(10485760)
          .describe('Bytes of the largest MQTT packet, in both directions.'),
        clean_session: z
          .boolean()
          .default(false)
          .describe(
            'Whether the MQTT broker forgets the session with its connection. True loses all ' +
              'subscriptions with it: they are made at the start only.',
          ),
        include_metadata: z
          .boolean()
          .default(true)
          .describe('Add topic, QoS, retain and dup of MQTT as attributes, and a key.'),
        tcp_nodelay: z.boolean().default(true).describe('Send small packets at once.'),
        routes: z
          .array(route)
          .default([])
          .meta({
            description: 'Which MQTT topics are written to which Danube topic; 100 at most.',
            examples: [
              [{ from: 'sensors/+/temperature', to: '/iot/temperature' }],
              [
                {
                  from: 'orders/#',
                  to: '/shop/orders',
                  qos: 'ExactlyOnce',
                  partitions: 3,
                  reliable_dispatch: true,
                },
                {
                  from: '#',
                  to: '/iot/rest',
                  qos: 'AtMostOnce',
                  reliable_dispatch: false,
                },
              ],
            ],
          }),
        use_tls: refusedKey(
          'it has no effect: the connector always speaks plain TCP',
          'leave it out, and put a bridge or a mesh between if the way is not safe',
        ),
        connection_timeout_secs: refusedKey(
          'it has no effect: the MQTT client waits 5 seconds',
          'leave it out',
        ),
        password: refusedKey(
          'it would stand readable in a ConfigMap',
          'set connector.secrets with MQTT_PASSWORD',
        ),
        broker_url: refusedKey('there is no such key', 'write broker_host and broker_port'),
        topic_mappings: refusedKey(OLDER_WORD, 'write routes, whatever the version'),
      })
      .prefault({})
      .describe('The MQTT broker, and what is read there.'),
  })
  .prefault({})
  .describe('What connector.toml says, in the words of 0.3.');

/** The values below `connector` of an MQTT source. */
export const mqttValues = z
  .object({
    configVersion: configVersionValue(TRAIN_0_7.connectors.mqtt),
    ...connectorValues({
      image: TRAIN_0_7.connectors.mqtt,
      config,
      secrets: {
        MQTT_USERNAME: 'Name to log in with at the MQTT broker.',
        MQTT_PASSWORD: 'Its password.',
      },
      backendPorts: [],
    }),
    schemaFiles: schemaFilesValue(),
    allowTLSPort: z
      .boolean()
      .default(false)
      .describe('Take port 8883 in config.mqtt.broker_port for one of plain TCP.'),
  })
  .prefault({})
  .meta({ section: 'Connector', description: 'The MQTT source.' });

/** All values of the chart danube-connector-mqtt. */
export const mqttChartValues = z.object({
  ...connectorChartValues(CONNECTOR_SCHEMAS),
  connector: mqttValues,
});
