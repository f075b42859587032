import type { ConfigMap, Service } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import {
  defineValues,
  each,
  Gate,
  Release,
  RepeatedObject,
  splice,
  str,
  until,
  writeChart,
  type Dynamic,
} from '../../../src/helm';
import { Items } from '../../../src/helm/manifest/dynamic';
import { checkEquality } from '../../property/equality';
import { helmVersions } from '../../real-helm/binaries';
import { fileOf, newChart } from '../new-chart';
import { useTemporaryDirectory } from '../temporary-directory';

const directory = useTemporaryDirectory();

const values = defineValues(
  z.object({
    count: z.int().min(0).max(20).default(2).describe('How many.'),
    on: z.boolean().default(true).describe('Whether any.'),
    extraObjects: z
      .array(z.looseObject({ kind: z.string() }))
      .default([])
      .describe('More.'),
  }),
);

function sample() {
  const chart = newChart(values);
  const { v } = chart;
  new RepeatedObject<Service>(
    new Gate(chart, 'per-pod', v.on),
    'service',
    each(until(v.count), (ordinal): Dynamic<Service> => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: str`${Release.name}-pod-${ordinal}` },
      spec: { ports: [{ port: 80 }], selector: { pod: str`pod-${ordinal}` } },
    })),
  );
  new RepeatedObject(chart, 'extra', splice(v.extraObjects));
  return chart;
}

test('it is one template with a range, and one object for each round', () => {
  const chart = sample();
  expect(fileOf(chart, 'templates/per-pod-service.yaml')).toBe(
    [
      '{{- if .Values.on }}',
      '{{- range $ordinal := until (int .Values.count) }}',
      '---',
      'apiVersion: v1',
      'kind: Service',
      'metadata:',
      '  name: {{ $.Release.Name }}-pod-{{ $ordinal | int }}',
      'spec:',
      '  ports:',
      '    - port: 80',
      '  selector:',
      '    pod: pod-{{ $ordinal | int }}',
      '{{- end }}',
      '{{- end }}',
      '',
    ].join('\n'),
  );
  const names = chart
    .manifests({ releaseName: 'r', values: { count: 3 } })
    .map(({ metadata }) => metadata);
  expect(names).toEqual([{ name: 'r-pod-0' }, { name: 'r-pod-1' }, { name: 'r-pod-2' }]);
});

test.each(helmVersions)('Helm $version renders what it evaluates to', async (helm) => {
  const chart = sample();
  const own = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'own' } };
  const other = { ...own, metadata: { name: 'other' }, data: { n: '1', big: '1000000' } };
  const sets = [{}, { count: 0 }, { count: 3, extraObjects: [own, other] }, { on: false }];
  const { mismatches } = await checkEquality(
    chart,
    writeChart(chart, directory()),
    sets.map((set) => ({ values: set })),
    { helm },
  );
  expect(mismatches).toEqual([]);
});

test('anything but a loop is refused', () => {
  const chart = newChart(values);
  const nothing = new (class extends Items<ConfigMap> {})();
  expect(() => new RepeatedObject(chart, 'x', nothing)).toThrow('takes each(...) or splice(...)');
});
