import { App } from 'cdk8s';
import { z } from 'zod';
import {
  AdminServer,
  adminServerValues,
  AdminUI,
  adminUIValues,
  CoreNames,
  globalValues,
  ReleaseContext,
  releaseValues,
} from '../../../src';
import { ChartPart, defineValues, HelmChart, literal } from '../../../src/helm';
import { validateObject } from '../../objects/validate-object';
import { decoded } from '../core/decoded';

const schema = z.object({
  global: z.looseObject(globalValues()).prefault({}),
  ...releaseValues(),
  server: adminServerValues,
  pages: adminUIValues,
});

test('server and pages stand in a chart of a user, for a core that is somewhere else', () => {
  const metadata = { name: 'own', version: '1.0.0', description: 'A chart of a user.' };
  const chart = new HelmChart(new App(), 'own', { metadata, values: defineValues(schema) });
  const release = new ReleaseContext(new ChartPart(chart, chart.v), chart.v);
  new AdminServer(chart, 'server', {
    values: chart.v.server,
    release,
    core: {
      names: new CoreNames(literal('prod')),
      namespace: literal('brokers'),
      brokerEndpoint: literal('http://prod-danube-broker.brokers:50051'),
      prometheusUrl: literal('http://prod-prometheus.brokers:9090'),
    },
  });
  new AdminUI(chart, 'pages', {
    values: chart.v.pages,
    release,
    adminPort: chart.v.server.service.port,
  });
  const objects = decoded(chart, { values: {}, releaseName: 'r' });
  expect(objects.flatMap(validateObject)).toEqual([]);
  const names = objects.map(({ kind, metadata: { name } }) => `${kind}/${name}`);
  expect(names).toContain('Deployment/r-danube-admin');
  expect(names).toContain('Deployment/r-danube-admin-ui');
});
