import { App } from 'cdk8s';
import { DanubeAdmin } from '../../../src/danube/admin/danube-admin';
import { DanubeAdminChart } from '../../../src/danube/admin/danube-admin-chart';
import { danubeAdminValues } from '../../../src/danube/admin/danube-admin-values';
import { ADMIN_CHART } from '../../../src/danube/chart-catalog';
import { defineValues, HelmChart } from '../../../src/helm';
import { at } from '../core/core-sets';
import { decoded } from '../core/decoded';

const chart = new DanubeAdminChart(new App(), 'danube-admin');

/** What makes Kubernetes restart pods when it changes, and what it does not let change. */
function podSpecs(values: Record<string, unknown>, of: HelmChart = chart): Record<string, unknown> {
  const workloads = decoded(of, { values, releaseName: 'r' }).filter(
    ({ kind }) => kind === 'Deployment',
  );
  return Object.fromEntries(
    workloads.map(({ metadata, spec }) => [
      metadata.name,
      [at(spec, 'template'), at(spec, 'selector')],
    ]),
  );
}

function restarted(values: Record<string, unknown>): readonly string[] {
  const before = podSpecs({});
  const after = podSpecs(values);
  return Object.keys(before).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
}

test('a new chart version restarts no pod and changes no immutable field', () => {
  const bumped = new HelmChart(new App(), 'danube-admin', {
    metadata: { ...ADMIN_CHART, version: '9.9.9', appVersion: '9.9.9' },
    values: defineValues(danubeAdminValues),
  });
  new DanubeAdmin(bumped, 'Default', { values: bumped.v });
  expect(podSpecs({}, bumped)).toEqual(podSpecs({}));
});

const UI = 'r-danube-admin-ui';
const SERVER = 'r-danube-admin';

test.each([
  ['the core', { core: { releaseName: 'foo' } }, [SERVER]],
  ['the port of the API', { admin: { service: { port: 8081 } } }, [UI]],
  ['more servers', { admin: { replicaCount: 2 }, adminUI: { replicaCount: 2 } }, []],
  ['annotations of a Service', { adminUI: { service: { annotations: { a: 'b' } } } }, []],
  ['a network policy', { admin: { networkPolicy: { enabled: false } } }, []],
  ['the account for MCP', { mcp: { rbac: { enabled: true } } }, []],
])('%s restarts just the pods that read it', (_what, values, names) => {
  expect(restarted(values)).toEqual(names);
});
