import type { Expr } from '../../helm/index';

/** Where the brokers find etcd: one host, plain http. */
export interface MetadataStore {
  readonly host: Expr<string>;
  readonly port: Expr<number>;
}
