import { App } from 'cdk8s';
import { DanubeCoreChart } from '../../../../src/danube/core/danube-core-chart';
import { isMap } from '../../../../src/helm/expression/go-value';
import { findPodTemplates } from '../../../objects/pod-template';
import { decoded } from '../decoded';
import { pathOf, readYaml } from './expected-set';

const chart = new DanubeCoreChart(new App(), 'danube-core');

/** Values, and by hand the Services of the brokers and what the pods are told of addresses. */
function expectedAccess(file: string): {
  readonly values: Record<string, unknown>;
  readonly environment: unknown;
  readonly objects: unknown;
} {
  const read = readYaml(pathOf('access', file));
  if (!isMap(read) || !isMap(read.values)) {
    throw new Error(`${file} has no values`);
  }
  return { values: read.values, environment: read.environment, objects: read.objects };
}

test.each(['nodeport.yaml', 'loadbalancer.yaml'])('%s: one Service a broker, by hand', (file) => {
  const { values, environment, objects } = expectedAccess(file);
  const made = decoded(chart, { values, releaseName: 'r' });
  expect(made.filter(({ metadata }) => /^r-danube-broker-\d+$/.test(metadata.name))).toEqual(
    objects,
  );
  const brokers = findPodTemplates([...made]).filter(
    ({ labels }) => labels['app.kubernetes.io/component'] === 'broker',
  );
  const told = (brokers[0].spec.containers[0].env ?? []).filter(
    ({ name, value }) => name.startsWith('DANUBE_') && value !== undefined,
  );
  expect(Object.fromEntries(told.map(({ name, value }) => [name, value]))).toEqual(environment);
});
