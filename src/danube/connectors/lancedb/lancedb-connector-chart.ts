import type { Construct } from 'constructs';
import type { z } from 'zod';
import { defineValues, HelmChart, type ReleaseOptions } from '../../../helm/index';
import { LANCEDB_CONNECTOR_CHART } from '../../chart-catalog';
import { LancedbConnector } from './lancedb-connector';
import { lancedbChartValues } from './lancedb-values';

export interface LancedbConnectorChartProps {
  /** The release that `cdk8s synth` writes plain manifests of: image, uri, routes. */
  readonly release?: ReleaseOptions<z.input<typeof lancedbChartValues>>;
}

/** The published chart danube-connector-lancedb. */
export class LancedbConnectorChart extends HelmChart<typeof lancedbChartValues> {
  readonly connector: LancedbConnector;

  constructor(scope: Construct, id: string, props: LancedbConnectorChartProps = {}) {
    super(scope, id, {
      metadata: LANCEDB_CONNECTOR_CHART,
      values: defineValues(lancedbChartValues),
      release: props.release,
    });
    this.connector = new LancedbConnector(this, 'Default', { values: this.v });
  }
}
