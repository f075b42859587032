import { Construct } from 'constructs';
import type { z } from 'zod';
import {
  ChartPart,
  namedIds,
  RepeatedObject,
  splice,
  str,
  type Expr,
  type Ref,
} from '../../helm/index';
import { corePartValues, releaseWiring, type CorePartProps } from '../location/core-part';
import { coreRelease } from '../location/core-release';
import { brokersOfCores } from '../pod/network-peers';
import { ReleaseContext } from '../release-context';
import { BOOTSTRAP, BootstrapJob } from './bootstrap-job';
import { danubeBootstrapValues } from './danube-bootstrap-values';

/** Values of the shape `danubeBootstrapValues`; with `core`, for a core of the same chart. */
export type DanubeBootstrapProps = CorePartProps<typeof danubeBootstrapValues>;

/**
 * What a chart of several parts needs in Danube: a Job that makes namespaces, schemas and topics of
 * a core. Its objects are named `<release>-<id>-bootstrap`.
 *
 * @throws when it is not inside a HelmChart.
 */
export class DanubeBootstrap extends Construct {
  /** References to its values. */
  readonly values: Ref<z.output<typeof danubeBootstrapValues>>;
  readonly release: ReleaseContext;
  readonly bootstrap: BootstrapJob;
  readonly extraObjects: RepeatedObject<object>;

  constructor(scope: Construct, id: string, props: DanubeBootstrapProps = {}) {
    super(scope, id);
    const values = corePartValues(scope, id, danubeBootstrapValues, props, releaseWiring);
    this.values = values;
    const chart = new ChartPart(this, values);
    const ids = namedIds(this, chart.chart);
    this.release = new ReleaseContext(chart, values);
    const { names, namespace, urlOf, hostOf } = coreRelease(
      chart,
      'corePrefix',
      values.core,
      this.release,
    );
    const { adminPort } = values.core;
    this.bootstrap = new BootstrapJob(this, 'Default', {
      values: values.bootstrap,
      release: this.release,
      name: this.jobName(ids),
      component: [BOOTSTRAP, ...ids].join('-'),
      adminUrl: urlOf(names.broker, adminPort),
      adminPort,
      brokerHosts: hostOf(names.brokerHeadless),
      networkPolicy: {
        enabled: values.networkPolicy.enabled,
        brokers: [brokersOfCores(namespace)],
        dns: values.networkPolicy.dns,
      },
    });
    this.extraObjects = new RepeatedObject(this, 'extra-objects', splice(values.extraObjects));
  }

  /** A Job's name has a checksum too, so less room is left than for others. */
  private jobName(ids: readonly string[]): Expr<string> {
    const { fullname, prefixOf } = this.release;
    return ids.length === 0
      ? str`${fullname}-bootstrap`
      : str`${prefixOf(str`${fullname}-${ids.join('-')}`)}-bootstrap`;
  }
}
