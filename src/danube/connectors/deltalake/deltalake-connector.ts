import type { Construct } from 'constructs';
import type { EnvVar, Volume, VolumeMount } from 'kubernetes-types/core/v1';
import type { NetworkPolicyEgressRule, NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import { and, each, eq, gt, str, when, type ListItem, type Ref } from '../../../helm/index';
import { portOfUrl, toMetadataServers } from '../../pod/network-peers';
import { TRAIN_0_7 } from '../../release-train';
import {
  asksIdentityServers,
  gcsFiles,
  gcsVariable,
  s3EndpointWarnings,
} from '../cloud-credentials';
import type { ConfigFields } from '../connector-config';
import type { Warning } from '../connector-notes';
import { connectorPart, type ConnectorPartProps } from '../connector-part';
import type { ConnectorRules, ReplicaRule } from '../connector-rules';
import { olderBatches } from '../older-batches';
import { SinkConnector } from '../sink-connector';
import { addDeltaLakeRules } from './deltalake-rules';
import { deltaLakeChartValues } from './deltalake-values';

/** What a `DeltaLakeConnector` is made from. */
export type DeltaLakeConnectorProps = ConnectorPartProps<typeof deltaLakeChartValues>;

/** Writes messages of Danube topics to Delta Lake tables (facts on connectors, 4). */
export class DeltaLakeConnector extends SinkConnector<Ref<z.output<typeof deltaLakeChartValues>>> {
  constructor(scope: Construct, id: string, props: DeltaLakeConnectorProps = {}) {
    super(scope, id, { values: connectorPart(scope, id, deltaLakeChartValues, props) });
  }

  protected override routes() {
    return {
      list: this.values.connector.config.deltalake.routes,
      path: 'config.deltalake.routes',
      example:
        '{from: /default/events, subscription: lake, to: s3://lake/events, ' +
        'field_mappings: [{json_path: id, column: id, data_type: Utf8}]}',
    };
  }

  protected override replicaRule(): ReplicaRule {
    return { replicas: 'ownNames', pdb: this.values.connector.pdb };
  }

  protected override configVersion() {
    return this.values.connector.configVersion;
  }

  protected override tags() {
    return TRAIN_0_7.connectors.deltalake.tags;
  }

  protected override olderNames() {
    return {
      'deltalake.routes': 'topic_mappings',
      'deltalake.routes.from': 'topic',
      'deltalake.routes.to': 'delta_table_path',
    };
  }

  /** In 0.2 the sizes of batches stand in the connector's own table. */
  protected override configFields(): ConfigFields {
    const { config } = this.values.connector;
    return {
      'deltalake.s3_allow_http': ({ tree }) => ({
        s3_allow_http: when(eq(config.deltalake.storage_backend, 's3'), tree()),
        ...olderBatches(this.values.connector, 'flush_interval_ms'),
      }),
    };
  }

  protected override addRules(rules: ConnectorRules): void {
    addDeltaLakeRules(rules, this.values.connector);
  }

  protected override backendPorts(): readonly ListItem<NetworkPolicyPort>[] {
    return [portOfUrl(true, this.values.connector.config.deltalake.s3_endpoint)];
  }

  protected override egress(): readonly ListItem<NetworkPolicyEgressRule>[] {
    const { connector } = this.values;
    const { s3_endpoint: endpoint } = connector.config.deltalake;
    return [toMetadataServers(asksIdentityServers(connector, endpoint))];
  }

  protected override env(): readonly ListItem<EnvVar>[] {
    return [gcsVariable(this.values.connector)];
  }

  protected override volumes(): readonly ListItem<Volume>[] {
    return [gcsFiles(this.values.connector).volume];
  }

  protected override volumeMounts(): readonly ListItem<VolumeMount>[] {
    return [gcsFiles(this.values.connector).mount];
  }

  protected override notes() {
    const { config, configVersion } = this.values.connector;
    const { storage_backend: storage, routes } = config.deltalake;
    return [
      str`  storage: ${storage}`,
      each(routes, ({ from, to }) => str`  ${from} -> ${to}`),
      '',
      'Each write makes a file for each topic. config.processing.batch_size and batch_timeout_ms',
      'say how much is written at a time.',
      when(eq(configVersion, '0.2'), [
        'Messages count as read before they are written, so a pod that crashes loses such a batch.',
      ]),
    ];
  }

  protected override warnings(): readonly Warning[] {
    const { connector } = this.values;
    const { s3_endpoint: endpoint } = connector.config.deltalake;
    return [
      ...super.warnings(),
      {
        when: connector.allowUnsafeDataTypes,
        lines: [
          'columns of UInt8 to UInt64 and Timestamp (allowUnsafeDataTypes=true) do not fit the',
          'tables that the sink makes. It ends when it cannot write a message.',
        ],
      },
      ...s3EndpointWarnings(connector, connector.config.deltalake),
      {
        when: and(endpoint, gt(connector.replicaCount, 1)),
        lines: [
          'several pods write the same tables. The store at s3_endpoint has to support',
          'conditional writes (If-None-Match), or they overwrite what the others commit.',
        ],
      },
    ];
  }
}
