import type { Construct } from 'constructs';
import type { z } from 'zod';
import { defineValues, HelmChart, type ReleaseOptions } from '../../../helm/index';
import { SURREALDB_CONNECTOR_CHART } from '../../chart-catalog';
import { SurrealdbConnector } from './surrealdb-connector';
import { surrealdbChartValues } from './surrealdb-values';

export interface SurrealdbConnectorChartProps {
  /** The release that `cdk8s synth` writes plain manifests of; it needs a URL and routes. */
  readonly release?: ReleaseOptions<z.input<typeof surrealdbChartValues>>;
}

/** The published chart danube-connector-surrealdb. */
export class SurrealdbConnectorChart extends HelmChart<typeof surrealdbChartValues> {
  readonly connector: SurrealdbConnector;

  constructor(scope: Construct, id: string, props: SurrealdbConnectorChartProps = {}) {
    super(scope, id, {
      metadata: SURREALDB_CONNECTOR_CHART,
      values: defineValues(surrealdbChartValues),
      release: props.release,
    });
    this.connector = new SurrealdbConnector(this, 'Default', { values: this.v });
  }
}
