import type { Construct } from 'constructs';
import type { Volume, VolumeMount } from 'kubernetes-types/core/v1';
import type { NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  and,
  each,
  hasPrefix,
  join,
  not,
  or,
  parseInteger,
  regexReplaceAll,
  str,
  when,
  type Dynamic,
  type ListItem,
  type Ref,
} from '../../../helm/index';
import { portMeantByUrl, tcp } from '../../pod/network-peers';
import { certificateFiles, certificatePaths } from '../client-certificates';
import type { ConfigFields } from '../connector-config';
import type { Warning } from '../connector-notes';
import { connectorPart, type ConnectorPartProps } from '../connector-part';
import type { ConnectorRules } from '../connector-rules';
import { isNamed } from '../connector-secrets';
import { UnpublishedSink } from '../unpublished-sink';
import { addGreptimedbRouteRules } from './greptimedb-route-rules';
import { addGreptimedbRules } from './greptimedb-rules';
import { greptimedbChartValues } from './greptimedb-values';

type Values = z.output<typeof greptimedbChartValues>;

/** What a `GreptimedbConnector` is made from. */
export type GreptimedbConnectorProps = ConnectorPartProps<typeof greptimedbChartValues>;

/**
 * Writes messages of Danube topics to tables of GreptimeDB. There is no public image of it: users
 * name one that keeps docs/connector-contract.md (facts on connectors, 11.5).
 */
export class GreptimedbConnector extends UnpublishedSink<Ref<Values>> {
  constructor(scope: Construct, id: string, props: GreptimedbConnectorProps = {}) {
    super(scope, id, { values: connectorPart(scope, id, greptimedbChartValues, props) });
  }

  protected override routes() {
    return {
      list: this.values.connector.config.greptimedb.routes,
      path: 'config.greptimedb.routes',
      example:
        '{from: /iot/sensors, subscription: greptimedb, to: sensors, ' +
        'fields: [{json_path: value, column: value, type: Float64}]}',
    };
  }

  protected override configFields(): ConfigFields {
    return {
      'greptimedb.tls.enabled': ({ tree }) => ({
        enabled: tree(),
        ...certificatePaths(this.values.connector.certificates),
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
    addGreptimedbRules(rules, this.values.connector);
    addGreptimedbRouteRules(rules, this.values.connector);
  }

  protected override backendPorts(): readonly ListItem<NetworkPolicyPort>[] {
    const { endpoints, http_endpoint: http } = this.values.connector.config.greptimedb;
    return [
      each(endpoints, (endpoint): Dynamic<NetworkPolicyPort> =>
        tcp(parseInteger(regexReplaceAll('^.*:', endpoint, ''))),
      ),
      when<NetworkPolicyPort>(http, portMeantByUrl(http)),
    ];
  }

  protected override notes() {
    const { endpoints, database, routes } = this.values.connector.config.greptimedb;
    return [
      str`  GreptimeDB: ${join(', ', endpoints)}, database ${database}`,
      each(routes, ({ from, to }) => str`  ${from} -> table ${to}`),
      ...super.notes(),
    ];
  }

  protected override warnings(): readonly Warning[] {
    const {
      tls,
      table_defaults: table,
      http_endpoint: http,
    } = this.values.connector.config.greptimedb;
    const { secrets, config } = this.values.connector;
    const hasPassword = isNamed(secrets, 'GREPTIMEDB_PASSWORD');
    const logsIn = or(config.greptimedb.username, secrets.existingSecret, hasPassword);
    return [
      ...super.warnings(),
      {
        when: and(logsIn, not(tls.enabled)),
        lines: ['the password goes to GreptimeDB in plain text (tls.enabled=false).'],
      },
      {
        when: table.skip_wal,
        lines: ['a crash of GreptimeDB loses rows (table_defaults.skip_wal=true).'],
      },
      {
        when: and(http, tls.enabled, not(hasPrefix('https:', http))),
        lines: ['http_endpoint is a URL without TLS, while the gRPC endpoints speak it.'],
      },
    ];
  }
}
