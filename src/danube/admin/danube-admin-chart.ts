import type { Construct } from 'constructs';
import type { z } from 'zod';
import { defineValues, HelmChart, type ReleaseOptions } from '../../helm/index';
import { ADMIN_CHART } from '../chart-catalog';
import { DanubeAdmin } from './danube-admin';
import { danubeAdminValues } from './danube-admin-values';

export interface DanubeAdminChartProps {
  /** The release that `cdk8s synth` writes plain manifests of; default: all defaults. */
  readonly release?: ReleaseOptions<z.input<typeof danubeAdminValues>>;
}

/** The published chart danube-admin: a `DanubeAdmin` at the root of a chart. */
export class DanubeAdminChart extends HelmChart<typeof danubeAdminValues> {
  readonly admin: DanubeAdmin;

  constructor(scope: Construct, id: string, props: DanubeAdminChartProps = {}) {
    super(scope, id, {
      metadata: ADMIN_CHART,
      values: defineValues(danubeAdminValues),
      release: props.release,
    });
    this.admin = new DanubeAdmin(this, 'Default', { values: this.v });
  }
}
