import { App } from 'cdk8s';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DanubeAdminChart } from '../../src/danube/admin/danube-admin-chart';
import { QdrantConnectorChart } from '../../src/danube/connectors/qdrant/qdrant-connector-chart';
import { DanubeCoreChart } from '../../src/danube/core/danube-core-chart';
import { DanubeStack } from '../../src/danube/stack/danube-stack';
import type { HelmChart } from '../../src/helm';
import { checkAdminObjects } from '../danube/admin/object-check';
import { decoded } from '../danube/core/decoded';
import { checkObjects } from '../danube/core/object-check';
import type { KubernetesObject } from '../objects/kubernetes-object';
import { checkEquality, type ObjectCheck } from '../property/equality';
import { isMap } from '../../src/helm/expression/go-value';
import { helmVersions } from '../real-helm/binaries';
import { helmLint } from '../real-helm/run-helm';

const EXAMPLES = join(__dirname, '../../examples');
const CHARTS = join(__dirname, '../../charts-out');
const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('-values.yaml'));

function valuesOf(file: string): Record<string, unknown> {
  const values: unknown = parse(readFileSync(join(EXAMPLES, file), 'utf8'));
  return isMap(values) ? values : {};
}

/** The chart that the last command in the file installs with it. */
function chartOf(file: string): { chart: HelmChart; check: ObjectCheck } {
  const text = readFileSync(join(EXAMPLES, file), 'utf8');
  const [, name] = new RegExp(`charts-out/(\\S+) -f examples/${file}`).exec(text) ?? [];
  if (name === 'danube-admin') {
    return { chart: new DanubeAdminChart(new App(), name), check: checkAdminObjects };
  }
  if (name === 'danube-stack') {
    return { chart: new DanubeStack(new App(), name), check: checkObjects };
  }
  if (name === 'danube-connector-qdrant') {
    return { chart: new QdrantConnectorChart(new App(), name), check: checkObjects };
  }
  expect(name).toBe('danube-core');
  return { chart: new DanubeCoreChart(new App(), 'danube-core'), check: checkObjects };
}

test.each(files)('%s is short', (file) => {
  const lines = readFileSync(join(EXAMPLES, file), 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(40);
});

test.each(files)('%s lints, renders in every Helm as it evaluates, and is sound', async (file) => {
  const values = valuesOf(file);
  const { chart, check } = chartOf(file);
  const directory = join(CHARTS, chart.metadata.name);
  for (const helm of helmVersions) {
    const { ok, stdout } = await helmLint({ helm, chart: directory, values });
    expect(stdout).not.toMatch(/\[(WARNING|ERROR)\]/);
    expect(ok).toBe(true);
    const set = { values, releaseName: 'danube', namespace: 'messaging' };
    const { mismatches } = await checkEquality(chart, directory, [set], { helm, check });
    expect(mismatches).toEqual([]);
  }
});

function objectsOf(file: string): readonly KubernetesObject[] {
  return decoded(chartOf(file).chart, { values: valuesOf(file), releaseName: 'danube' });
}

function specOf(objects: readonly KubernetesObject[], name: string): unknown {
  return objects.find(({ kind, metadata }) => `${kind}/${metadata.name}` === name)?.spec;
}

test('production: S3, TLS, autoscaling, three members, monitors, larger resources', () => {
  const objects = objectsOf('production-values.yaml');
  const config = objects.find(({ metadata }) => metadata.name === 'danube-danube-broker-config');
  expect(JSON.stringify(config)).toContain('s3://my-danube-bucket/cluster-a');
  expect(JSON.stringify(config)).toContain('mode: tls');
  expect(specOf(objects, 'HorizontalPodAutoscaler/danube-danube-broker')).toMatchObject({
    minReplicas: 3,
    maxReplicas: 9,
  });
  expect(specOf(objects, 'StatefulSet/danube-etcd')).toMatchObject({ replicas: 3 });
  expect(objects.filter(({ kind }) => kind === 'ServiceMonitor')).toHaveLength(2);
  expect(specOf(objects, 'StatefulSet/danube-danube-broker')).toMatchObject({
    template: { spec: { containers: [{ resources: { limits: { memory: '4Gi' } } }] } },
  });
});

test('dual stack: every Service has both families, and the programs listen on both', () => {
  const objects = objectsOf('dual-stack-values.yaml');
  const services = objects.filter(({ kind }) => kind === 'Service');
  expect(services.length).toBeGreaterThan(4);
  for (const { spec } of services) {
    expect(spec).toMatchObject({
      ipFamilyPolicy: 'RequireDualStack',
      ipFamilies: ['IPv4', 'IPv6'],
    });
  }
  const text = JSON.stringify(objects);
  expect(text).toContain('host: \\"[::]\\"');
  expect(text).toContain('--listen-client-urls=http://[::]:2379');
  expect(text).not.toContain('0.0.0.0');
});
