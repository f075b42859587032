import { App } from 'cdk8s';
import fc from 'fast-check';
import { DanubeAdminChart } from '../../../src/danube/admin/danube-admin-chart';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import { validateObject } from '../../objects/validate-object';
import { namespace, releaseName, type ReleaseSet } from '../../property/release-arbitrary';
import { at } from '../core/core-sets';
import { decoded } from '../core/decoded';

const core = new DanubeCoreChart(new App(), 'danube-core');
const admin = new DanubeAdminChart(new App(), 'danube-admin');
const everything = {
  mcp: { rbac: { enabled: true } },
  adminUI: { ingress: { enabled: true, host: 'a.b', protection: 'allowUnauthenticated' } },
};

function namesOf(set: ReleaseSet): readonly string[] {
  return decoded(admin, set).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
}

/** The value of an argument of the server. */
function argument(name: string, objects: readonly KubernetesObject[]): string | undefined {
  const text = JSON.stringify(objects.filter(({ kind }) => kind === 'Deployment'));
  return new RegExp(`"${name}([^"]*)"`).exec(text)?.[1];
}

/** The URL of a Service of a core, as its objects have it. */
function urlOf(component: string, port: string, release: ReleaseSet): string {
  const services = decoded(core, release).filter(
    ({ kind, metadata, spec }) =>
      kind === 'Service' &&
      metadata.labels?.['app.kubernetes.io/component'] === component &&
      at(spec, 'clusterIP') !== 'None',
  );
  expect(services).toHaveLength(1);
  const ports = at(services[0], 'spec.ports');
  const list: readonly unknown[] = Array.isArray(ports) ? ports : [];
  const number = list.find((one) => at(one, 'name') === port);
  const host = `${services[0].metadata.name}.${release.namespace ?? 'default'}.svc.cluster.local`;
  return `http://${host}:${String(at(number, 'port'))}`;
}

function expectFound(coreRelease: ReleaseSet, adminRelease: ReleaseSet): void {
  const objects = decoded(admin, adminRelease);
  expect(argument('--broker-endpoint=', objects)).toBe(urlOf('broker', 'admin', coreRelease));
  expect(argument('--prometheus-url=', objects)).toBe(urlOf('prometheus', 'http', coreRelease));
}

test('the names are those of the plan', () => {
  expect(namesOf({ values: everything, releaseName: 'danube' })).toEqual(
    expect.arrayContaining([
      'Deployment/danube-danube-admin',
      'Service/danube-danube-admin',
      'Deployment/danube-danube-admin-ui',
      'Service/danube-danube-admin-ui',
      'ConfigMap/danube-danube-admin-ui-config',
      'Ingress/danube-danube-admin-ui',
    ]),
  );
});

describe.each(['foo', 'danube'])('a core of the release %s', (name) => {
  test.each(['here', 'there'])('is found from the namespace %s by one flag', (place) => {
    const values = { core: { releaseName: name, ...(place === 'there' && { namespace: 'here' }) } };
    expectFound(
      { values: {}, releaseName: name, namespace: 'here' },
      { values, releaseName: 'danube-admin', namespace: place },
    );
  });

  test('is found in the same release without any value', () => {
    const release = { values: {}, releaseName: name, namespace: 'here' };
    expectFound(release, release);
  });
});

test('a core is found whatever names and namespaces there are', () => {
  fc.assert(
    fc.property(releaseName, namespace, releaseName, namespace, (name, space, own, ownSpace) => {
      expectFound(
        { values: {}, releaseName: name, namespace: space },
        {
          values: { core: { releaseName: name, namespace: space } },
          releaseName: own,
          namespace: ownSpace,
        },
      );
    }),
    { numRuns: 150 },
  );
});

test('a core with another name, and with other ports, is found as its notes say', () => {
  for (const values of [
    { fullnameOverride: 'whole' },
    { nameOverride: 'second' },
    { broker: { ports: { admin: 50052 } }, prometheus: { service: { port: 9091 } } },
  ]) {
    const release = { values, releaseName: '1.odd', namespace: 'here' };
    const notes = core.renderNotes(release);
    const [command] = /helm install danube-admin .*/.exec(notes) ?? [''];
    const given = [...command.matchAll(/--set core\.(\w+)=(\S+)/g)].map(([, key, value]) => [
      key,
      /^[0-9]+$/.test(value) ? Number(value) : value,
    ]);
    expectFound(release, {
      values: { core: Object.fromEntries(given) as Record<string, unknown> },
      releaseName: 'danube-admin',
      namespace: 'here',
    });
  }
});

test('every release name and namespace gives valid, unique names', () => {
  fc.assert(
    fc.property(releaseName, namespace, (name, space) => {
      const set = { values: everything, releaseName: name, namespace: space };
      expect(decoded(admin, set).flatMap(validateObject)).toEqual([]);
      const names = namesOf(set);
      expect(new Set(names).size).toBe(names.length);
    }),
    { numRuns: 200 },
  );
});

test('beside a core of any name, and beside another one, no name is taken twice', () => {
  fc.assert(
    fc.property(releaseName, releaseName, (one, other) => {
      const names = namesOf({ values: everything, releaseName: one });
      const taken = new Set([
        ...decoded(core, { values: {}, releaseName: one }).map(
          ({ kind, metadata }) => `${kind}/${metadata.name}`,
        ),
        ...(one === other ? [] : namesOf({ values: everything, releaseName: other })),
      ]);
      expect(names.filter((name) => taken.has(name))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('overrides take the place of the release name, but not in that of the core', () => {
  const set = { values: { fullnameOverride: 'whole' }, releaseName: 'r' };
  expect(namesOf(set)).toContain('Deployment/whole-danube-admin');
  expect(argument('--broker-endpoint=', decoded(admin, set))).toMatch(
    /^http:\/\/r-danube-broker\./,
  );
});

test.each([
  ['broker-0.brokers:50051', 'http://broker-0.brokers:50051'],
  ['http://broker-0.brokers:50051', 'http://broker-0.brokers:50051'],
])('an explicit endpoint wins, with a scheme or without one: %s', (given, endpoint) => {
  const values = {
    core: { releaseName: 'foo' },
    admin: { config: { brokerEndpoint: given, prometheusUrl: 'http://metrics:9090' } },
  };
  const objects = decoded(admin, { values });
  expect(argument('--broker-endpoint=', objects)).toBe(endpoint);
  expect(argument('--prometheus-url=', objects)).toBe('http://metrics:9090');
});
