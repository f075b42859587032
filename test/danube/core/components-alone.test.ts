import { App } from 'cdk8s';
import { z } from 'zod';
import {
  alertsTemplate,
  Broker,
  brokerValues,
  Etcd,
  etcdValues,
  globalValues,
  Prometheus,
  prometheusValues,
  ReleaseContext,
  releaseValues,
  seriesTemplates,
} from '../../../src';
import { ChartPart, defineValues, HelmChart, literal } from '../../../src/helm';
import { validateObject } from '../../objects/validate-object';
import { decoded } from './decoded';

const shared = { global: z.looseObject(globalValues()).prefault({}), ...releaseValues() };

function chartOf<S extends z.ZodObject>(schema: S): HelmChart<S> {
  const metadata = { name: 'own', version: '1.0.0', description: 'A chart of a user.' };
  return new HelmChart(new App(), 'own', { metadata, values: defineValues(schema) });
}

function kindsIn(chart: HelmChart): readonly string[] {
  const objects = decoded(chart, { values: {}, releaseName: 'r' });
  expect(objects.flatMap(validateObject)).toEqual([]);
  return objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
}

test('etcd stands alone in a chart of a user', () => {
  const chart = chartOf(z.object({ ...shared, store: etcdValues }));
  const release = new ReleaseContext(
    new ChartPart(chart, chart.v),
    chart.v,
    chart.v.global.storageClass,
  );
  new Etcd(chart, 'etcd', { values: chart.v.store, release });
  expect(kindsIn(chart)).toContain('StatefulSet/r-etcd');
});

test('brokers stand alone, with an etcd that is somewhere else', () => {
  const chart = chartOf(z.object({ ...shared, broker: brokerValues }));
  new Broker(chart, 'broker', {
    values: chart.v.broker,
    release: new ReleaseContext(
      new ChartPart(chart, chart.v),
      chart.v,
      chart.v.global.storageClass,
    ),
    clusterName: literal('own'),
    metadataStore: { host: literal('etcd.example.com'), port: literal(2379) },
  });
  expect(kindsIn(chart)).toContain('StatefulSet/r-danube-broker');
});

test('Prometheus stands alone', () => {
  const chart = chartOf(z.object({ ...shared, prometheus: prometheusValues }));
  const release = new ReleaseContext(
    new ChartPart(chart, chart.v),
    chart.v,
    chart.v.global.storageClass,
  );
  new Prometheus(chart, 'prometheus', {
    values: chart.v.prometheus,
    release,
    scrapesEtcd: false,
    alerts: alertsTemplate(release.chart, {
      names: release.names,
      series: seriesTemplates(release.chart, release.names),
      watchesEtcd: false,
    }),
  });
  expect(kindsIn(chart)).toContain('Deployment/r-prometheus');
});
