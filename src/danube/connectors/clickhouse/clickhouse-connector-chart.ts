import type { Construct } from 'constructs';
import type { z } from 'zod';
import { defineValues, HelmChart, type ReleaseOptions } from '../../../helm/index';
import { CLICKHOUSE_CONNECTOR_CHART } from '../../chart-catalog';
import { ClickhouseConnector } from './clickhouse-connector';
import { clickhouseChartValues } from './clickhouse-values';

export interface ClickhouseConnectorChartProps {
  /** The release that `cdk8s synth` writes plain manifests of: image, URL, routes. */
  readonly release?: ReleaseOptions<z.input<typeof clickhouseChartValues>>;
}

/** The published chart danube-connector-clickhouse. */
export class ClickhouseConnectorChart extends HelmChart<typeof clickhouseChartValues> {
  readonly connector: ClickhouseConnector;

  constructor(scope: Construct, id: string, props: ClickhouseConnectorChartProps = {}) {
    super(scope, id, {
      metadata: CLICKHOUSE_CONNECTOR_CHART,
      values: defineValues(clickhouseChartValues),
      release: props.release,
    });
    this.connector = new ClickhouseConnector(this, 'Default', { values: this.v });
  }
}
