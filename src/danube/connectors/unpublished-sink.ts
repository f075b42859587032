import { z } from 'zod';
import { eq, type Ref } from '../../helm/index';
import type { ConnectorChartValues } from './connector-chart-values';
import { sinkRoute, subscriptionType } from './connector-config-values';
import { connectorPdbValues } from './connector-pdb-values';
import type { ClientNeeds, ConnectorRules, ReplicaRule } from './connector-rules';
import { requireSharedSubscriptions, type SubscribingRoute } from './shared-subscriptions';
import { SinkConnector, sinkValues, type Routes } from './sink-connector';
import { CONTRACT_URL } from './unpublished-image';

const UNPUBLISHED_SINK_VALUES = {
  ...sinkValues(),
  clientVersion: z
    .enum(['0.7', '0.8'])
    .default('0.8')
    .describe(
      'Version of the Danube client in the image. 0.8: 0.8 and newer, as in ' +
        'danube-connect-core 0.5; 0.7: older ones, which find topics on several brokers 0.7.2.',
    ),
  pdb: connectorPdbValues,
};

/** What the values of a sink have for which users build the image: a shape for `z.object`. */
export function unpublishedSinkValues() {
  return UNPUBLISHED_SINK_VALUES;
}

/** The keys of the routes of these sinks (facts on connectors, 11.2). */
export function unpublishedSinkRoute(subscribesAs: z.output<typeof subscriptionType>) {
  return {
    ...sinkRoute(),
    subscription_type: subscriptionType
      .default(subscribesAs)
      .describe('How the subscription hands out messages; several pods need Shared.'),
    include_danube_metadata: z
      .boolean()
      .default(true)
      .describe('Write topic, offset, time and producer to columns too.'),
    on_invalid: z
      .enum(['fail', 'skip'])
      .default('fail')
      .describe(
        'What a message that is no row does: end the process, or be acknowledged unwritten.',
      ),
  };
}

type SinkValues = ConnectorChartValues['connector'] &
  z.output<z.ZodObject<ReturnType<typeof unpublishedSinkValues>>>;

/**
 * A sink without a public image: users build one that keeps docs/connector-contract.md, and name
 * it.
 */
export abstract class UnpublishedSink<
  V extends Ref<ConnectorChartValues<SinkValues>>,
> extends SinkConnector<V> {
  protected abstract override routes(): Routes<SubscribingRoute>;

  protected override replicaRule(): ReplicaRule {
    return { replicas: 'ownNames', pdb: this.values.connector.pdb };
  }

  protected override clientNeeds(): ClientNeeds {
    return {
      suitsOldBrokers: eq(this.values.connector.clientVersion, '0.7'),
      path: 'clientVersion',
      fix: 'write 0.7 if the image has an older client',
    };
  }

  protected override addRules(rules: ConnectorRules): void {
    requireSharedSubscriptions(rules, this.routes(), this.values.connector.replicaCount);
  }

  protected override notes(): readonly unknown[] {
    return ['  the image is one of your own, and has to do what this says:', `    ${CONTRACT_URL}`];
  }
}
