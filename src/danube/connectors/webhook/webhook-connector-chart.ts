import type { Construct } from 'constructs';
import type { z } from 'zod';
import { defineValues, HelmChart, type ReleaseOptions } from '../../../helm/index';
import { WEBHOOK_CONNECTOR_CHART } from '../../chart-catalog';
import { WebhookConnector } from './webhook-connector';
import { webhookChartValues } from './webhook-values';

export interface WebhookConnectorChartProps {
  /** The release that `cdk8s synth` writes plain manifests of; it needs routes and auth. */
  readonly release?: ReleaseOptions<z.input<typeof webhookChartValues>>;
}

/** The published chart danube-connector-webhook. */
export class WebhookConnectorChart extends HelmChart<typeof webhookChartValues> {
  readonly connector: WebhookConnector;

  constructor(scope: Construct, id: string, props: WebhookConnectorChartProps = {}) {
    super(scope, id, {
      metadata: WEBHOOK_CONNECTOR_CHART,
      values: defineValues(webhookChartValues),
      release: props.release,
    });
    this.connector = new WebhookConnector(this, 'Default', { values: this.v });
  }
}
