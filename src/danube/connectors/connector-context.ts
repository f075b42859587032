import type { Expr, Ref } from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import type { BrokerLocation } from './broker-location';
import type { ConnectorValues } from './connector-values';

/** What all objects of a connector are made from. */
export interface ConnectorContext {
  readonly values: Ref<ConnectorValues>;
  readonly release: ReleaseContext;
  /** Name of the Deployment and of most other objects. */
  readonly name: Expr<string>;
  readonly component: string;
  readonly brokers: BrokerLocation;
  /** Whether the connector has metrics. */
  readonly hasMetrics: Expr<boolean>;
}

/** A port that a connector's program listens on besides that of its metrics. */
export interface ConnectorPort {
  readonly name: string;
  readonly containerPort: Expr<number>;
  readonly servicePort: Expr<number>;
}
