import { CONNECTOR_CHARTS, workingValues } from './connector-charts';
import { merged, type Values } from './connector-sets';

interface Warned {
  readonly connector: string;
  /** What the warning says. */
  readonly text: string;
  readonly values: Values;
}

const SINKS = ['qdrant', 'deltalake', 'surrealdb', 'lancedb', 'clickhouse', 'greptimedb'];

function config(values: Values): Values {
  return { connector: { config: values } };
}

function secret(name: string): Values {
  return { connector: { secrets: { fromKeys: { [name]: { secretName: 'keys' } } } } };
}

/** Values that the programs get wrong, or that have a catch (facts on connectors, 3 to 7, 11). */
const WARNED: readonly Warned[] = [
  ...SINKS.map((connector) => ({
    connector,
    text: 'the sink ends while a topic is missing',
    values: { connector: { waitForTopics: false } },
  })),
  ...CONNECTOR_CHARTS.flatMap(({ name }) => [
    {
      connector: name,
      text: 'nothing notices when the connector loses its brokers',
      values: { connector: { brokerConnections: { watched: false } } },
    },
    {
      connector: name,
      text: 'the network policy lets nobody read the metrics',
      values: { connector: { serviceMonitor: { enabled: true } } },
    },
    {
      connector: name,
      text: 'the connector is paused',
      values: { connector: { replicaCount: 0 } },
    },
  ]),
  {
    connector: 'qdrant',
    text: 'port 6333 is usually the REST API',
    values: merged(config({ qdrant: { url: 'http://q:6333' } }), {
      connector: { allowRestPort: true },
    }),
  },
  {
    connector: 'deltalake',
    text: 'columns of UInt8 to UInt64 and Timestamp',
    values: { connector: { allowUnsafeDataTypes: true } },
  },
  {
    connector: 'webhook',
    text: 'HMAC signatures are not verified: every request passes',
    values: merged(config({ auth: { type: 'hmac' } }), secret('WEBHOOK_SECRET'), {
      connector: { allowUnverifiedHmac: true },
    }),
  },
  {
    connector: 'mqtt',
    text: 'with clean_session=true nothing arrives any more',
    values: config({ mqtt: { clean_session: true } }),
  },
  {
    connector: 'mqtt',
    text: 'the password travels as plain text',
    values: merged(config({ mqtt: { username: 'a' } }), secret('MQTT_PASSWORD')),
  },
  {
    connector: 'mqtt',
    text: 'a user name counts only together with a password',
    values: config({ mqtt: { username: 'a' } }),
  },
  {
    connector: 'mqtt',
    text: 'port 8883 is usually for TLS',
    values: merged(config({ mqtt: { broker_port: 8883 } }), { connector: { allowTLSPort: true } }),
  },
  {
    connector: 'lancedb',
    text: 'any certificate of the store is taken',
    values: config({ lancedb: { allow_invalid_certificates: true } }),
  },
  {
    connector: 'lancedb',
    text: 'old versions of tables are deleted early',
    values: config({ lancedb: { optimize: { prune_older_than_hours: 1 } } }),
  },
  {
    connector: 'clickhouse',
    text: 'messages are acknowledged before ClickHouse has stored them',
    values: config({ clickhouse: { async_insert: { wait: false } } }),
  },
  {
    connector: 'greptimedb',
    text: 'the password goes to GreptimeDB in plain text',
    values: merged(secret('GREPTIMEDB_USERNAME'), secret('GREPTIMEDB_PASSWORD')),
  },
  {
    connector: 'greptimedb',
    text: 'a crash of GreptimeDB loses rows',
    values: config({ greptimedb: { table_defaults: { skip_wal: true } } }),
  },
];

test.each(WARNED)('$connector warns: $text', ({ connector, text, values }) => {
  for (const one of CONNECTOR_CHARTS.filter(({ name }) => name === connector)) {
    const { chart } = one;
    const working = workingValues(one, one.config);
    const warned = { values: merged(working, values) };
    expect(chart.violations(warned)).toEqual([]);
    expect(chart.renderNotes(warned)).toContain(`WARNING: ${text}`);
    expect(chart.renderNotes({ values: working })).not.toContain(text);
  }
});

test('a connector 0.3 with a broker 0.7 is told what that means', () => {
  for (const { chart, config: own, tags = {}, name } of CONNECTOR_CHARTS) {
    const image = '0.3' in tags ? { image: { tag: tags['0.3'] }, configVersion: '0.3' } : undefined;
    const connector = image ?? {
      image: { repository: 'own/sink', tag: '1' },
      clientVersion: '0.8',
    };
    const values = { core: { singleBroker: true }, connector: { ...connector, config: own } };
    const notes = chart.renderNotes({ values });
    expect([name, notes]).toEqual([
      name,
      expect.stringContaining('WARNING: with brokers 0.7 this version finds its topics only'),
    ]);
  }
});
