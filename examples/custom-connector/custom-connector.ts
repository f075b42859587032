import { App } from 'cdk8s';
import {
  connectorChartValues,
  connectorValues,
  freeText,
  sinkConfig,
  UnpublishedSink,
  unpublishedSinkRoute,
  unpublishedSinkValues,
  unsigned,
  type ConnectorRules,
} from 'cdk8s-danube';
import {
  defineValues,
  each,
  HelmChart,
  not,
  parseInteger,
  regexReplaceAll,
  str,
  writeChart,
  z,
  type Ref,
} from 'cdk8s-danube/helm';

const route = z.object({
  ...unpublishedSinkRoute('Shared'),
  to: freeText.max(200).describe('Stream that is written.'),
  max_length: unsigned.default(0).describe('Entries that the stream keeps; 0: all.'),
});

const address = z.string().regex(/^([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:[1-9][0-9]{0,4})?$/);
const redis = z
  .object({
    address: address.default('').meta({
      description: 'Host and port of Redis.',
      examples: ['redis.data:6379', 'redis.example.com:6380'],
    }),
    tls: z.boolean().default(false).describe('Speak TLS to Redis.'),
    timeout_secs: unsigned.min(1).default(5).describe('Seconds that Redis has to answer.'),
    routes: z.array(route).default([]).describe('Which topic is written to which stream.'),
  })
  .prefault({})
  .describe('Redis, and what is written to it.');

const connector = z
  .object({
    ...connectorValues({
      image: 'unpublished',
      config: z
        .object({ ...sinkConfig(), redis })
        .prefault({})
        .describe('What connector.toml says.'),
      secrets: { REDIS_PASSWORD: 'Password of Redis.' },
      backendPorts: [],
    }),
    ...unpublishedSinkValues(),
  })
  .prefault({})
  .meta({ section: 'Connector', description: 'The Redis sink.' });

const values = defineValues(z.object({ ...connectorChartValues(), connector }));

/** Writes messages of Danube topics to streams of Redis. */
export class RedisConnector extends UnpublishedSink<Ref<z.output<typeof values.schema>>> {
  protected override routes() {
    return {
      list: this.values.connector.config.redis.routes,
      path: 'config.redis.routes',
      example: '{from: /default/events, subscription: redis, to: events}',
    };
  }

  protected override addRules(rules: ConnectorRules): void {
    super.addRules(rules);
    rules.require({
      path: 'config.redis.address',
      holds: this.values.connector.config.redis.address,
      problem: 'the sink needs a Redis to write to',
      fix: 'write its host and port, such as redis.data:6379',
    });
  }

  protected override backendPorts() {
    const port = parseInteger(
      regexReplaceAll('^.*:', this.values.connector.config.redis.address, ''),
    );
    return [{ protocol: 'TCP' as const, port }];
  }

  protected override notes() {
    const { routes } = this.values.connector.config.redis;
    return [each(routes, ({ from, to }) => str`  ${from} -> stream ${to}`), ...super.notes()];
  }

  protected override warnings() {
    const lines = ['messages and the password go to Redis in plain text (tls=false).'];
    return [...super.warnings(), { when: not(this.values.connector.config.redis.tls), lines }];
  }
}

const metadata = {
  name: 'danube-connector-redis',
  version: '1.0.0',
  description: 'Redis streams.',
};

/** The chart of the connector. */
export class RedisConnectorChart extends HelmChart<typeof values.schema> {
  constructor(scope: App) {
    super(scope, metadata.name, { metadata, values });
    new RedisConnector(this, 'Default', { values: this.v });
  }
}

if (require.main === module) {
  writeChart(new RedisConnectorChart(new App()), `${__dirname}/charts-out`);
}
