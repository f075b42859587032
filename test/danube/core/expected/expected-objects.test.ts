import { App } from 'cdk8s';
import { parse } from 'yaml';
import { DanubeCoreChart } from '../../../../src/danube/core/danube-core-chart';
import {
  byName,
  configFilesOf,
  configTexts,
  expectedObjects,
  pathOf,
  readYaml,
  valuesOf,
  waitScripts,
  withPlaceholders,
} from './expected-set';

const RELEASES = [
  { set: 'default', releaseName: 'danube', namespace: 'default' },
  { set: 'production', releaseName: 'prod', namespace: 'messaging' },
  { set: 'external', releaseName: '123.odd-name', namespace: 'team-a' },
  { set: 'metrics', releaseName: 'metrics', namespace: 'observed' },
] as const;

describe.each(RELEASES)('danube-core with the values of $set', (release) => {
  const { set, releaseName, namespace } = release;
  let objects: readonly unknown[];

  beforeAll(() => {
    const chart = new DanubeCoreChart(new App(), 'danube-core');
    objects = chart.manifests({ values: valuesOf(set), releaseName, namespace });
  });

  test('makes the objects written by hand, none missing and none more', () => {
    expect(byName(withPlaceholders(objects))).toEqual(expectedObjects(set));
  });

  test('writes the configuration files written by hand', () => {
    const texts = configTexts(objects);
    const files = configFilesOf(set);
    // The alerts have tests of their own, which run them.
    const compared = Object.keys(texts).filter((key) => key !== 'alerts.yml');
    expect(compared.sort()).toEqual([...files].sort());
    for (const file of files) {
      const tree: unknown = parse(texts[file]);
      expect(tree).toEqual(readYaml(pathOf(set, file)));
    }
  });

  test('has brokers that wait for the etcd they are given, and say so', () => {
    const scripts = waitScripts(objects);
    expect(scripts).toHaveLength(1);
    expect(scripts[0]).toContain('ETCD_HOST');
    expect(scripts[0]).toMatch(/echo "waiting for a healthy etcd/);
  });
});
