import { parse } from 'yaml';
import { copied, isMap } from '../plain-map';
import { BROKER_FILE, FLAT_BROKER_FILE } from './broker-file';
import { DANUBE_HELM_CORE, DANUBE_HELM_ENVOY, DANUBE_HELM_UI } from './danube-helm';
import { connectorMigration, connectorType } from './danube-helm-connector';
import { DANUBE_WITH_ETCD } from './danube-with-etcd';
import { assign, migrated, type Migration, type MigrationRule } from './migrated-values';

type Values = Readonly<Record<string, unknown>>;

/** A chart that people come from. */
export interface UpstreamChart {
  readonly name: string;
  /** Keys at the root of values by which the chart is known. */
  readonly signs: readonly string[];
  /** The chart here that takes its place. */
  readonly target: (values: Values) => string;
  /** `file`: what a ConfigMap held beside the values. */
  readonly migrate: (values: Values, file: string | undefined) => Migration;
}

function fileMigration(text: string | undefined, rules: readonly MigrationRule[]): Migration {
  const file: unknown = parse(text ?? '') ?? {};
  const { values, keys } = migrated(isMap(file) ? file : {}, rules);
  return { values, keys: keys.map((key) => ({ ...key, from: `danube_broker.yml: ${key.from}` })) };
}

/** What the values say wins over the file, as the arguments of the broker did. */
function together(fromFile: Migration, fromValues: Migration): Migration {
  const values = copied(fromFile.values);
  const add = (tree: Values, path: string): void => {
    for (const [key, value] of Object.entries(tree)) {
      const inside = path === '' ? key : `${path}.${key}`;
      if (isMap(value) && Object.keys(value).length > 0) {
        add(value, inside);
      } else {
        assign(values, inside, value);
      }
    }
  };
  add(fromValues.values, '');
  return { values, keys: [...fromValues.keys, ...fromFile.keys] };
}

function withEtcd(upstream: Values, file: string | undefined): Migration {
  const { brokerConfig, ...rest } = upstream;
  const { configFile = '', ...others } = isMap(brokerConfig) ? brokerConfig : {};
  const unknown = Object.keys(others).length === 0 ? {} : { brokerConfig: others };
  return together(
    fileMigration(file ?? String(configFile), FLAT_BROKER_FILE),
    migrated({ ...rest, ...unknown }, DANUBE_WITH_ETCD),
  );
}

/** What one part of upstream values says of another; undefined where there is nothing. */
function field(tree: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isMap(inner) ? inner[key] : undefined), tree);
}

/** Takes a value away, or to another place, together with what the report says of its key. */
function redirected(migration: Migration, from: string, to?: string, because = ''): Migration {
  const isIt = (target = '') => target === from || target.startsWith(`${from}.`);
  const values = copied(migration.values);
  const path = from.split('.');
  const group = field(values, ...path.slice(0, -1));
  const value = field(values, ...path);
  if (isMap(group) && value !== undefined) {
    Reflect.deleteProperty(group, path.at(-1) ?? '');
    if (to !== undefined) {
      assign(values, to, value);
    }
  }
  const keys = migration.keys.map((key) => (isIt(key.to) ? { ...key, to, because } : key));
  return { values, keys };
}

const STORAGE = 'broker.config.storage';

function helmCore(upstream: Values, file: string | undefined): Migration {
  let made = together(fileMigration(file, BROKER_FILE), migrated(upstream, DANUBE_HELM_CORE));
  if (field(upstream, 'broker', 'externalAccess', 'enabled') !== true) {
    made = redirected(made, 'broker.externalAccess', undefined, 'externalAccess was off');
  }
  if (field(made.values, ...STORAGE.split('.'), 'cloudBackend') === 'azblob') {
    made = redirected(made, `${STORAGE}.s3.endpoint`, `${STORAGE}.azblob.endpoint`);
  }
  if (field(made.values, 'broker', 'tls', 'enabled') === true) {
    // Upstream mounted the certificate by a value, and used it by the file alone.
    const values = copied(made.values);
    assign(values, 'broker.config.auth.mode', 'tls');
    made = { ...made, values };
  }
  return made;
}

const core = () => 'danube-core';

export const UPSTREAM_CHARTS: Readonly<Record<string, readonly UpstreamChart[]>> = {
  danube_with_etcd: [{ name: 'danube_with_etcd', signs: [], target: core, migrate: withEtcd }],
  danube_helm: [
    { name: 'danube-core', signs: ['broker', 'etcd'], target: core, migrate: helmCore },
    {
      name: 'danube-ui',
      signs: ['admin', 'ui'],
      target: () => 'danube-admin',
      migrate: (values) => migrated(values, DANUBE_HELM_UI),
    },
    {
      name: 'danube-envoy',
      signs: ['brokerHeadlessAddress', 'brokerPort', 'existingConfigMap'],
      target: core,
      migrate: (values) => migrated(values, DANUBE_HELM_ENVOY),
    },
    {
      name: 'danube-connector',
      signs: ['image', 'config', 'secretEnv', 'env'],
      target: ({ image }) =>
        `danube-connector-${connectorType(isMap(image) ? image.repository : undefined)}`,
      migrate: connectorMigration,
    },
  ],
};

/** The chart of a repository that values are of: as named, or by the keys at their root. */
export function upstreamChart(
  from: string,
  name: string | undefined,
  values: Values,
): UpstreamChart {
  const charts = UPSTREAM_CHARTS[from];
  const found =
    name === undefined
      ? charts.find(({ signs }) => charts.length === 1 || signs.some((sign) => sign in values))
      : charts.find((chart) => chart.name === name);
  if (found === undefined) {
    const names = charts.map((chart) => chart.name).join(', ');
    throw new Error(
      name === undefined
        ? `these are no values of ${from}; say which chart they are of with --upstream: ${names}`
        : `${from} has no chart ${name}; it has ${names}`,
    );
  }
  return found;
}
