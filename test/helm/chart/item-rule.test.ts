import { z } from 'zod';
import {
  ChartPart,
  composeValues,
  defineValues,
  eq,
  gt,
  pairs,
  requireItems,
  requireNone,
  valuesPart,
} from '../../../src/helm';
import { newChart } from '../new-chart';

const schema = z.object({
  strict: z.boolean().default(true),
  ports: z.array(z.object({ name: z.string(), port: z.int().default(0) })).default([]),
});

function addRules(part: ChartPart, v: ReturnType<typeof defineValues<typeof schema>>['v']): void {
  requireItems(part, 'lowPorts', {
    path: 'ports',
    list: v.ports,
    holds: ({ port }) => gt(port, 1023),
    named: ({ name }) => name,
    problem: 'has a port that only root may open',
    fix: 'write one above 1023, or set strict to false',
    unless: eq(v.strict, false),
  });
  requireNone(part, 'samePorts', {
    path: 'ports',
    found: pairs(
      v.ports,
      (one, other) => eq(one.port, other.port),
      ({ name }) => name,
    ),
    problem: 'has the port of a later one',
    fix: 'write another',
  });
}

const chart = newChart(defineValues(schema));
addRules(new ChartPart(chart, chart.v), chart.v);

const http = { name: 'http', port: 8080 };

test('items that break a rule are named', () => {
  expect(chart.manifests({ values: { ports: [http] } })).toEqual([]);
  const ports = [http, { name: 'a', port: 80 }, { name: 'b' }];
  expect(() => chart.manifests({ values: { ports } })).toThrow(
    'ports: a, b has a port that only root may open; write one above 1023, or set strict to false',
  );
  expect(chart.manifests({ values: { strict: false, ports } })).toEqual([]);
});

test('pairs name the first of two that clash, whatever their distance', () => {
  const ports = [http, { name: 'other', port: 8081 }, { name: 'third', port: 8080 }];
  expect(() => chart.manifests({ values: { ports } })).toThrow('ports: http has the port of');
});

test('in a part of a chart the path is that of the whole', () => {
  const values = composeValues({ left: valuesPart(schema) });
  const whole = newChart(values);
  addRules(new ChartPart(whole, values.parts.left), values.parts.left);
  const ports = [{ name: 'a', port: 80 }];
  expect(() => whole.manifests({ values: { left: { ports } } })).toThrow('left.ports: a has');
});
