import { App } from 'cdk8s';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DanubeAdminChart } from '../../../../src/danube/admin/danube-admin-chart';
import { isMap } from '../../../../src/helm/expression/go-value';
import type { KubernetesObject } from '../../../objects/kubernetes-object';
import { at } from '../../core/core-sets';
import { decoded } from '../../core/decoded';

const chart = new DanubeAdminChart(new App(), 'danube-admin');

/** Everything; a server behind TLS; and of a published UI what the first set does not have. */
const SETS = ['default', 'tls', 'published'];

function read(set: string, file: string): unknown {
  const tree: unknown = parse(readFileSync(join(__dirname, set, file), 'utf8'));
  return tree;
}

/** Texts that are tested by running them; here words in brackets stand for them. */
function withPlaceholders(objects: readonly KubernetesObject[]): readonly unknown[] {
  const configs = objects.flatMap((object) => {
    const text = isMap(object.data) ? object.data['nginx.conf'] : undefined;
    return typeof text === 'string' ? [text] : [];
  });
  const checksum = (text: string) =>
    createHash('sha256').update(text.replace(/\n$/, '')).digest('hex');
  const words = new Map(
    configs.flatMap((text) => [
      [text, '<nginx.conf>'],
      [checksum(text), '<sha256 of nginx.conf>'],
    ]),
  );
  const read: unknown = JSON.parse(JSON.stringify(objects), (_key, value: unknown) => {
    if (typeof value !== 'string') {
      return value;
    }
    return value.startsWith('address=') ? '<wait script>' : (words.get(value) ?? value);
  });
  return Array.isArray(read) ? read : [];
}

function byName(objects: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    objects.map((object) => [
      `${String(at(object, 'kind'))}/${String(at(object, 'metadata.name'))}`,
      object,
    ]),
  );
}

test.each(SETS)('the objects of %s are those written by hand', (set) => {
  const values = read(set, 'values.yaml');
  const objects = read(set, 'objects.yaml');
  const expected = byName(Array.isArray(objects) ? objects : []);
  const release = { releaseName: 'danube-admin', namespace: 'ops' };
  const made = byName(
    withPlaceholders(decoded(chart, { values: isMap(values) ? values : {}, ...release })),
  );
  // What the first set shows of a published UI is not written twice.
  const repeated = set === 'published' ? ['Service', 'Deployment', 'ConfigMap'] : [];
  const names = Object.keys(made).filter((name) => !repeated.includes(name.split('/')[0]));
  expect(names.sort()).toEqual(Object.keys(expected).sort());
  for (const name of names) {
    expect(made[name]).toEqual(expected[name]);
  }
});
