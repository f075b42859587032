import type { z } from 'zod';
import type { HelmChart } from '../../../src/helm';
import { isMap } from '../../../src/helm/expression/go-value';
import { fieldsOf, schemaNode } from '../../../src/helm/values/schema-node';
import { refusalOf } from '../chart-proof';
import { CONNECTOR_CHARTS, workingValues } from './connector-charts';
import { configTree } from './connector-proof';
import { merged } from './connector-sets';
import { CLICKHOUSE } from './facts/clickhouse-facts';
import type { ConnectorFacts, FactKey } from './facts/fact-key';
import { GREPTIMEDB } from './facts/greptimedb-facts';
import { LANCEDB } from './facts/lancedb-facts';
import { DELTALAKE, QDRANT, SURREALDB } from './facts/sink-facts';
import { MQTT, WEBHOOK } from './facts/source-facts';

type Version = '0.2' | '0.3';

const FACTS: Readonly<Record<string, ConnectorFacts>> = {
  qdrant: QDRANT,
  deltalake: DELTALAKE,
  surrealdb: SURREALDB,
  webhook: WEBHOOK,
  mqtt: MQTT,
  lancedb: LANCEDB,
  clickhouse: CLICKHOUSE,
  greptimedb: GREPTIMEDB,
};

/** Leads into the first item of each list on the way. */
function at(tree: unknown, path: readonly string[]): unknown {
  const [word, ...rest] = path;
  const inner: unknown = Array.isArray(tree) ? tree[0] : tree;
  if (path.length === 0) {
    return tree;
  }
  return isMap(inner) ? at(inner[word], rest) : undefined;
}

/** The same with one value replaced; undefined takes it out. */
function withAt(tree: unknown, path: readonly string[], value: unknown): unknown {
  const [word, ...rest] = path;
  if (path.length === 0) {
    return value;
  }
  const inner: unknown = Array.isArray(tree) ? tree[0] : tree;
  const map = isMap(inner) ? inner : {};
  const changed = { ...map, [word]: withAt(map[word], rest, value) };
  return Array.isArray(tree) ? [changed] : changed;
}

/** Every key of `connector.config`, also in the items of lists. */
function keysOf(schema: z.core.$ZodType, path: string): readonly [string, z.core.$ZodType][] {
  const { def } = schemaNode(schema).core._zod;
  if (def.type === 'array' && fieldsOf(def.element) !== undefined) {
    return keysOf(def.element, path);
  }
  const fields = fieldsOf(schema);
  return fields === undefined
    ? [[path, schema]]
    : fields.flatMap(([name, field]) => keysOf(field, path === '' ? name : `${path}.${name}`));
}

function configSchema(chart: HelmChart): z.core.$ZodType {
  const below = (schema: z.core.$ZodType, name: string) =>
    new Map(fieldsOf(schema)).get(name) ?? schema;
  return below(below(chart.values.schema, 'connector'), 'config');
}

describe.each(CONNECTOR_CHARTS)('$name', (connector) => {
  const { name, chart, config, tags } = connector;
  const facts = FACTS[name];
  const schemaOf = new Map(keysOf(configSchema(chart), ''));
  const versions: readonly Version[] = tags === undefined ? ['0.3'] : ['0.2', '0.3'];
  const entries = Object.entries(facts.keys);
  const keys = entries.filter((entry): entry is [string, FactKey] => 'takes' in entry[1]);
  const refusedKeys = entries.filter(([, one]) => 'isRefused' in one).map(([path]) => path);

  const setOf = (changed: unknown, version: Version = '0.3') => ({
    values:
      version === '0.3'
        ? workingValues(connector, changed)
        : { connector: { configVersion: version, config: changed } },
    releaseName: 'pipe',
  });
  const amidOthers = (amid: FactKey['amid'] = {}) =>
    Object.entries(amid).reduce<unknown>(
      (sum, [key, one]) => withAt(sum, key.split('.'), one),
      config,
    );
  const changed = (path: string, value: unknown, amid?: FactKey['amid']) =>
    withAt(amidOthers(amid), path.split('.'), value);
  const isOf = ({ only }: FactKey, version: Version) => only === undefined || only === version;
  /** What is read at a key, in the words of the version. */
  const written = (tree: unknown, path: string, version: Version) => {
    const words = path.split('.');
    const known = words.map((word, index) =>
      version === '0.2' ? (facts.olderWords[words.slice(0, index + 1).join('.')] ?? word) : word,
    );
    return at(tree, known);
  };

  test('the chart has these keys and no others, and refuses what has no effect', () => {
    const isRefused = (path: string) => {
      const schema = schemaOf.get(path);
      return schema !== undefined && schemaNode(schema).meta.refused !== undefined;
    };
    const paths = [...schemaOf.keys()];
    expect(paths.filter((path) => !isRefused(path)).sort()).toEqual(
      keys.map(([path]) => path).sort(),
    );
    expect(paths.filter(isRefused).sort()).toEqual([...refusedKeys].sort());
    for (const path of refusedKeys) {
      const message = refusalOf(chart, setOf(changed(path, 'x')));
      expect(message).toMatch(/^connector\.config\.[^:]*: .*[:;]/);
      expect(message).toContain(path.split('.').at(-1));
    }
  });

  test.each(versions)('defaults are those of the facts, in the words of %s', (version) => {
    const plain = setOf(config, version);
    expect(refusalOf(chart, plain)).toBe('not refused');
    const tree = configTree(chart, plain);
    const port = version === '0.2' ? undefined : 9090;
    expect(at(tree, ['processing', 'metrics_port'])).toBe(port);
    for (const [path, key] of keys) {
      const set = key.amid === undefined ? plain : setOf(amidOthers(key.amid), version);
      const found = written(configTree(chart, set), path, version);
      const given = key.written === undefined ? at(config, path.split('.')) : undefined;
      const meant = given ?? key.default;
      expect([path, found]).toEqual([path, isOf(key, version) ? meant : undefined]);
    }
    for (const [path, word] of Object.entries(facts.olderWords)) {
      const older = path
        .split('.')
        .slice(0, -1)
        .concat(version === '0.2' ? [] : word);
      expect(version === '0.2' ? at(tree, path.split('.')) : at(tree, older)).toBeUndefined();
    }
  });

  test.each(versions)('what is written stands in the file, in the words of %s', (version) => {
    for (const [path, key] of keys) {
      for (const value of key.takes) {
        const set = setOf(changed(path, value, key.amid), version);
        if (key.only === '0.2' && version !== key.only) {
          expect([path, refusalOf(chart, set)]).toEqual([path, expect.stringContaining('0.3')]);
          continue;
        }
        const tree = configTree(chart, set);
        const meant = key.written === undefined ? value : key.written(value);
        const found = written(tree, path, version);
        expect([path, found]).toEqual([path, isOf(key, version) ? meant : undefined]);
        if (key.alsoIn02 !== undefined) {
          const older = at(tree, key.alsoIn02.split('.'));
          expect([path, older]).toEqual([path, version === '0.2' ? value : undefined]);
        }
      }
    }
  });

  test('other types, words and numbers are refused, and what is required', () => {
    for (const [path, key] of keys) {
      const wrong = [...key.refuses, ...(key.isRequired ? [undefined] : [])];
      for (const value of wrong) {
        const message = refusalOf(chart, setOf(changed(path, value, key.amid)));
        expect([path, value, message]).toEqual([path, value, expect.stringContaining('config')]);
      }
    }
  });

  test('descriptions say units, and the defaults that are left to the program', () => {
    for (const [path, { says }] of keys) {
      const schema = schemaOf.get(path);
      const description = schema === undefined ? '' : (schemaNode(schema).meta.description ?? '');
      for (const text of says) {
        expect([path, description]).toEqual([path, expect.stringMatching(new RegExp(text, 'i'))]);
      }
    }
  });

  test('variables: secrets come from Secrets, and none wins over a key', () => {
    const fromKeys = Object.keys(
      at(chart.values.defaults, ['connector', 'secrets', 'fromKeys']) ?? {},
    );
    expect(fromKeys.sort()).toEqual([...facts.secrets].sort());
    const shared = ['CONNECTOR_CONFIG_PATH', 'DANUBE_SERVICE_URL', 'CONNECTOR_NAME', 'LOG_LEVEL'];
    for (const name of [...shared, ...facts.secrets, ...facts.refusedVariables]) {
      const values = merged(setOf(config).values, { connector: { env: { [name]: 'x' } } });
      expect(refusalOf(chart, { values })).toMatch(new RegExp(`^connector\\.env\\.${name}: `));
    }
  });
});
