import { App } from 'cdk8s';
import { z } from 'zod';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { HelmChart, chartFiles, defineValues, jsonSchemaOf, writeChart } from '../../../src/helm';
import { helmVersions } from '../../real-helm/binaries';
import { helmTemplate } from '../../real-helm/run-helm';
import { useTemporaryDirectory } from '../temporary-directory';

const directory = useTemporaryDirectory();

const PROSE = ['description', 'default', 'examples', 'deprecated'];

const probe = () =>
  z
    .object({
      path: z.string().max(40).default('/ready').describe('Where it asks.'),
      periodSeconds: z.int().min(1).max(600).default(10).describe('Seconds between tries.'),
    })
    .prefault({});

const level = () => z.enum(['trace', 'debug', 'information', 'warning', 'error']);

const sidecar = z
  .object({ name: z.string().max(63), command: z.array(z.string()).optional() })
  .meta({ id: 'Sidecar', examples: [{ name: 'a' }] });

const values = defineValues(
  z.object({
    server: z
      .object({
        readinessProbe: probe().describe('Whether it is ready.'),
        livenessProbe: probe().describe('Whether it lives.'),
        logLevel: level().default('information').describe('How much it logs.'),
        sidecars: z.array(sidecar).default([]).describe('More containers.'),
      })
      .prefault({}),
    agent: z
      .object({
        readinessProbe: probe().describe('Whether it is ready.'),
        logLevel: level().default('error').describe('How much it logs.'),
        sidecars: z.array(sidecar).default([]).describe('More containers.'),
        main: sidecar.optional().describe('The first of them.'),
      })
      .prefault({}),
  }),
);

const chart = new HelmChart(new App(), 'shared', {
  metadata: { name: 'shared', version: '1.0.0', description: 'Values that repeat.' },
  values,
});

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(of: HelmChart, file: string): Record<string, unknown> {
  const schema: unknown = JSON.parse(chartFiles(of).get(file) ?? '');
  return isMap(schema) ? schema : {};
}

/** With the definitions put back in the place of their references. */
function resolved(value: unknown, definitions: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => resolved(item, definitions));
  }
  if (!isMap(value)) {
    return value;
  }
  if (typeof value.$ref === 'string' && isMap(definitions)) {
    expect(Object.keys(value)).toEqual(['$ref']);
    return resolved(definitions[value.$ref.replace('#/definitions/', '')], definitions);
  }
  const entries = Object.entries(value).filter(([key]) => key !== 'definitions');
  return Object.fromEntries(entries.map(([key, inner]) => [key, resolved(inner, definitions)]));
}

const MARK = 'Cannot change after the installation.';

/** Prose is all but the mark of values that cannot change. */
function isProse(key: string, value: unknown): boolean {
  return PROSE.includes(key) && !(typeof value === 'string' && value.endsWith(MARK));
}

/** Without prose, but with properties that are called like it. */
function checksOf(value: unknown, isSchema = true): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => checksOf(item));
  }
  if (!isMap(value)) {
    return value;
  }
  const kept = Object.entries(value)
    .filter(([key, inner]) => !(isSchema && isProse(key, inner)))
    .map(([key, inner]) => {
      const isMark = isSchema && key === 'description';
      return [key, isMark ? MARK : checksOf(inner, !(isSchema && key === 'properties'))] as const;
    });
  const rest = Object.fromEntries(kept);
  const [only, ...others] = isSchema && Array.isArray(rest.allOf) ? (rest.allOf as unknown[]) : [];
  const isWrapper = others.length === 0 && isMap(only) && only.type !== undefined;
  return isWrapper && Object.keys(rest).length === 1 ? only : rest;
}

/** Without the lists of keys that stand alone under `allOf`. */
function withoutProvided(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .filter((item) => !(isMap(item) && Object.keys(item).join() === 'required'))
      .map(withoutProvided);
  }
  if (!isMap(value)) {
    return value;
  }
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutProvided(inner)]);
  const rest = Object.fromEntries(entries) as Record<string, unknown>;
  if (Array.isArray(rest.allOf) && rest.allOf.length === 0) {
    delete rest.allOf;
  }
  return rest;
}

describe.each([
  ['a small chart', chart],
  ['danube-core', new DanubeCoreChart(new App(), 'danube-core')],
])('%s', (_name, of) => {
  test('values.schema.json checks what the schema of the values says, and one mark', () => {
    const { $comment, ...schema } = parsed(of, 'values.schema.json');
    expect($comment).toMatch(/^What Helm checks/);
    const full = jsonSchemaOf(of.values.schema);
    const expected = checksOf(resolved(full, full.definitions));
    expect(resolved(schema, schema.definitions)).toEqual(expected);
  });

  test('the schema for editors says every word, and requires nothing that has a default', () => {
    const schema = parsed(of, 'values.editor.schema.json');
    const full = jsonSchemaOf(of.values.schema);
    const expected = withoutProvided(resolved(full, full.definitions));
    expect(resolved(schema, schema.definitions)).toEqual(expected);
    expect(JSON.stringify(expected)).not.toContain('{"required":');
    expect(JSON.stringify(full)).toContain('{"required":');
  });
});

test('what stands in several places is written once, under the name of its first place', () => {
  const { properties, definitions } = parsed(chart, 'values.schema.json');
  expect(properties).toMatchObject({
    server: {
      properties: {
        readinessProbe: { $ref: '#/definitions/ReadinessProbe' },
        livenessProbe: { $ref: '#/definitions/ReadinessProbe' },
        logLevel: { $ref: '#/definitions/LogLevel' },
      },
    },
    agent: { properties: { readinessProbe: { $ref: '#/definitions/ReadinessProbe' } } },
  });
  expect(isMap(definitions) ? Object.keys(definitions) : []).toEqual([
    'Sidecar',
    'ReadinessProbe',
    'LogLevel',
  ]);
});

test('a line holds what fits on it', () => {
  const text = chartFiles(chart).get('values.schema.json');
  expect(text).toContain(
    '\n    "periodSeconds": {"type": "integer", "minimum": 1, "maximum": 600}\n',
  );
});

test.each(helmVersions)('Helm $version names the value and not the definition', async (helm) => {
  const directoryOfChart = writeChart(chart, directory());
  const wrong = {
    server: { livenessProbe: { periodSeconds: 0 } },
    agent: { readinessProbe: { port: 1 }, sidecars: [{ name: 7 }] },
  };
  const { ok, stderr } = await helmTemplate({ helm, chart: directoryOfChart, values: wrong });
  expect(ok).toBe(false);
  expect(stderr).not.toContain('definitions');
  const paths = [
    /server.livenessProbe.periodSeconds'?: .*(0|greater)/,
    /agent.readinessProbe'?: .*port'? (is )?not allowed/,
    /agent.sidecars.0.name'?: .*(got number, want string|Expected: string)/,
  ];
  for (const path of paths) {
    expect(stderr.replace(/(?<=\w)\/|(?<=')\//g, '.')).toMatch(path);
  }
});
