import { z } from 'zod';
import {
  composeValues,
  defineValues,
  eachEntryWhere,
  entries,
  hasAnyValue,
  KubernetesObject,
  loopable,
  nonEmpty,
  valuesPart,
  when,
  writeChart,
  type Expr,
} from '../../../src/helm';
import { HELM_4 } from '../../real-helm/binaries';
import { decodeManifests } from '../../real-helm/decode';
import { helmTemplate } from '../../real-helm/run-helm';
import type { AnyObject } from '../any-object';
import { fileOf, newChart } from '../new-chart';
import { useTemporaryDirectory } from '../temporary-directory';

const directory = useTemporaryDirectory();

const word = z.string().default('');
const schema = z.object({
  words: z.object({ b: word, a: word }).prefault({}),
  mixed: z.object({ text: word, number: z.int().default(1) }).prefault({}),
});

function chartWith(words: Expr<Readonly<Record<string, string>>>) {
  const chart = newChart(defineValues(schema));
  new KubernetesObject<AnyObject>(chart, 'config', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'config',
      annotations: { any: when(hasAnyValue(words), 'yes', 'no') },
      finalizers: [
        'first',
        eachEntryWhere(
          words,
          (_key, value) => value,
          (key) => key,
        ),
      ],
    },
    data: { ...entries(words, (_key, value) => nonEmpty(value)) },
  });
  return chart;
}

const { v } = defineValues(schema);
const looped = loopable(v.words);

test('a map with known keys is looped over, and asked whether anything is in it', () => {
  expect(looped).toBeDefined();
  const chart = chartWith(looped ?? v.words);
  expect(fileOf(chart, 'templates/config.yaml')).toContain(
    `data:
  {{- range $key, $value := .Values.words }}
  {{- with $value }}
  {{ $key | quote }}: {{ . | quote }}
`,
  );
  expect(fileOf(chart, 'templates/config.yaml')).toContain(
    '{{- if compact (values .Values.words) }}',
  );
});

const GIVEN: readonly (readonly [Readonly<Record<string, string>>, readonly string[], string])[] = [
  [{ a: '' }, [], 'no'],
  [{ b: 'y' }, ['b'], 'yes'],
  [{ b: 'y', a: 'x' }, ['a', 'b'], 'yes'],
];

test.each(GIVEN)('Helm renders what evaluation gives: %j', async (words, names, any) => {
  const chart = chartWith(looped ?? v.words);
  const values = { words };
  const written = writeChart(chart, directory());
  const { stdout } = await helmTemplate({ helm: HELM_4, chart: written, values });
  const [[rendered]] = await decodeManifests([stdout]);
  const expected = { annotations: { any }, finalizers: ['first', ...names] };
  expect(rendered).toMatchObject({ metadata: expected });
  expect(rendered).toHaveProperty('data', names.length > 0 ? words : null);
  expect(chart.manifests({ values })).toMatchObject([{ metadata: expected }]);
});

test('values of several types are no loop', () => {
  expect(() => loopable<unknown>(v.mixed)).toThrow('the values text, number are not of one type');
});

test('a loop would not see what the program fixed', () => {
  const { parts } = composeValues({ part: valuesPart(schema, { fixed: { words: { a: 'x' } } }) });
  expect(loopable(parts.part.words)).toBeUndefined();
});
