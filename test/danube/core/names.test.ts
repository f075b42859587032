import { App } from 'cdk8s';
import fc from 'fast-check';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { validateObject } from '../../objects/validate-object';
import { decoded } from './decoded';

const chart = new DanubeCoreChart(new App(), 'danube-core');

/** What `helm install <name>` takes: DNS labels with dots between, at most 53 characters. */
const LABEL = '[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?';
const releaseName = fc
  .stringMatching(new RegExp(`^${LABEL}(\\.${LABEL}){0,2}$`))
  .filter((name) => name.length <= 53);
const namespace = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);

function namesOf(release: string, values = {}, space = 'default'): readonly string[] {
  return decoded(chart, { values, releaseName: release, namespace: space }).map(
    ({ kind, metadata }) => `${kind}/${metadata.name}`,
  );
}

test('the names are those of the plan', () => {
  expect(namesOf('danube')).toEqual(
    expect.arrayContaining([
      'StatefulSet/danube-danube-broker',
      'Service/danube-danube-broker',
      'Service/danube-danube-broker-headless',
      'ConfigMap/danube-danube-broker-config',
      'StatefulSet/danube-etcd',
      'Service/danube-etcd',
      'Service/danube-etcd-headless',
      'Deployment/danube-prometheus',
      'Service/danube-prometheus',
      'ConfigMap/danube-prometheus-config',
    ]),
  );
});

test('every release name and namespace gives valid, unique names', () => {
  fc.assert(
    fc.property(releaseName, namespace, (name, space) => {
      const values = { etcd: { replicaCount: 3 }, prometheus: { persistence: { enabled: true } } };
      const objects = decoded(chart, { values, releaseName: name, namespace: space });
      expect(objects.flatMap(validateObject)).toEqual([]);
      const names = objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);
      expect(new Set(names).size).toBe(names.length);
    }),
    { numRuns: 300 },
  );
});

test('two releases never share a name', () => {
  fc.assert(
    fc.property(releaseName, releaseName, (one, other) => {
      fc.pre(one !== other);
      const names = new Set(namesOf(one));
      expect(namesOf(other).filter((name) => names.has(name))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test.each([
  ['danube', 'danube'],
  ['a.b', 'a-b-'],
  ['123', 'r123-'],
  ['x'.repeat(53), `${'x'.repeat(26)}-`],
])('a name that cannot be kept ends in a hash: %s', (release, start) => {
  const [name] = namesOf(release).filter((found) => found.endsWith('-danube-broker'));
  const prefix = name.split('/')[1].replace(/-danube-broker$/, '');
  expect(prefix.startsWith(start)).toBe(true);
  expect(prefix.slice(start.length)).toMatch(release === prefix ? /^$/ : /^[0-9a-f]{8}$/);
});

test('overrides take the place of the release name', () => {
  expect(namesOf('r', { fullnameOverride: 'whole' })).toContain('StatefulSet/whole-danube-broker');
  expect(namesOf('r', { nameOverride: 'second' })).toContain('StatefulSet/r-second-danube-broker');
});
