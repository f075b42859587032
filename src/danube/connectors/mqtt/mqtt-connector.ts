import type { Construct } from 'constructs';
import type { NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  and,
  each,
  eq,
  hasPrefix,
  isSet,
  le,
  len,
  ne,
  not,
  or,
  orElse,
  pairs,
  str,
  type Expr,
  type ListItem,
  type Ref,
} from '../../../helm/index';
import { tcp } from '../../pod/network-peers';
import { TRAIN_0_7 } from '../../release-train';
import type { ConfigFields } from '../connector-config';
import type { Warning } from '../connector-notes';
import { connectorPart, type ConnectorPartProps } from '../connector-part';
import type { ConnectorRules, ReplicaRule } from '../connector-rules';
import { isNamed } from '../connector-secrets';
import { SourceConnector } from '../source-connector';
import { mqttChartValues } from './mqtt-values';

type Values = z.output<typeof mqttChartValues>;
type Route = Values['connector']['config']['mqtt']['routes'][number];

const ROUTES = 'config.mqtt.routes';

/** What a `MqttConnector` is made from. */
export type MqttConnectorProps = ConnectorPartProps<typeof mqttChartValues>;

/** Publishes messages of an MQTT broker to Danube topics (facts on connectors, 7). */
export class MqttConnector extends SourceConnector<Ref<Values>> {
  constructor(scope: Construct, id: string, props: MqttConnectorProps = {}) {
    super(scope, id, { values: connectorPart(scope, id, mqttChartValues, props) });
  }

  protected override routes() {
    return {
      list: this.values.connector.config.mqtt.routes,
      path: ROUTES,
      example: '{from: sensors/+/temperature, to: /default/temperature}',
    };
  }

  protected override replicaRule(): ReplicaRule {
    return {
      replicas: 'one',
      because: 'pods with one client_id throw each other out at the MQTT broker',
    };
  }

  protected override configVersion() {
    return this.values.connector.configVersion;
  }

  protected override tags() {
    return TRAIN_0_7.connectors.mqtt.tags;
  }

  protected override olderNames() {
    return {
      'mqtt.routes': 'topic_mappings',
      'mqtt.routes.from': 'mqtt_topic',
      'mqtt.routes.to': 'danube_topic',
    };
  }

  protected override configFields(): ConfigFields {
    const { client_id } = this.values.connector.config.mqtt;
    return {
      ...super.configFields(),
      'mqtt.client_id': () => ({ client_id: orElse(client_id, this.name) }),
    };
  }

  protected override addRules(rules: ConnectorRules): void {
    const { config, allowTLSPort, secrets } = this.values.connector;
    const { broker_host, broker_port, routes, username } = config.mqtt;
    rules.require({
      path: 'config.mqtt.broker_host',
      holds: broker_host,
      problem: 'the source needs an MQTT broker to read from',
      fix: 'write its host name, such as mosquitto.iot',
    });
    rules.require({
      path: 'config.mqtt.broker_port',
      holds: or(allowTLSPort, ne(broker_port, 8883)),
      problem: '8883 is the port of MQTT over TLS, and the source speaks plain TCP',
      fix: 'write the port of plain TCP, such as 1883, or set allowTLSPort if it is that',
    });
    rules.require({
      path: 'config.mqtt.username',
      holds: not(and(username, isNamed(secrets, 'MQTT_USERNAME'))),
      problem: 'secrets have MQTT_USERNAME too, and that would win',
      fix: 'leave one of them out',
    });
    rules.refuseVariables({
      MQTT_BROKER_HOST: 'set connector.config.mqtt.broker_host',
      MQTT_BROKER_PORT: 'set connector.config.mqtt.broker_port',
      MQTT_CLIENT_ID: 'set connector.config.mqtt.client_id',
    });
    rules.refuseVariable(
      'MQTT_USE_TLS',
      'leave it out',
      'it has no effect: the connector always speaks plain TCP',
    );
    rules.require({
      path: ROUTES,
      holds: le(len(routes), 100),
      problem: 'with more than 100 routes the source hangs at its start',
      fix: 'use + and # in from, or install a second connector',
    });
    this.addRouteRules(rules, routes);
  }

  private addRouteRules(rules: ConnectorRules, routes: Expr<readonly Route[]>): void {
    rules.requireItems<Route>('sharedSubscriptions', {
      path: ROUTES,
      list: routes,
      holds: ({ from }) => not(hasPrefix('$share/', from)),
      named: ({ from }) => from,
      problem: 'is a shared subscription, and the source drops all messages of such',
      fix: 'leave $share and the name of the group out',
    });
    rules.requireNone('routesOfOneFilter', {
      path: ROUTES,
      found: pairs(
        routes,
        (one, other) => eq(one.from, other.from),
        ({ from }) => from,
      ),
      problem: 'stands in two routes, and only the first of them would get messages',
      fix: 'leave one out',
    });
    rules.requireNone('topicsOfUnlikeRoutes', {
      path: ROUTES,
      found: pairs(
        routes,
        (one, other) => and(eq(one.to, other.to), not(isMadeAlike(one, other))),
        ({ to }) => to,
      ),
      problem: 'is written by routes that differ in partitions or reliable dispatch',
      fix: 'write the same partitions and reliable_dispatch in all routes of a topic',
    });
  }

  protected override backendPorts(): readonly ListItem<NetworkPolicyPort>[] {
    return [tcp(this.values.connector.config.mqtt.broker_port)];
  }

  protected override notes() {
    const { broker_host, broker_port, routes } = this.values.connector.config.mqtt;
    return [
      str`  MQTT:    ${broker_host}:${broker_port}`,
      each(routes, ({ from, to }) => str`  ${from} -> ${to}`),
      'The namespaces of these topics must exist: bootstrap.namespaces makes them.',
    ];
  }

  protected override warnings(): readonly Warning[] {
    const { config, secrets, allowTLSPort } = this.values.connector;
    const { existingSecret } = secrets;
    const { username, clean_session } = config.mqtt;
    const hasPassword = isNamed(secrets, 'MQTT_PASSWORD');
    const hasName = or(username, isNamed(secrets, 'MQTT_USERNAME'));
    return [
      {
        when: clean_session,
        lines: [
          'with clean_session=true nothing arrives any more once the connection to the',
          'MQTT broker was lost, while the pod looks well. Restart it then.',
        ],
      },
      {
        when: or(existingSecret, hasPassword),
        lines: ['the password travels as plain text: the source cannot speak TLS with MQTT.'],
      },
      {
        when: and(
          not(existingSecret),
          or(and(hasName, not(hasPassword)), and(hasPassword, not(hasName))),
        ),
        lines: [
          'a user name counts only together with a password, and one of them is missing',
          '(config.mqtt.username, secrets with MQTT_PASSWORD).',
        ],
      },
      {
        when: allowTLSPort,
        lines: ['port 8883 is usually for TLS, which the source cannot speak.'],
      },
    ];
  }
}

/** Whether two routes of one topic would make it the same. */
function isMadeAlike(one: Ref<Route>, other: Ref<Route>): Expr<boolean> {
  const both = and(isReliable(one), isReliable(other));
  const neither = not(or(isReliable(one), isReliable(other)));
  return and(eq(one.partitions, other.partitions), or(both, neither));
}

/** By default all but those of QoS 0 are. */
function isReliable({ reliable_dispatch, qos }: Ref<Route>): Expr<boolean> {
  return or(reliable_dispatch, and(not(isSet(reliable_dispatch)), ne(qos, 'AtMostOnce')));
}
