import type { Construct } from 'constructs';
import type { z } from 'zod';
import { defineValues, HelmChart, type ReleaseOptions } from '../../../helm/index';
import { MQTT_CONNECTOR_CHART } from '../../chart-catalog';
import { MqttConnector } from './mqtt-connector';
import { mqttChartValues } from './mqtt-values';

export interface MqttConnectorChartProps {
  /** The release that `cdk8s synth` writes plain manifests of; it needs a host and routes. */
  readonly release?: ReleaseOptions<z.input<typeof mqttChartValues>>;
}

/** The published chart danube-connector-mqtt. */
export class MqttConnectorChart extends HelmChart<typeof mqttChartValues> {
  readonly connector: MqttConnector;

  constructor(scope: Construct, id: string, props: MqttConnectorChartProps = {}) {
    super(scope, id, {
      metadata: MQTT_CONNECTOR_CHART,
      values: defineValues(mqttChartValues),
      release: props.release,
    });
    this.connector = new MqttConnector(this, 'Default', { values: this.v });
  }
}
