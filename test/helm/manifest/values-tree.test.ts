import { parse } from 'smol-toml';
import { z } from 'zod';
import { defineValues, refusedKey, tomlFile, valuesTree, when, yamlFile } from '../../../src/helm';
import { renderFileTemplate } from '../../../src/helm/manifest/evaluate-manifest';
import type { TextFile } from '../../../src/helm/manifest/node';
import { newChart } from '../new-chart';

const item = z.object({
  from: z.string(),
  size: z.int().default(3),
  note: z.string().optional(),
  columns: z.array(z.object({ name: z.string(), hidden: z.boolean().default(false) })).optional(),
});
const values = defineValues(
  z.object({
    config: z
      .object({
        name: z.string().default(''),
        port: z.int().default(80),
        ratio: z.number().optional(),
        tags: z.array(z.string()).default([]),
        old: refusedKey('gone', 'leave it out'),
        table: z
          .object({ items: z.array(item).default([]), free: z.record(z.string(), z.string()) })
          .prefault({ free: {} }),
      })
      .prefault({}),
    wild: z.union([z.string(), z.int()]).default('a'),
  }),
);
const chart = newChart(values);
const { v } = chart;

function text(file: unknown, given: Record<string, unknown>): string {
  return renderFileTemplate(file as TextFile, chart.environmentOf({ values: given }));
}

function read(given: z.input<typeof values.schema>, tree: object = valuesTree(v.config)): unknown {
  return parse(text(tomlFile(tree), given));
}

test('a file says what values say, and leaves out what they leave out', () => {
  expect(read({})).toEqual({ port: 80, tags: [] });
  const config = {
    name: 'a "b"\nc',
    port: 9007199254740991,
    ratio: 0.5,
    tags: ['x', 'ü'],
    table: {
      items: [
        { from: 'a' },
        { from: 'b', size: 0, note: 'n', columns: [{ name: 'c' }, { name: 'd', hidden: true }] },
      ],
      free: { 'dotted.key': 'v', 'with "quotes"': '\\', plain: '' },
    },
  };
  expect(read({ config })).toEqual({
    ...config,
    table: {
      ...config.table,
      items: [
        { from: 'a', size: 3 },
        {
          ...config.table.items[1],
          columns: [
            { name: 'c', hidden: false },
            { name: 'd', hidden: true },
          ],
        },
      ],
    },
  });
});

test('other fields can take the place of a key', () => {
  const tree = valuesTree(v.config, {
    fields: (path, { key, tree: inner }) =>
      path === 'table.items.from'
        ? { topic: inner(), first: true }
        : { [key === 'port' ? 'listen' : key]: key === 'tags' ? when(false, 1) : inner() },
  });
  expect(read({ config: { table: { items: [{ from: 'a' }], free: {} } } }, tree)).toEqual({
    listen: 80,
    table: { items: [{ topic: 'a', first: true, size: 3 }] },
  });
});

test('YAML files take the tree too', () => {
  const file = yamlFile(valuesTree(v.config));
  expect(text(file, { config: { name: 'a' } })).toContain('name: "a"\nport: 80');
});

test('a value of several types has to be written out', () => {
  expect(() => valuesTree(v)).toThrow('wild may be of several types');
});
