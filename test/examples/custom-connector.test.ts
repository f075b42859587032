import { App } from 'cdk8s';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { RedisConnectorChart } from '../../examples/custom-connector/custom-connector';
import { checkConfig, configOf } from '../danube/connectors/connector-proof';
import { merged } from '../danube/connectors/connector-sets';
import { OWN_IMAGE } from '../danube/connectors/own-image-sets';
import { decoded } from '../danube/core/decoded';
import { checkObjects } from '../danube/core/object-check';
import { checkEquality } from '../property/equality';
import { helmVersions } from '../real-helm/binaries';
import { helmLint } from '../real-helm/run-helm';
import { emittedFiles } from './emitted-files';

const chart = new RedisConnectorChart(new App());
const directory = join(
  __dirname,
  '../../examples/custom-connector/charts-out/danube-connector-redis',
);
const route = { from: '/default/events', subscription: 'redis', to: 'events' };
const minimal = merged(OWN_IMAGE, redis({ address: 'redis.data:6379', routes: [route] }));

function redis(values: Record<string, unknown>) {
  return { connector: { config: { redis: values } } };
}

const sets = [
  {},
  redis({ tls: true, routes: [{ ...route, to: '"a"\né', max_length: 9007199254740991 }] }),
  { connector: { replicaCount: 3, secrets: { trialValues: { REDIS_PASSWORD: 'x' } } } },
  { core: { brokerVersion: '0.8' }, connector: { clientVersion: '0.8' } },
].map((values) => ({
  ...{ values: merged(minimal, values), releaseName: 'shop', namespace: 'ops' },
}));

test('emits the chart that is committed', () => {
  expect(emittedFiles(directory)).toEqual(emittedFiles(chart));
});

test.each(helmVersions)('Helm $version lints it and renders what it evaluates to', async (helm) => {
  const { ok } = await helmLint({ helm, chart: directory });
  expect(ok).toBe(true);
  const { mismatches } = await checkEquality(chart, directory, sets, {
    helm,
    check: (objects, set) => [...checkObjects(objects, set), ...checkConfig(chart, objects, set)],
  });
  expect(mismatches).toEqual([]);
});

test('it has its own keys, and all that connectors have', () => {
  const objects = decoded(chart, sets[2]);
  expect(parseToml(configOf(objects) ?? '')).toMatchObject({
    danube_service_url: 'http://shop-danube-broker.ops.svc.cluster.local:6650',
    redis: { address: 'redis.data:6379', routes: [{ to: 'events', on_invalid: 'fail' }] },
  });
  const kinds = objects.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['PodDisruptionBudget', 'Secret', 'NetworkPolicy']));
});

test.each([
  ['connector.config.redis.address', redis({ address: '' })],
  ['connector.config.redis.routes', redis({ routes: [] })],
  ['connector.image.repository', { connector: { image: { tag: '' } } }],
  ['connector.clientVersion', { connector: { clientVersion: '0.8' } }],
])('it refuses what connectors refuse: %s', (path, values) => {
  const release = { ...sets[0], values: merged(minimal, values) };
  expect(() => chart.manifests(release)).toThrow(path);
});
