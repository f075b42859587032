import type { DeltaLakeChartInput } from '../danube/connectors/deltalake/deltalake-storage';

/** A sink has nothing to do by default, so the plain manifests show one with a route. */
export const QDRANT_EXAMPLE = {
  config: {
    qdrant: {
      url: 'http://qdrant:6334',
      routes: [
        { from: '/default/vectors', subscription: 'qdrant', to: 'vectors', vector_dimension: 384 },
      ],
    },
  },
};

export const SURREALDB_EXAMPLE = {
  config: {
    surrealdb: {
      url: 'surrealdb:8000',
      namespace: 'danube',
      database: 'events',
      routes: [{ from: '/default/events', subscription: 'surrealdb', to: 'events' }],
    },
  },
};

export const DELTALAKE_EXAMPLE = {
  config: {
    deltalake: {
      storage_backend: 's3',
      s3_region: 'eu-central-1',
      routes: [
        {
          from: '/default/events',
          subscription: 'lake',
          to: 's3://lake/events',
          field_mappings: [{ json_path: 'id', column: 'id', data_type: 'Utf8' }],
        },
      ],
    },
  },
} as const satisfies DeltaLakeChartInput['connector'];

export const WEBHOOK_EXAMPLE = {
  config: {
    auth: { type: 'apikey' as const },
    routes: [{ from: '/payments', to: '/default/payments' }],
  },
  secrets: { existingSecret: 'webhook' },
};

export const MQTT_EXAMPLE = {
  config: {
    mqtt: {
      broker_host: 'mosquitto',
      routes: [{ from: 'sensors/+/temperature', to: '/default/temperature' }],
    },
  },
};

export const CLICKHOUSE_EXAMPLE = {
  clientVersion: '0.7' as const,
  image: { repository: 'registry.example.com/danube-sink-clickhouse', tag: '1.0.0' },
  config: {
    clickhouse: {
      url: 'http://clickhouse:8123',
      routes: [{ from: '/default/events', subscription: 'clickhouse', to: 'events' }],
    },
  },
};

export const GREPTIMEDB_EXAMPLE = {
  clientVersion: '0.7' as const,
  image: { repository: 'registry.example.com/danube-sink-greptimedb', tag: '1.0.0' },
  config: {
    greptimedb: {
      endpoints: ['greptimedb:4001'],
      routes: [
        {
          from: '/iot/sensors',
          subscription: 'greptimedb',
          to: 'sensors',
          fields: [{ json_path: 'value', column: 'value', type: 'Float64' as const }],
        },
      ],
    },
  },
};

export const LANCEDB_EXAMPLE = {
  clientVersion: '0.7' as const,
  image: { repository: 'registry.example.com/danube-sink-lancedb', tag: '1.0.0' },
  config: {
    lancedb: {
      uri: 's3://vectors/lance',
      routes: [
        { from: '/default/vectors', subscription: 'lancedb', to: 'vectors', vector_dimension: 384 },
      ],
    },
  },
};
