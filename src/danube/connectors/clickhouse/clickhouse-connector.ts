import type { Construct } from 'constructs';
import type { Volume, VolumeMount } from 'kubernetes-types/core/v1';
import type { NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import { and, each, nonEmpty, not, str, type ListItem, type Ref } from '../../../helm/index';
import { portMeantByUrl } from '../../pod/network-peers';
import { certificateFiles, certificatePaths } from '../client-certificates';
import type { ConfigFields } from '../connector-config';
import type { Warning } from '../connector-notes';
import { connectorPart, type ConnectorPartProps } from '../connector-part';
import type { ConnectorRules } from '../connector-rules';
import { UnpublishedSink } from '../unpublished-sink';
import { addClickhouseRouteRules } from './clickhouse-route-rules';
import { addClickhouseRules } from './clickhouse-rules';
import { clickhouseChartValues } from './clickhouse-values';

type Values = z.output<typeof clickhouseChartValues>;

/** What a `ClickhouseConnector` is made from. */
export type ClickhouseConnectorProps = ConnectorPartProps<typeof clickhouseChartValues>;

/**
 * Writes messages of Danube topics to tables of ClickHouse. There is no public image of it: users
 * name one that keeps docs/connector-contract.md (facts on connectors, 11.4).
 */
export class ClickhouseConnector extends UnpublishedSink<Ref<Values>> {
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

  protected override configFields(): ConfigFields {
    const { certificates, config } = this.values.connector;
    return {
      'clickhouse.roles': () => ({ roles: nonEmpty(config.clickhouse.roles) }),
      'clickhouse.tls.insecure_skip_verify': ({ tree }) => ({
        insecure_skip_verify: tree(),
        ...certificatePaths(certificates),
      }),
    };
  }

  protected override volumes(): readonly ListItem<Volume>[] {
    return certificateFiles(this.values.connector.certificates).map(({ volume }) => volume);
  }

  protected override volumeMounts(): readonly ListItem<VolumeMount>[] {
    return certificateFiles(this.values.connector.certificates).map(({ mount }) => mount);
  }

  protected override addRules(rules: ConnectorRules): void {
    super.addRules(rules);
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
      ...super.notes(),
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
