import { parse } from 'smol-toml';
import { copied, isMap } from '../plain-map';
import { assign, migrated, same, without, type Migration } from './migrated-values';

/** What a connector of 0.2 calls things, and what the values call them. */
interface Vocabulary {
  /** The table of the routes, and whose keys go into the values. */
  readonly table: string;
  readonly routes: string;
  readonly names: Readonly<Record<string, string>>;
  /** Environment variables that stand for keys of the file. */
  readonly variables: Readonly<Record<string, string>>;
}

const VOCABULARIES: Readonly<Record<string, Vocabulary>> = {
  qdrant: {
    table: 'qdrant',
    routes: 'topic_mappings',
    names: { topic: 'from', collection_name: 'to' },
    variables: { QDRANT_URL: 'qdrant.url' },
  },
  deltalake: {
    table: 'deltalake',
    routes: 'topic_mappings',
    names: { topic: 'from', delta_table_path: 'to' },
    variables: { S3_ENDPOINT: 'deltalake.s3_endpoint', AWS_REGION: 'deltalake.s3_region' },
  },
  surrealdb: {
    table: 'surrealdb',
    routes: 'topic_mappings',
    names: { topic: 'from', table_name: 'to' },
    variables: { SURREALDB_URL: 'surrealdb.url' },
  },
  mqtt: {
    table: 'mqtt',
    routes: 'topic_mappings',
    names: { mqtt_topic: 'from', danube_topic: 'to' },
    variables: { MQTT_BROKER_HOST: 'mqtt.broker_host', MQTT_BROKER_PORT: 'mqtt.broker_port' },
  },
  webhook: {
    table: '',
    routes: 'endpoints',
    names: { path: 'from', danube_topic: 'to' },
    variables: {},
  },
};

/** Keys of every connector.toml that the chart decides, or that do nothing. */
const DECIDED: Readonly<Record<string, string>> = {
  danube_service_url: 'brokers are found by core.releaseName: set it',
  metrics_port: 'it has no effect here; the port is connector.metricsPort',
  'processing.metrics_port': 'the port is connector.metricsPort',
  'processing.log_level': 'it has no effect; see connector.env.RUST_LOG',
};

/** The connector that an image is of, such as `qdrant`. */
export function connectorType(repository: unknown): string {
  const type = /danube-(?:sink|source)-([a-z0-9]+)$/.exec(String(repository))?.at(1);
  if (type === undefined || !Object.hasOwn(VOCABULARIES, type)) {
    throw new Error(
      'image.repository names no connector that there is a chart for: it has to end in ' +
        `danube-sink-<type> or danube-source-<type>, of ${Object.keys(VOCABULARIES).join(', ')}`,
    );
  }
  return type;
}

function renamed(route: unknown, names: Vocabulary['names']): unknown {
  return isMap(route)
    ? Object.fromEntries(Object.entries(route).map(([key, value]) => [names[key] ?? key, value]))
    : route;
}

function withoutFolder(schema: unknown): unknown {
  return isMap(schema) && typeof schema.schema_file === 'string'
    ? { ...schema, schema_file: schema.schema_file.replace(/^.*\//, '') }
    : schema;
}

/** Keys that lead to a value, one a leaf; lists count as leaves. */
function leavesOf(tree: Readonly<Record<string, unknown>>, path = ''): [string, unknown][] {
  return Object.entries(tree).flatMap(([key, value]): [string, unknown][] => {
    const inside = path === '' ? key : `${path}.${key}`;
    return isMap(value) ? leavesOf(value, inside) : [[inside, value]];
  });
}

/** connector.toml as values below `connector.config`. */
function fileMigration(text: string, vocabulary: Vocabulary): Migration {
  const { table, routes, names } = vocabulary;
  const older = table === '' ? routes : `${table}.${routes}`;
  const newer = table === '' ? 'routes' : `${table}.routes`;
  const file: unknown = parse(text);
  const values: Record<string, unknown> = {};
  const keys = leavesOf(isMap(file) ? file : {}).map(([key, value]) => {
    const from = `connector.toml: ${key}`;
    if (Object.hasOwn(DECIDED, key)) {
      return { from, because: DECIDED[key] };
    }
    const to = `connector.config.${key === older ? newer : key}`;
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    if (key === older || key === newer) {
      assign(
        values,
        to,
        list.map((route) => renamed(route, names)),
      );
    } else {
      assign(values, to, key === 'schemas' ? list.map(withoutFolder) : value);
    }
    const because = key === older ? `with ${Object.entries(names).join(' and ')}` : '';
    return { from, to, because: because.replaceAll(',', ' as ') };
  });
  return { values, keys };
}

const RULES = [
  ...same('nameOverride', 'fullnameOverride'),
  { from: 'image.repository', to: 'connector.image.repository' },
  {
    from: 'image.tag',
    to: 'connector.image.tag',
    value: (tag: unknown) => (/^v0\.2\./.test(String(tag)) ? tag : undefined),
    otherwise: 'only v0.2.x is carried over: brokers 0.7 and connectors 0.3 do not go together',
  },
  { from: 'image.pullPolicy', to: 'connector.image.pullPolicy' },
  ...without('the chart mounts the file', 'config.mountPath', 'env.CONNECTOR_CONFIG_PATH'),
  ...without('the file becomes values', 'config.inline'),
  ...without('the file becomes values: give it with --config', 'config.existingConfigMap'),
  ...without('brokers are found by core.releaseName: set it', 'env.DANUBE_SERVICE_URL'),
  { from: 'env.CONNECTOR_NAME', to: 'connector.config.connector_name' },
  { from: 'env.RUST_LOG', to: 'connector.env.RUST_LOG' },
  { from: 'existingSecret', to: 'connector.secrets.existingSecret' },
  { from: 'metricsPort', to: 'connector.metricsPort' },
  ...without('the chart knows the ports of the connector', 'extraPorts'),
  ...without('Services are of type ClusterIP', 'service.type'),
  { from: 'resources', to: 'connector.resources' },
];

/** Files that the old chart mounted: a source can have them as schemas. */
function schemaFiles(extraFiles: unknown): Record<string, unknown> {
  const groups = isMap(extraFiles) ? Object.values(extraFiles).filter(isMap) : [];
  return Object.assign({}, ...groups.map(({ files }) => files)) as Record<string, unknown>;
}

/** The values of danube-connector of danube_helm, with the connector.toml in it or beside it. */
export function connectorMigration(
  upstream: Readonly<Record<string, unknown>>,
  file: string | undefined,
): Migration {
  const { image, env, config, secretEnv, extraFiles, ...rest } = upstream;
  const type = connectorType(isMap(image) ? image.repository : undefined);
  const vocabulary = VOCABULARIES[type];
  const variables = Object.keys(isMap(env) ? env : {}).map((name) =>
    Object.hasOwn(vocabulary.variables, name)
      ? {
          from: `env.${name}`,
          to: `connector.config.${vocabulary.variables[name]}`,
          value: (value: unknown) => (/^\d+$/.test(String(value)) ? Number(value) : value),
        }
      : { from: `env.${name}`, to: `connector.env.${name}` },
  );
  const inline = isMap(config) && typeof config.inline === 'string' ? config.inline : '';
  const fromFile = fileMigration(file ?? inline, vocabulary);
  const fromValues = migrated({ ...rest, image, env, config }, [...variables, ...RULES]);
  const values = copied(fromFile.values);
  for (const [path, value] of leavesOf(fromValues.values)) {
    assign(values, path, value);
  }
  const secretKeys = Object.keys(isMap(secretEnv) ? secretEnv : {});
  const secret = `danube-connector-${type}`;
  if (secretKeys.length > 0 && !upstream.existingSecret) {
    assign(values, 'connector.secrets.existingSecret', secret);
  }
  const files = schemaFiles(extraFiles);
  const takesSchemas = type === 'mqtt' || type === 'webhook';
  if (takesSchemas && Object.keys(files).length > 0) {
    assign(values, 'connector.schemaFiles', files);
  }
  return {
    values,
    keys: [
      ...fromValues.keys,
      ...secretKeys.map((key) => ({
        from: `secretEnv.${key}`,
        to: 'connector.secrets.existingSecret',
        because: `make a Secret ${secret} that has this key; the chart holds no secrets`,
      })),
      ...Object.keys(isMap(extraFiles) ? extraFiles : {}).map((name) => ({
        from: `extraFiles.${name}`,
        to: takesSchemas ? 'connector.schemaFiles' : undefined,
        because: takesSchemas ? 'by the names of the files' : 'see connector.extraVolumes',
      })),
      ...fromFile.keys,
    ],
  };
}
