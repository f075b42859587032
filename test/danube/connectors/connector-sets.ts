import { coalesce } from '../../../src/helm';
import { isMap } from '../../../src/helm/expression/go-value';
import type { NamedSet } from '../../property/leaves';
import { CONNECTOR_OBJECTS } from '../../../src/danube/connectors/connector-objects';
import { overriding, POD_OVERRIDES, REFUSED_FAMILIES, toldApart } from '../extension-sets';
import { at, nested, soundPods, twice } from '../core/core-sets';
import type { RefusedSet } from '../chart-proof';

export type Values = Record<string, unknown>;

/** What the sets of a connector's chart are made from. */
export interface ConnectorSetsProps {
  /** The least that its rules demand: what it talks to, one route. */
  readonly minimal: Values;
  /** Names of the variables that hold secrets. */
  readonly secrets: readonly string[];
  /** Its tags, where it has versions. */
  readonly tags?: Readonly<Record<'0.2' | '0.3', string>>;
  readonly replicas: 'one' | 'ownNames' | 'any';
  /** Path of its routes below `connector`: `config.qdrant.routes`. */
  readonly routes: string;
}

export function merged(...all: readonly Values[]): Values {
  return all.reduce<Values>((sum, values) => {
    const both = coalesce(sum, values);
    return isMap(both) ? both : sum;
  }, {});
}

/** Makes sets of values that all have the least that the rules demand. */
export function setsOn(minimal: Values) {
  const set = (name: string, values: Values, releaseName = 'danube'): NamedSet => ({
    name,
    set: { values: merged(minimal, values), releaseName, namespace: 'messaging' },
  });
  const refused = (path: string, values: Values): RefusedSet => ({
    ...set(`refused: ${path} ${JSON.stringify(values)}`.slice(0, 100), values),
    path,
  });
  return { set, refused };
}

/** The newest version of a connector, with brokers that it can talk to. */
export function newest(tags: Readonly<Record<'0.2' | '0.3', string>> | undefined): Values {
  return tags === undefined
    ? {}
    : {
        core: { brokerVersion: '0.8' },
        connector: { configVersion: '0.3', image: { tag: tags['0.3'] } },
      };
}

const shopPods = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } };
/** Monitors whose scrapes may take all of the interval. */
function monitors(interval: string): Values {
  const labels = { team: 'messaging' };
  return {
    serviceMonitor: { enabled: true, labels, interval, scrapeTimeout: interval },
    prometheusRule: { enabled: true, labels, namespace: 'monitoring' },
  };
}

const bootstrap = {
  enabled: true,
  namespaces: ['shop', 'iot'],
  schemas: { 'order-v1': { content: '{"type": "object"}' } },
  topics: {
    '/shop/orders': {
      partitions: 3,
      dispatchStrategy: 'reliable',
      schema: { subject: 'order-v1', validationPolicy: 'enforce', payloadValidation: true },
    },
    '/shop/others': { schema: { subject: 'order-v1' } },
    '/shop/plain': {},
  },
};

/** The sets that every connector is proved with. */
export function sharedSets(props: ConnectorSetsProps): readonly NamedSet[] {
  const { set } = setsOn(props.minimal);
  const secret = props.secrets.at(0);
  const current = newest(props.tags);
  return [
    set('the least', {}),
    set('the newest version', current),
    set('core elsewhere', { core: { releaseName: 'foo', namespace: 'brokers' } }),
    set('core with an unusual name', { core: { releaseName: '1.foo' } }),
    set('an explicit URL', {
      core: { tls: true },
      connector: { config: { danube_service_url: 'http://broker.example.com:6651' } },
    }),
    set('an explicit URL without a port', {
      connector: {
        config: { danube_service_url: 'http://broker.example.com', connector_name: 'own' },
        networkPolicy: { brokers: [{ ipBlock: { cidr: '10.0.0.0/8' } }] },
      },
    }),
    set('more brokers', { connector: { networkPolicy: { brokers: [shopPods] } } }),
    set('monitored', merged(current, { connector: monitors('10s') })),
    set(
      'monitored and let in',
      merged(current, {
        connector: { ...monitors('1m'), networkPolicy: { scrapers: [shopPods] } },
      }),
    ),
    set(
      'monitored without a network policy',
      merged(current, { connector: { ...monitors('1h'), networkPolicy: { enabled: false } } }),
    ),
    set('known backend', {
      connector: { networkPolicy: { backend: { peers: [shopPods], ports: [8443, 9443] } } },
    }),
    ...(secret === undefined
      ? []
      : [
          set('secret as a whole', { connector: { secrets: { existingSecret: 'keys' } } }),
          set('secret by key', {
            connector: { secrets: { fromKeys: { [secret]: { secretName: 'keys', key: 'a' } } } },
          }),
          ...props.secrets.map((name) =>
            set(`${name} for a trial`, {
              connector: { secrets: { trialValues: { [name]: 'x' } } },
            }),
          ),
        ]),
    set('bootstrapped', { bootstrap }),
    set('bootstrapped without a network policy', {
      bootstrap: { ...bootstrap, existingConfigMap: 'schemas' },
      connector: { networkPolicy: { enabled: false } },
    }),
    set('bootstrapped at an explicit URL', {
      bootstrap: { enabled: true },
      connector: { config: { danube_service_url: 'http://broker.example.com:6651' } },
    }),
    set('bootstrapped at an explicit URL of known brokers', {
      bootstrap: { enabled: true, namespaces: ['shop'] },
      connector: {
        config: { danube_service_url: 'http://broker.example.com' },
        networkPolicy: { brokers: [shopPods] },
      },
    }),
    set('unwatched connections', { connector: { brokerConnections: { watched: false } } }),
    set('overridden pods', {
      ...overriding('connector'),
      bootstrap: { enabled: true, podOverrides: POD_OVERRIDES },
    }),
    set(
      'objects told apart',
      merged(current, { connector: monitors('500ms'), bootstrap }, toldApart(CONNECTOR_OBJECTS)),
    ),
    set(
      'both IP families',
      merged(current, {
        ipFamilyPolicy: 'PreferDualStack',
        ipFamilies: ['IPv4', 'IPv6'],
        connector: monitors('1d'),
      }),
    ),
    set('paused', { connector: { replicaCount: 0 } }),
    ...(props.replicas === 'one' ? [] : severalPods(set)),
    { name: 'switched off', set: { values: { connector: { enabled: false } } } },
    set('an existing service account', {
      connector: { serviceAccount: { create: false, name: 'cloud' } },
    }),
    set('a cloud identity', {
      connector: { serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'arn' } } },
    }),
    set('OpenShift', { platformAssignedIds: true, bootstrap: { enabled: true } }),
    set('mirror', {
      global: { imageRegistry: 'mirror.example.com:5000/x', imagePullSecrets: ['pull'] },
    }),
    set('a digest', { connector: { image: { digest: `sha256:${'ab'.repeat(32)}` } } }),
    set('overridden name', { nameOverride: 'second' }),
    set('overridden full name', { fullnameOverride: 'whole' }),
    set('unusual release name', {}, '1.very-long.release-name-that-cannot-be-a-prefix-123'),
    ...(props.tags === undefined
      ? []
      : [
          set(
            'the newest version with a single old broker',
            merged(current, { core: { brokerVersion: '0.7', singleBroker: true } }),
          ),
        ]),
  ];
}

function severalPods(set: (name: string, values: Values) => NamedSet): readonly NamedSet[] {
  const several = { connector: { replicaCount: 3 } };
  return [
    set('several', several),
    set('several that lack two', merged(several, { connector: { pdb: { maxUnavailable: 2 } } })),
    set('several without a budget', merged(several, { connector: { pdb: { enabled: false } } })),
  ];
}

/** What every connector refuses. */
export function sharedRefusals(props: ConnectorSetsProps): readonly RefusedSet[] {
  const { refused } = setsOn(props.minimal);
  const env = (name: string): RefusedSet =>
    refused(`connector.env.${name}`, { connector: { env: { [name]: 'x' } } });
  const secret = props.secrets.at(0);
  const current = newest(props.tags);
  return [
    refused('connector.config.danube_service_url', {
      connector: { config: { danube_service_url: 'https://broker:6650' } },
    }),
    refused('core.tls', { core: { tls: true } }),
    ...REFUSED_FAMILIES.map(([path, values]) => refused(path, values)),
    refused('ipFamilies', merged(current, { ipFamilies: ['IPv6'], connector: monitors('1m') })),
    refused('objectLabels', {
      commonLabels: { team: 'all' },
      objectLabels: { connectorService: { team: 'one' } },
    }),
    refused(
      'connector.serviceMonitor.scrapeTimeout',
      merged(current, {
        connector: { serviceMonitor: { enabled: true, interval: '30s', scrapeTimeout: '1m' } },
      }),
    ),
    refused('connector.extraEnv', twice('connector', 'RUST_LOG')),
    refused('connector.extraEnv', {
      connector: { extraEnv: [{ name: 'CONNECTOR_CONFIG_PATH', value: '/elsewhere' }] },
    }),
    refused('connector.extraArgs', { connector: { extraArgs: ['--help'] } }),
    refused(`connector.${props.routes}`, nested(`connector.${props.routes}`, [])),
    ...['CONNECTOR_CONFIG_PATH', 'DANUBE_SERVICE_URL', 'CONNECTOR_NAME', 'LOG_LEVEL'].map(env),
    ...props.secrets.map(env),
    ...(secret === undefined
      ? []
      : [
          refused('connector.secrets.trialValues', {
            connector: { secrets: { existingSecret: 'a', trialValues: { [secret]: 'b' } } },
          }),
        ]),
    ...['log_level', 'metrics_port'].map((key) =>
      refused(`connector.config.processing.${key}`, {
        connector: { config: { processing: { [key]: 'info' } } },
      }),
    ),
    ...(props.tags === undefined ? [] : versionRefusals(props, props.tags)),
    ...(props.replicas === 'one'
      ? [refused('connector.replicaCount', { connector: { replicaCount: 2 } })]
      : []),
    ...(props.replicas === 'ownNames'
      ? [
          refused('connector.config.connector_name', {
            connector: { replicaCount: 2, config: { connector_name: 'same' } },
          }),
        ]
      : []),
  ];
}

function versionRefusals(
  props: ConnectorSetsProps,
  tags: Readonly<Record<'0.2' | '0.3', string>>,
): readonly RefusedSet[] {
  const { refused } = setsOn(props.minimal);
  const tag = (configVersion: string, text: string): RefusedSet =>
    refused('connector.image.tag', {
      core: { brokerVersion: '0.8' },
      connector: { configVersion, image: { tag: text } },
    });
  return [
    tag('0.2', tags['0.3']),
    tag('0.2', 'latest'),
    tag('0.2', '0.10.1'),
    tag('0.2', 'v1.0.0'),
    tag('0.3', tags['0.2']),
    tag('0.3', '0.2.0-amd64'),
    refused('connector.configVersion', {
      connector: { configVersion: '0.3', image: { tag: tags['0.3'] } },
    }),
    refused('connector.serviceMonitor.enabled', {
      connector: { serviceMonitor: { enabled: true } },
    }),
    refused('connector.prometheusRule.enabled', {
      connector: { prometheusRule: { enabled: true } },
    }),
  ];
}

/** Sets that every sink is proved with besides. */
export function sinkSets(props: ConnectorSetsProps): readonly NamedSet[] {
  const { set } = setsOn(props.minimal);
  return [set('without waiting for topics', { connector: { waitForTopics: false } })];
}

/** What every sink refuses besides. */
export function sinkRefusals(props: ConnectorSetsProps): readonly RefusedSet[] {
  const { refused } = setsOn(props.minimal);
  const routes = at(props.minimal, `connector.${props.routes}`);
  const list: readonly unknown[] = Array.isArray(routes) ? routes : [];
  const config = (path: string, values: Values) =>
    refused(`connector.config.${path}`, { connector: { config: values } });
  return [
    refused(`connector.${props.routes}`, nested(`connector.${props.routes}`, [...list, ...list])),
    config('retry.initial_interval_ms', { retry: { initial_interval_ms: 1 } }),
    config('retry.max_interval_ms', { retry: { max_interval_ms: 1 } }),
    config('processing.poll_interval_ms', { processing: { poll_interval_ms: 1 } }),
    config('schemas', { schemas: [] }),
  ];
}

/** Sets that every source is proved with besides; `topic` is one of the minimal routes. */
export function sourceSets(props: ConnectorSetsProps, topic: string): readonly NamedSet[] {
  const { set } = setsOn(props.minimal);
  const schemas = [
    { topic, subject: 'as-json', schema_type: 'json_schema', schema_file: 'a.json' },
    { topic, subject: 'as-text', schema_type: 'string', auto_register: false },
    { topic, subject: 'pinned', schema_type: 'bytes', version_strategy: 'pinned', version: 2 },
    {
      ...{ topic, subject: 'avro', schema_type: 'avro', schema_file: 'b.avsc' },
      ...{ version_strategy: 'minimum', version: 1 },
    },
    { topic, subject: 'json', schema_type: 'json', schema_file: 'a.json' },
  ];
  return [
    set('schemas', {
      connector: {
        config: { schemas },
        schemaFiles: { 'a.json': '{"type":\n "object"}\n', 'b.avsc': '"string"' },
      },
    }),
    set('schemas without files', { connector: { config: { schemas: schemas.slice(1, 3) } } }),
  ];
}

/** What every source refuses besides. */
export function sourceRefusals(props: ConnectorSetsProps, topic: string): readonly RefusedSet[] {
  const { refused } = setsOn(props.minimal);
  const schema = (values: Values, rest: Values = {}) =>
    refused('connector.config.schemas', {
      connector: {
        config: { schemas: [{ topic, subject: 's', schema_type: 'string', ...values }] },
        ...rest,
      },
    });
  const files = { schemaFiles: { a: '{}' } };
  return [
    schema({ schema_type: 'avro' }),
    schema({ schema_type: 'json', schema_file: 'missing' }, files),
    schema({ schema_type: 'json_schema' }, files),
    schema({ schema_file: 'a' }, files),
    schema({ version: 1 }),
    schema({ version_strategy: 'pinned' }),
    schema({ topic: '/default/no-route' }),
    refused('connector.config.retry', { connector: { config: { retry: { max_retries: 1 } } } }),
    refused('connector.config.processing.batch_timeout_ms', {
      connector: { config: { processing: { batch_timeout_ms: 1 } } },
    }),
  ];
}

/** Random values of a source with schemas that fit its routes and files. */
export function keepingSourceRules(props: ConnectorSetsProps, values: Values): Values {
  const routes = at(values, `connector.${props.routes}`);
  const schemas = at(values, 'connector.config.schemas');
  const topic = Array.isArray(routes) ? at(routes[0], 'to') : undefined;
  if (!Array.isArray(schemas)) {
    return values;
  }
  const list: readonly unknown[] = schemas;
  const sound = list.map((schema) => {
    const type = String(at(schema, 'schema_type'));
    const needsFile = ['json', 'json_schema', 'avro'].includes(type);
    const strategy = at(schema, 'version_strategy') ?? 'latest';
    return Object.assign({}, schema, {
      topic,
      schema_file: needsFile ? 'file' : null,
      version: strategy === 'latest' ? null : 3,
    });
  });
  return merged(values, {
    connector: { config: { schemas: sound }, schemaFiles: { file: '{"type": "object"}' } },
  });
}

/** Random values with as little changed as the rules of every connector demand. */
export function keepingSharedRules(props: ConnectorSetsProps, values: Values): Values {
  let kept = soundPods(values, 'connector');
  const get = (path: string) => at(kept, path);
  const change = (path: string, value: unknown) => {
    kept = merged(kept, nested(path, value));
  };
  const url = get('connector.config.danube_service_url');
  if (typeof url === 'string') {
    change('connector.config.danube_service_url', url.replace(/^https:/, 'http:'));
  }
  change('core.tls', false);
  keepReleaseRules(get, change);
  if (props.tags !== undefined) {
    const version = get('connector.configVersion') === '0.3' ? '0.3' : '0.2';
    change('connector.image.tag', props.tags[version]);
    if (version === '0.3') {
      change('core.brokerVersion', '0.8');
    } else {
      change('connector.serviceMonitor.enabled', false);
      change('connector.prometheusRule.enabled', false);
    }
  }
  if (props.replicas === 'one' && Number(get('connector.replicaCount')) > 1) {
    change('connector.replicaCount', 1);
  }
  if (props.replicas === 'ownNames' && Number(get('connector.replicaCount')) > 1) {
    change('connector.config.connector_name', '');
  }
  if (get('connector.secrets.existingSecret')) {
    change(
      'connector.secrets.trialValues',
      Object.fromEntries(props.secrets.map((name) => [name, ''])),
    );
  }
  const routes = get(`connector.${props.routes}`);
  const given = Array.isArray(routes) ? distinct(routes) : [];
  change(
    `connector.${props.routes}`,
    given.length > 0 ? given : at(props.minimal, `connector.${props.routes}`),
  );
  return kept;
}

/** Families that suit each other and the metrics, and scrapes that end in time. */
function keepReleaseRules(
  get: (path: string) => unknown,
  change: (path: string, value: unknown) => void,
): void {
  const policy = get('ipFamilyPolicy');
  const families = get('ipFamilies');
  if (typeof policy === 'string' && policy !== '') {
    change('ipFamilies', policy === 'SingleStack' ? ['IPv4'] : ['IPv4', 'IPv6']);
  } else if (Array.isArray(families) && families.includes('IPv6')) {
    change('ipFamilies', ['IPv4', 'IPv6']);
  }
  if (get('connector.serviceMonitor.scrapeTimeout') !== undefined) {
    change('connector.serviceMonitor.scrapeTimeout', '1ms');
  }
}

/** Each route reads something else. */
function distinct(routes: readonly unknown[]): readonly unknown[] {
  return routes.filter(
    (route, index) =>
      routes.findIndex((other) => at(other, 'from') === at(route, 'from')) === index,
  );
}
