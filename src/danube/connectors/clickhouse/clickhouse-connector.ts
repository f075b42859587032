import type { Construct } from 'constructs';
import type { Volume, VolumeMount } from 'kubernetes-types/core/v1';
import type { NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  and,
  each,
  nonEmpty,
  not,
  str,
  when,
  type Dynamic,
  type ListItem,
  type Ref,
} from '../../../helm/index';
import { portMeantByUrl } from '../../pod/network-peers';
import type { ConfigFields } from '../connector-config';
import type { Warning } from '../connector-notes';
import { connectorPart, type ConnectorPartProps } from '../connector-part';
import type { ConnectorRules, ReplicaRule } from '../connector-rules';
import { SinkConnector } from '../sink-connector';
import { addClickhouseRouteRules } from './clickhouse-route-rules';
import { addClickhouseRules } from './clickhouse-rules';
import { clickhouseChartValues } from './clickhouse-values';

type Values = z.output<typeof clickhouseChartValues>;

const CA_DIRECTORY = '/etc/danube-connector/ca';
const CLIENT_DIRECTORY = '/etc/danube-connector/client';

/** What a `ClickhouseConnector` is made from. */
export type ClickhouseConnectorProps = ConnectorPartProps<typeof clickhouseChartValues>;

/**
 * Writes messages of Danube topics to tables of ClickHouse. There is no public image of it: users
 * name one that keeps docs/connector-contract.md (facts on connectors, 11.4).
 */
export class ClickhouseConnector extends SinkConnector<Ref<Values>> {
  constructor(scope: Construct, id: string, props: ClickhouseConnectorProps = {}) {
    super(scope, id, { values: connectorPart(scope, id, clickhouseChartValues, props) });
  }

  protected override routes() {
    return {
      list: this.values.connector.config.clickhouse.routes,
      path: 'config.clickhouse.routes',
      example: '{from: /default/events, subscription: clickhouse, to: events}',
    };
  }

  protected override replicaRule(): ReplicaRule {
    return { replicas: 'ownNames' };
  }

  protected override configFields(): ConfigFields {
    const { certificates, config } = this.values.connector;
    const { caSecret, caKey, clientSecret, certKey, keyKey } = certificates;
    return {
      'clickhouse.roles': () => ({ roles: nonEmpty(config.clickhouse.roles) }),
      'clickhouse.tls.insecure_skip_verify': ({ tree }) => ({
        insecure_skip_verify: tree(),
        ca_cert_path: when(caSecret, str`${CA_DIRECTORY}/${caKey}`),
        client_cert_path: when(clientSecret, str`${CLIENT_DIRECTORY}/${certKey}`),
        client_key_path: when(clientSecret, str`${CLIENT_DIRECTORY}/${keyKey}`),
      }),
    };
  }

  protected override volumes(): readonly ListItem<Volume>[] {
    const { caSecret, clientSecret } = this.values.connector.certificates;
    return [
      when<Volume>(caSecret, { name: 'ca', secret: { secretName: caSecret } }),
      when<Volume>(clientSecret, { name: 'client', secret: { secretName: clientSecret } }),
    ];
  }

  protected override volumeMounts(): readonly ListItem<VolumeMount>[] {
    const { caSecret, clientSecret } = this.values.connector.certificates;
    const mount = (name: string, mountPath: string): Dynamic<VolumeMount> => ({
      ...{ name, mountPath, readOnly: true },
    });
    return [
      when<VolumeMount>(caSecret, mount('ca', CA_DIRECTORY)),
      when<VolumeMount>(clientSecret, mount('client', CLIENT_DIRECTORY)),
    ];
  }

  protected override addRules(rules: ConnectorRules): void {
    addClickhouseRules(rules, this.values.connector);
    addClickhouseRouteRules(rules, this.values.connector);
  }

  protected override backendPorts(): readonly ListItem<NetworkPolicyPort>[] {
    return [portMeantByUrl(this.values.connector.config.clickhouse.url)];
  }

  protected override notes() {
    const { url, routes } = this.values.connector.config.clickhouse;
    return [
      str`  ClickHouse:  ${url}`,
      each(routes, ({ from, to }) => str`  ${from} -> table ${to}`),
    ];
  }

  protected override warnings(): readonly Warning[] {
    const { tls, async_insert } = this.values.connector.config.clickhouse;
    return [
      ...super.warnings(),
      {
        when: tls.insecure_skip_verify,
        lines: ['any certificate of ClickHouse is taken (tls.insecure_skip_verify=true).'],
      },
      {
        when: and(async_insert.enabled, not(async_insert.wait)),
        lines: [
          'messages are acknowledged before ClickHouse has stored them',
          '(async_insert.wait=false): what it loses then is lost.',
        ],
      },
    ];
  }
}
