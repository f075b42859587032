import { bool, refused, text, topic, u16, u32, u64, word, type ConnectorFacts } from './fact-key';
import { DEPLOYMENT, NO_ZERO, SOURCE_FACTS } from './shared-facts';

const FEW = 'a topic with more partitions is a slip';
const A_PORT = { from: 1, because: 'zero is no port' };
const APIKEY = { 'auth.type': 'apikey' };

/** 1.3 and 6: all tables stand at the root. */
export const WEBHOOK: ConnectorFacts = {
  keys: {
    ...SOURCE_FACTS,
    'server.host': text({
      default: '0.0.0.0',
      // With other texts of IPv6 the program finds no port.
      takes: ['127.0.0.1', '[::]'],
      refuses: ['', 'localhost', '256.0.0.1', '::'],
    }),
    'server.port': u16({ default: 8080 }, A_PORT),
    'server.timeout_seconds': u64({ default: 30, unit: 'Seconds' }, NO_ZERO),
    'server.max_body_size': u64({ default: 1048576, to: 2097152, unit: 'Bytes' }, NO_ZERO),
    'server.tls_cert_path': refused,
    'server.tls_key_path': refused,
    'auth.type': {
      ...word(['none', 'apikey', 'jwt'], { isRequired: true }),
      // hmac is not verified: it needs an explicit word.
      refuses: ['hmac', 'api_key', 'None', 'JWT', '', 1],
    },
    'auth.secret_env': text(
      { takes: ['WEBHOOK_API_KEY'], refuses: ['a b', '1', ''], amid: APIKEY },
      { default: 'WEBHOOK_SECRET', because: 'the chart sets that variable' },
    ),
    'auth.header': text(
      { takes: ['x-signature'], refuses: ['a b', ''], amid: APIKEY },
      { default: 'x-api-key', because: 'there has to be one' },
    ),
    'auth.algorithm': {
      // Free text to the program, which never looks at it.
      ...word(['sha256', 'sha512'], { amid: { 'auth.type': 'hmac' } }),
      default: 'sha256',
    },
    'auth.public_key_path': refused,
    rate_limit: refused,
    'routes.from': text({
      isRequired: true,
      takes: ['/stripe/payments'],
      refuses: ['', 'stripe', '/', '/health', '/ready'],
    }),
    'routes.to': topic,
    'routes.partitions': u32({ default: 0 }, { to: 1000, because: FEW }),
    'routes.reliable_dispatch': bool({ default: false }),
    'routes.rate_limit': refused,
    endpoints: refused,
    'routes.path': refused,
    'routes.danube_topic': refused,
    webhook: refused,
  },
  olderWords: { routes: 'endpoints', 'routes.from': 'path', 'routes.to': 'danube_topic' },
  secrets: ['WEBHOOK_SECRET'],
  refusedVariables: ['SERVER_HOST', 'SERVER_PORT'],
};

/** 1.3 and 7. */
export const MQTT: ConnectorFacts = {
  keys: {
    ...SOURCE_FACTS,
    'mqtt.broker_host': text({
      isRequired: true,
      takes: ['mosquitto.iot', '10.0.0.7'],
      refuses: ['tcp://mosquitto', 'mosquitto:1883'],
    }),
    'mqtt.broker_url': refused,
    'mqtt.broker_port': u16({ default: 1883 }, A_PORT),
    'mqtt.client_id': text({ isRequired: true, takes: ['floor-1'] }, DEPLOYMENT),
    'mqtt.username': text({ takes: ['reader'] }),
    'mqtt.password': refused,
    'mqtt.use_tls': refused,
    'mqtt.keep_alive_secs': u64(
      { default: 60, unit: 'Seconds' },
      { from: 5, to: 65535, because: 'the MQTT client takes no less, and MQTT has no more' },
    ),
    'mqtt.connection_timeout_secs': refused,
    'mqtt.max_packet_size': u64(
      { default: 10485760, unit: 'Bytes' },
      { from: 1024, to: 268435455, because: 'MQTT has no larger packets' },
    ),
    // The facts' table has true: what it loses is why 7 and 13 ask for false.
    'mqtt.clean_session': bool({ default: false }),
    'mqtt.include_metadata': bool({ default: true }),
    'mqtt.tcp_nodelay': bool({ default: true }),
    'mqtt.routes.from': text({
      isRequired: true,
      takes: ['sensors/+/temperature', 'orders/#', '#', '+'],
      refuses: ['', 'a/#/b', 'a+', '$share/group/a'],
    }),
    'mqtt.routes.to': topic,
    'mqtt.routes.qos': word(['AtMostOnce', 'AtLeastOnce', 'ExactlyOnce'], {
      default: 'AtLeastOnce',
    }),
    'mqtt.routes.partitions': u64({ default: 0 }, { to: 1000, because: FEW }),
    'mqtt.routes.reliable_dispatch': bool({ programDefault: 'By default they do' }),
    'mqtt.topic_mappings': refused,
    'mqtt.routes.mqtt_topic': refused,
    'mqtt.routes.danube_topic': refused,
  },
  olderWords: {
    'mqtt.routes': 'topic_mappings',
    'mqtt.routes.from': 'mqtt_topic',
    'mqtt.routes.to': 'danube_topic',
  },
  secrets: ['MQTT_USERNAME', 'MQTT_PASSWORD'],
  refusedVariables: ['MQTT_BROKER_HOST', 'MQTT_BROKER_PORT', 'MQTT_CLIENT_ID', 'MQTT_USE_TLS'],
};
