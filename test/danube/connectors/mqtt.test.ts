import { join } from 'node:path';
import { MqttConnectorChart } from '../../../src/danube/connectors/mqtt/mqtt-connector-chart';
import { TRAIN_0_7 } from '../../../src/danube/release-train';
import { at } from '../core/core-sets';
import { proveConnectorChart } from './connector-proof';
import { merged, newest, setsOn, type Values } from './connector-sets';
import { keepingSchemaRules, sourceRefusals, sourceSets } from './source-sets';

const route = { from: 'sensors/+/temperature', to: '/iot/temperature' };
const minimal = {
  connector: { config: { mqtt: { broker_host: 'mosquitto.iot', routes: [route] } } },
};
const { tags } = TRAIN_0_7.connectors.mqtt;
const props = {
  minimal,
  tags,
  secrets: ['MQTT_USERNAME', 'MQTT_PASSWORD'],
  replicas: 'one' as const,
  routes: 'config.mqtt.routes',
};
const { set, refused } = setsOn(minimal);

function mqtt(values: Values): Values {
  return { connector: { config: { mqtt: values } } };
}

function secrets(values: Values): Values {
  return { connector: { secrets: values } };
}

/** A second route to the topic of the first. */
function besides(values: Values): Values {
  return mqtt({ routes: [route, { from: 'others', to: route.to, ...values }] });
}

function routeWith(values: Values): Values {
  return mqtt({ routes: [{ ...route, ...values }] });
}

const password = { fromKeys: { MQTT_PASSWORD: { secretName: 'mqtt' } } };
const everything = mqtt({
  broker_host: '10.0.0.7',
  broker_port: 1884,
  client_id: 'danube-floor-1',
  username: 'reader',
  keep_alive_secs: 30,
  max_packet_size: 65536,
  clean_session: true,
  include_metadata: false,
  tcp_nodelay: false,
  routes: [
    { from: 'a "b"/é', to: '/iot/b', qos: 'ExactlyOnce', partitions: 3, reliable_dispatch: true },
    { from: '/+/c/#', to: '/iot/c', qos: 'AtMostOnce', reliable_dispatch: false },
    { from: '#', to: '/iot/rest', qos: 'AtMostOnce' },
  ],
});
const routes = (count: number) =>
  mqtt({
    routes: Array.from({ length: count }, (_, index) => ({ ...route, from: `a/${String(index)}` })),
  });

/** Routes that do not argue about a topic, and a host and port of plain TCP. */
function keepingRules(values: Values): Values {
  const host = at(values, 'connector.config.mqtt.broker_host');
  const given = at(values, 'connector.config.mqtt.routes');
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  const kept = list.filter(
    (one, index) => list.findIndex((other) => at(other, 'to') === at(one, 'to')) === index,
  );
  const changed = merged(
    values,
    mqtt({
      broker_host: host === '' || host === undefined ? 'mosquitto' : host,
      username: '',
      routes: kept.map((one) =>
        Object.assign({}, one, { from: String(at(one, 'from')).replace(/^\$share\//, 'share/') }),
      ),
    }),
  );
  return keepingSchemaRules(props, changed);
}

proveConnectorChart({
  ...props,
  newChart: (app) => new MqttConnectorChart(app, 'danube-connector-mqtt'),
  named: [
    ...sourceSets(props, '/iot/temperature'),
    set('every key', everything),
    set('every key of 0.3', merged(newest(tags), everything)),
    set('a name and a password', merged(mqtt({ username: 'reader' }), secrets(password))),
    set('a name for a trial', secrets({ trialValues: { MQTT_USERNAME: 'reader' } })),
    set('a password for a trial', secrets({ trialValues: { MQTT_PASSWORD: 'x' } })),
    set('a name only', mqtt({ username: 'reader' })),
    set('a password only', secrets(password)),
    set('a name from a Secret only', secrets({ fromKeys: { MQTT_USERNAME: { secretName: 'm' } } })),
    set('plain TCP on 8883', {
      connector: { allowTLSPort: true, config: { mqtt: { broker_port: 8883 } } },
    }),
    set('as many routes as there may be', routes(100)),
    set('two routes to a topic', besides({})),
    set('two routes to a topic that say the same', besides({ qos: 'ExactlyOnce' })),
    set(
      'two routes to a topic in other words',
      besides({ qos: 'AtMostOnce', reliable_dispatch: true }),
    ),
  ],
  refused: [
    ...sourceRefusals(props, '/iot/temperature'),
    refused('connector.config.mqtt.broker_host', mqtt({ broker_host: '' })),
    refused('connector.config.mqtt.broker_port', mqtt({ broker_port: 8883 })),
    refused(
      'connector.config.mqtt.username',
      merged(
        mqtt({ username: 'a' }),
        secrets({ fromKeys: { MQTT_USERNAME: { secretName: 'mqtt' } } }),
      ),
    ),
    refused(
      'connector.config.mqtt.username',
      merged(mqtt({ username: 'a' }), secrets({ trialValues: { MQTT_USERNAME: 'b' } })),
    ),
    ...['MQTT_BROKER_HOST', 'MQTT_BROKER_PORT', 'MQTT_CLIENT_ID', 'MQTT_USE_TLS'].map((name) =>
      refused(`connector.env.${name}`, { connector: { env: { [name]: 'x' } } }),
    ),
    refused('connector.config.mqtt.routes', routes(101)),
    refused('connector.config.mqtt.routes', routeWith({ from: '$share/danube/a' })),
    refused('connector.config.mqtt.routes', mqtt({ routes: [route, { ...route, to: '/a/b' }] })),
    refused('connector.config.mqtt.routes', besides({ partitions: 2 })),
    refused('connector.config.mqtt.routes', besides({ qos: 'AtMostOnce' })),
    refused('connector.config.mqtt.routes', besides({ reliable_dispatch: false })),
    refused('connector.config.mqtt.routes[].mqtt_topic', routeWith({ mqtt_topic: 'a' })),
    refused('connector.config.mqtt.routes[].danube_topic', routeWith({ danube_topic: '/a/b' })),
    ...['use_tls', 'connection_timeout_secs', 'password', 'broker_url', 'topic_mappings'].map(
      (key) => refused(`connector.config.mqtt.${key}`, mqtt({ [key]: 'x' })),
    ),
  ],
  misspelt: [
    { what: 'an unknown key', names: 'url', values: mqtt({ url: 'mqtt://a' }) },
    {
      what: 'a host with a scheme',
      names: 'broker_host',
      values: mqtt({ broker_host: 'tcp://a' }),
    },
    { what: 'a host with a port', names: 'broker_host', values: mqtt({ broker_host: 'a:1883' }) },
    { what: 'no filter', names: 'from', values: routeWith({ from: '' }) },
    { what: 'a # before the end', names: 'from', values: routeWith({ from: 'a/#/b' }) },
    { what: 'a # within a level', names: 'from', values: routeWith({ from: 'a#' }) },
    { what: 'a + within a level', names: 'from', values: routeWith({ from: 'a/b+/c' }) },
    { what: 'a topic with a dot', names: 'to', values: routeWith({ to: '/iot/a.b' }) },
    { what: 'a QoS as a number', names: 'qos', values: routeWith({ qos: 1 }) },
    {
      what: 'a time that panics the client',
      names: 'keep_alive_secs',
      values: mqtt({ keep_alive_secs: 4 }),
    },
  ],
  keepingRules,
  expected: join(__dirname, 'expected/mqtt'),
});
