import type { Construct } from 'constructs';
import type { z } from 'zod';
import { defineValues, HelmChart, type ReleaseOptions } from '../../../helm/index';
import { GREPTIMEDB_CONNECTOR_CHART } from '../../chart-catalog';
import { GreptimedbConnector } from './greptimedb-connector';
import { greptimedbChartValues } from './greptimedb-values';

export interface GreptimedbConnectorChartProps {
  /** The release that `cdk8s synth` writes plain manifests of: image, endpoints, routes. */
  readonly release?: ReleaseOptions<z.input<typeof greptimedbChartValues>>;
}

/** The published chart danube-connector-greptimedb. */
export class GreptimedbConnectorChart extends HelmChart<typeof greptimedbChartValues> {
  readonly connector: GreptimedbConnector;

  constructor(scope: Construct, id: string, props: GreptimedbConnectorChartProps = {}) {
    super(scope, id, {
      metadata: GREPTIMEDB_CONNECTOR_CHART,
      values: defineValues(greptimedbChartValues),
      release: props.release,
    });
    this.connector = new GreptimedbConnector(this, 'Default', { values: this.v });
  }
}
