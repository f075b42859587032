import type { Construct } from 'constructs';
import { defineValues, HelmChart, type ReleaseOptions } from '../../../helm/index';
import { DELTALAKE_CONNECTOR_CHART } from '../../chart-catalog';
import { DeltaLakeConnector } from './deltalake-connector';
import type { DeltaLakeChartInput } from './deltalake-storage';
import { deltaLakeChartValues } from './deltalake-values';

export interface DeltaLakeConnectorChartProps {
  /** The release that `cdk8s synth` writes plain manifests of; it needs a storage and routes. */
  readonly release?: ReleaseOptions<DeltaLakeChartInput>;
}

/** The published chart danube-connector-deltalake. */
export class DeltaLakeConnectorChart extends HelmChart<typeof deltaLakeChartValues> {
  readonly connector: DeltaLakeConnector;

  constructor(scope: Construct, id: string, props: DeltaLakeConnectorChartProps = {}) {
    super(scope, id, {
      metadata: DELTALAKE_CONNECTOR_CHART,
      values: defineValues(deltaLakeChartValues),
      release: props.release,
    });
    this.connector = new DeltaLakeConnector(this, 'Default', { values: this.v });
  }
}
