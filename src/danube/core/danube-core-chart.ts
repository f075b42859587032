import type { Construct } from 'constructs';
import type { z } from 'zod';
import { defineValues, HelmChart, type ReleaseOptions } from '../../helm/index';
import { CORE_CHART } from '../chart-catalog';
import { coreValues } from './core-values';
import { DanubeCore } from './danube-core';

export interface DanubeCoreChartProps {
  /** The release that `cdk8s synth` writes plain manifests of; default: all defaults. */
  readonly release?: ReleaseOptions<z.input<typeof coreValues>>;
}

/** The published chart danube-core: a `DanubeCore` at the root of a chart. */
export class DanubeCoreChart extends HelmChart<typeof coreValues> {
  readonly core: DanubeCore;

  constructor(scope: Construct, id: string, props: DanubeCoreChartProps = {}) {
    super(scope, id, {
      metadata: CORE_CHART,
      values: defineValues(coreValues),
      release: props.release,
    });
    this.core = new DanubeCore(this, 'Default', { values: this.v });
  }
}
