import type { Construct } from 'constructs';
import { and, each, eq, lt, when, type Expr, type Ref } from '../../helm/index';
import { Connector, type ConnectorProps } from './connector';
import type { ConnectorChartValues } from './connector-chart-values';

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
export abstract class SinkConnector<V extends Ref<ConnectorChartValues>> extends Connector<V> {
  constructor(scope: Construct, id: string, props: ConnectorProps<V>) {
    super(scope, id, props);
    const { list, path, example } = this.routes();
    this.rules.requireRoutes(path, list, example);
    this.rules.requireNone('routesOfOneTopic', {
      path,
      found: [
        each(list, (one, index) => [
          each(list, (other, otherIndex) =>
            when(and(lt(index, otherIndex), eq(one.from, other.from)), [one.from]),
          ),
        ]),
      ],
      problem: 'is read by two routes, and only the last of them would get its messages',
      fix: 'leave one out, or install a second connector for it',
    });
  }

  protected abstract routes(): Routes<SinkRoute>;
}
