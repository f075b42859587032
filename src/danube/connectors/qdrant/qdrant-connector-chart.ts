import type { Construct } from 'constructs';
import type { z } from 'zod';
import { defineValues, HelmChart, type ReleaseOptions } from '../../../helm/index';
import { QDRANT_CONNECTOR_CHART } from '../../chart-catalog';
import { QdrantConnector } from './qdrant-connector';
import { qdrantChartValues } from './qdrant-values';

export interface QdrantConnectorChartProps {
  /** The release that `cdk8s synth` writes plain manifests of; it needs a URL and routes. */
  readonly release?: ReleaseOptions<z.input<typeof qdrantChartValues>>;
}

/** The published chart danube-connector-qdrant. */
export class QdrantConnectorChart extends HelmChart<typeof qdrantChartValues> {
  readonly connector: QdrantConnector;

  constructor(scope: Construct, id: string, props: QdrantConnectorChartProps = {}) {
    super(scope, id, {
      metadata: QDRANT_CONNECTOR_CHART,
      values: defineValues(qdrantChartValues),
      release: props.release,
    });
    this.connector = new QdrantConnector(this, 'Default', { values: this.v });
  }
}
