import type { Construct } from 'constructs';
import type { NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  each,
  parseInteger,
  regexReplaceAll,
  str,
  type ListItem,
  type Ref,
} from '../../../helm/index';
import { tcp } from '../../pod/network-peers';
import { TRAIN_0_7 } from '../../release-train';
import type { ConfigFields } from '../connector-config';
import type { Warning } from '../connector-notes';
import { connectorPart, type ConnectorPartProps } from '../connector-part';
import type { ConnectorRules, ReplicaRule } from '../connector-rules';
import { olderBatches, requireBatchesOfOlderOnly } from '../older-batches';
import { requireSharedSubscriptions } from '../shared-subscriptions';
import { SinkConnector } from '../sink-connector';
import { surrealdbChartValues } from './surrealdb-values';

type Values = z.output<typeof surrealdbChartValues>;

/** What a `SurrealdbConnector` is made from. */
export type SurrealdbConnectorProps = ConnectorPartProps<typeof surrealdbChartValues>;

/** Writes messages of Danube topics to tables of SurrealDB (facts on connectors, 5). */
export class SurrealdbConnector extends SinkConnector<Ref<Values>> {
  constructor(scope: Construct, id: string, props: SurrealdbConnectorProps = {}) {
    super(scope, id, { values: connectorPart(scope, id, surrealdbChartValues, props) });
  }

  protected override routes() {
    return {
      list: this.values.connector.config.surrealdb.routes,
      path: 'config.surrealdb.routes',
      example: '{from: /default/events, subscription: surrealdb, to: events}',
    };
  }

  protected override replicaRule(): ReplicaRule {
    return { replicas: 'ownNames', pdb: this.values.connector.pdb };
  }

  protected override configVersion() {
    return this.values.connector.configVersion;
  }

  protected override tags() {
    return TRAIN_0_7.connectors.surrealdb.tags;
  }

  protected override olderNames() {
    return {
      'surrealdb.routes': 'topic_mappings',
      'surrealdb.routes.from': 'topic',
      'surrealdb.routes.to': 'table_name',
    };
  }

  /** In 0.2 the sizes of batches stand in the connector's own table. */
  protected override configFields(): ConfigFields {
    return {
      'surrealdb.database': ({ tree }) => ({
        database: tree(),
        ...olderBatches(this.values.connector, 'flush_interval_ms'),
      }),
    };
  }

  protected override addRules(rules: ConnectorRules): void {
    const { config, configVersion, replicaCount } = this.values.connector;
    const { url, namespace, database, routes } = config.surrealdb;
    rules.require({
      path: 'config.surrealdb.url',
      holds: url,
      problem: 'the sink needs a SurrealDB to write to',
      fix: 'write its host and port without a scheme, such as surrealdb.data:8000',
    });
    for (const [name, value] of [
      ['namespace', namespace],
      ['database', database],
    ] as const) {
      rules.require({
        path: `config.surrealdb.${name}`,
        holds: value,
        problem: 'the sink does not start without one',
        fix: `write the ${name} that the tables are in`,
      });
    }
    rules.refuseVariable('SURREALDB_URL', 'set connector.config.surrealdb.url');
    requireSharedSubscriptions(rules, this.routes(), replicaCount);
    requireBatchesOfOlderOnly(
      rules,
      configVersion,
      'config.surrealdb.routes',
      routes,
      'flush_interval_ms',
    );
    rules.requireSecretsTogether('SURREALDB_USERNAME', 'SURREALDB_PASSWORD');
  }

  protected override backendPorts(): readonly ListItem<NetworkPolicyPort>[] {
    // Without a URL there is no pod, and so no policy: a rule refuses it.
    const { url } = this.values.connector.config.surrealdb;
    return [tcp(parseInteger(regexReplaceAll('^.*:', url, '')))];
  }

  protected override notes() {
    const { url, namespace, database, routes } = this.values.connector.config.surrealdb;
    return [
      str`  SurrealDB:  ${url}, ${namespace}/${database}`,
      each(routes, ({ from, to }) => str`  ${from} -> table ${to}`),
    ];
  }

  protected override warnings(): readonly Warning[] {
    return [
      ...super.warnings(),
      {
        when: true,
        lines: [
          'the sink speaks to SurrealDB in plain text: keep it inside the cluster. A record that',
          'SurrealDB refuses, for example a second one with the same id, is lost without a word.',
        ],
      },
    ];
  }
}
