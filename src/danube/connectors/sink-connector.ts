import type { Construct } from 'constructs';
import type { Container } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import {
  each,
  eq,
  not,
  pairs,
  when,
  type Dynamic,
  type Expr,
  type ListItem,
  type Ref,
} from '../../helm/index';
import { waitForTopics } from '../bootstrap/wait-for-topics';
import { Connector, type ConnectorProps } from './connector';
import type { ConnectorChartValues } from './connector-chart-values';
import type { Warning } from './connector-notes';
import type { ConnectorValues } from './connector-values';

const SINK_VALUES = {
  waitForTopics: z
    .boolean()
    .default(true)
    .describe(
      'Wait until the topics of all routes exist, before the sink starts. Without, it ends and ' +
        'is restarted until they do.',
    ),
};

/** What the values of a sink have besides those of every connector: a shape for `z.object`. */
export function sinkValues() {
  return SINK_VALUES;
}

/** What the values of a sink have. */
export type SinkValues = ConnectorValues & z.output<z.ZodObject<ReturnType<typeof sinkValues>>>;

/** What every route of a sink has (`sinkRoute`). */
export interface SinkRoute {
  from: string;
  subscription: string;
}

/** The routes of a connector. */
export interface Routes<R> {
  readonly list: Expr<readonly R[]>;
  /** Where they stand below `connector`: `config.qdrant.routes`. */
  readonly path: string;
  /** One as users write it, for the message when there are none. */
  readonly example: string;
}

/** A connector that reads topics and writes elsewhere. Its topics must be there when it starts. */
export abstract class SinkConnector<
  V extends Ref<ConnectorChartValues<SinkValues>>,
> extends Connector<V> {
  constructor(scope: Construct, id: string, props: ConnectorProps<V>) {
    super(scope, id, props);
    const { list, path, example } = this.routes();
    this.rules.requireRoutes(path, list, example);
    this.rules.requireNone('routesOfOneTopic', {
      path,
      found: pairs(
        list,
        (one, other) => eq(one.from, other.from),
        ({ from }) => from,
      ),
      problem: 'is read by two routes, and only the last of them would get its messages',
      fix: 'leave one out, or install a second connector for it',
    });
  }

  protected abstract routes(): Routes<SinkRoute>;

  /** Consumers never make topics, and a sink whose topic is missing ends. */
  protected override initContainers(): readonly ListItem<Container>[] {
    const { bootstrap, connector } = this.values;
    return [
      when<Container>(
        connector.waitForTopics,
        waitForTopics({
          values: bootstrap,
          release: this.release,
          adminUrl: this.brokers.adminUrl,
          topics: [each(this.routes().list, ({ from }): Dynamic<string> => from)],
        }),
      ),
    ];
  }

  protected override warnings(): readonly Warning[] {
    return [
      {
        when: not(this.values.connector.waitForTopics),
        lines: ['the sink ends while a topic is missing (waitForTopics=false).'],
      },
    ];
  }
}
