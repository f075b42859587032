import { z } from 'zod';
import { defineValues, refusedKey, valuesTable } from '../../../src/helm';
import { fileOf, newChart } from '../new-chart';

const values = defineValues(
  z.object({
    logging: z
      .object({
        format: z.string().default('text').describe('How lines look.'),
        level: refusedKey('it has no effect', 'set the variable LEVEL'),
      })
      .prefault({}),
    routes: z
      .array(z.object({ from: z.string(), topic: refusedKey('that is an old word', 'write from') }))
      .default([])
      .describe('Routes.'),
  }),
);
const chart = newChart(values);

/** As a user of the chart writes it, who knows nothing of its types. */
function refusal(given: Record<string, unknown>): string {
  try {
    chart.manifests({ values: given });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
}

test.each(['debug', false, 0, ['a']])('a refused key is refused with the reason: %p', (level) => {
  expect(refusal({ logging: { level } })).toBe(
    'logging.level: it has no effect; set the variable LEVEL',
  );
});

test('it is refused in items of lists, and a text that looks like it is not', () => {
  const message = 'routes[].topic: that is an old word; write from';
  expect(refusal({ routes: [{ from: 'a' }, { from: 'b', topic: '/x' }] })).toBe(message);
  expect(refusal({ routes: [{ from: '{"topic":"x"}' }, { from: ',"topic":' }] })).toBe('');
});

test('where it is not written nothing is refused', () => {
  expect(refusal({ logging: { format: 'json' } })).toBe('');
});

test('it stands neither in values.yaml nor in the reference, and other keys still do', () => {
  const text = fileOf(chart, 'values.yaml');
  expect(text).toContain('format: text');
  expect(text).not.toContain('level');
  expect(valuesTable(values.schema)).not.toContain('level');
  expect(fileOf(chart, 'values.editor.schema.json')).toContain('Refused: it has no effect');
});

test('in TypeScript it cannot be written', () => {
  const typed: z.input<typeof values.schema> = {
    // @ts-expect-error -- a refused key has no value
    logging: { level: 'debug' },
  };
  expect(typed).toBeDefined();
});
