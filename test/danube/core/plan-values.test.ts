import { App } from 'cdk8s';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { isMap } from '../../../src/helm/expression/go-value';
import { decoded } from './decoded';

const chart = new DanubeCoreChart(new App(), 'danube-core');

/** The values of section 3.1 of the plan, as they stand there. */
const PLAN: unknown = parse(readFileSync(join(__dirname, 'plan-values.yaml'), 'utf8'));

/** What is refused of them, each with the reason; the README says why. */
const REFUSED = [
  'broker.service.type',
  'broker.config.storage.uploaderEnabled',
  'ingress.className',
  'ingress.annotations',
];

/** What has another default: see "Differences from the plan" in the README. */
const OTHER_DEFAULTS = [
  ...REFUSED.slice(0, 3),
  'ingress.annotations.nginx.ingress.kubernetes.io/backend-protocol',
  'global.imageRegistry',
  'broker.externalAccess.enabled',
  'broker.externalAccess.advertisedAddrTemplate',
  'broker.env.RUST_LOG',
  'etcd.cluster.domain',
];

function leaves(value: unknown, path = ''): readonly (readonly [string, unknown])[] {
  return isMap(value)
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}${path && '.'}${key}`))
    : [[path, value]];
}

function without(value: unknown, paths: readonly string[], path = ''): unknown {
  if (!isMap(value)) {
    return value;
  }
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, inner, `${path}${path && '.'}${key}`] as const)
    .filter(([, , inside]) => !paths.includes(inside))
    .map(([key, inner, inside]) => [key, without(inner, paths, inside)]);
  return Object.fromEntries(entries) as unknown;
}

function render(refused: readonly string[]) {
  const values = without(PLAN, refused);
  return decoded(chart, { values: isMap(values) ? values : {}, releaseName: 'danube' });
}

test('the values of the plan are taken, but for those that would do harm or nothing', () => {
  const names = render(REFUSED).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
  expect(names).toEqual(
    expect.arrayContaining([
      'StatefulSet/danube-danube-broker',
      'StatefulSet/danube-etcd',
      'Deployment/danube-prometheus',
    ]),
  );
});

test.each(REFUSED)('%s is refused by its name', (path) => {
  expect(() => render(REFUSED.filter((other) => other !== path))).toThrow(`${path}: `);
});

test('the defaults are those of the plan, but for the differences that are told', () => {
  const ours = new Map(leaves(JSON.parse(JSON.stringify(chart.values.defaults))));
  const other = leaves(PLAN)
    .filter(([path, value]) => JSON.stringify(ours.get(path)) !== JSON.stringify(value))
    .map(([path]) => path);
  expect([...other].sort()).toEqual([...OTHER_DEFAULTS].sort());
});
