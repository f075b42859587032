import type { Construct } from 'constructs';
import type { NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import { each, not, or, regexMatch, str, type ListItem, type Ref } from '../../../helm/index';
import { portMeantByUrl } from '../../pod/network-peers';
import { TRAIN_0_7 } from '../../release-train';
import type { ConfigFields } from '../connector-config';
import type { Warning } from '../connector-notes';
import { connectorPart, type ConnectorPartProps } from '../connector-part';
import type { ConnectorRules, ReplicaRule } from '../connector-rules';
import { olderBatches, requireBatchesOfOlderOnly } from '../older-batches';
import { SinkConnector } from '../sink-connector';
import { qdrantChartValues } from './qdrant-values';

type Values = z.output<typeof qdrantChartValues>;

/** What a `QdrantConnector` is made from. */
export type QdrantConnectorProps = ConnectorPartProps<typeof qdrantChartValues>;

/** Writes vectors of Danube topics to collections of Qdrant (facts on connectors, 3). */
export class QdrantConnector extends SinkConnector<Ref<Values>> {
  constructor(scope: Construct, id: string, props: QdrantConnectorProps = {}) {
    super(scope, id, { values: connectorPart(scope, id, qdrantChartValues, props) });
  }

  protected override routes() {
    return {
      list: this.values.connector.config.qdrant.routes,
      path: 'config.qdrant.routes',
      example: '{from: /default/vectors, subscription: qdrant, to: vectors, vector_dimension: 384}',
    };
  }

  protected override replicaRule(): ReplicaRule {
    return {
      replicas: 'one',
      because: 'the name of its consumer is fixed, so pods would take the stream from each other',
    };
  }

  protected override configVersion() {
    return this.values.connector.configVersion;
  }

  protected override tags() {
    return TRAIN_0_7.connectors.qdrant.tags;
  }

  protected override olderNames() {
    return {
      'qdrant.routes': 'topic_mappings',
      'qdrant.routes.from': 'topic',
      'qdrant.routes.to': 'collection_name',
    };
  }

  /** In 0.2 the sizes of batches stand in the connector's own table. */
  protected override configFields(): ConfigFields {
    return {
      'qdrant.timeout_secs': ({ tree }) => ({
        timeout_secs: tree(),
        ...olderBatches(this.values.connector, 'batch_timeout_ms'),
      }),
    };
  }

  protected override addRules(rules: ConnectorRules): void {
    const { config, configVersion, allowRestPort } = this.values.connector;
    const { url, routes } = config.qdrant;
    rules.require({
      path: 'config.qdrant.url',
      holds: url,
      problem: 'the sink needs a Qdrant to write to',
      fix: 'write the URL of its gRPC port, such as http://qdrant.vectors:6334',
    });
    rules.require({
      path: 'config.qdrant.url',
      holds: or(allowRestPort, not(regexMatch(':6333/?$', url))),
      problem: '6333 is the port of the REST API, and the sink speaks gRPC',
      fix: 'write port 6334, or set allowRestPort if gRPC is served there',
    });
    rules.refuseVariable('QDRANT_URL', 'set connector.config.qdrant.url');
    requireBatchesOfOlderOnly(
      rules,
      configVersion,
      'config.qdrant.routes',
      routes,
      'batch_timeout_ms',
    );
  }

  protected override backendPorts(): readonly ListItem<NetworkPolicyPort>[] {
    return [portMeantByUrl(this.values.connector.config.qdrant.url)];
  }

  protected override notes() {
    const { url, routes } = this.values.connector.config.qdrant;
    return [
      str`  Qdrant:  ${url}`,
      each(routes, ({ from, to }) => str`  ${from} -> collection ${to}`),
    ];
  }

  protected override warnings(): readonly Warning[] {
    return [
      ...super.warnings(),
      {
        when: this.values.connector.allowRestPort,
        lines: ['port 6333 is usually the REST API of Qdrant, which the sink cannot use.'],
      },
    ];
  }
}
