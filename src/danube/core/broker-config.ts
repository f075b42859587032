import type { z } from 'zod';
import {
  eq,
  nonEmpty,
  str,
  when,
  yamlFile,
  type Expr,
  type ChartPart,
  type Ref,
} from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import { TLS_DIRECTORY } from './broker-tls';
import type { brokerValues } from './broker-values';
import type { MetadataStore } from './metadata-store';

export interface BrokerConfigProps {
  readonly values: Ref<z.output<typeof brokerValues>>;
  readonly release: ReleaseContext;
  readonly clusterName: Expr<string>;
  readonly metadataStore: MetadataStore;
}

/**
 * Defines the template of danube_broker.yml as broker 0.7.2 reads it.
 *
 * The broker ignores unknown keys and exits or panics without some that look optional, so all of
 * those are always written: auth, policies, bootstrap_namespaces, all of rebalancing, wal_cloud
 * and its metadata (facts on Danube, 1.5 and 1.7). Paths are absolute, since its directory is /.
 */
export function brokerConfigTemplate(
  chart: ChartPart,
  { values, release, clusterName, metadataStore }: BrokerConfigProps,
): Expr<string> {
  const { config, ports } = values;
  const { storage, rebalancing, policies } = config;
  const isS3 = eq(storage.cloudBackend, 's3');
  const isAzure = eq(storage.cloudBackend, 'azblob');
  const file = yamlFile({
    cluster_name: clusterName,
    broker: {
      // An IP address: the broker takes no host name here.
      host: release.anyAddress,
      ports: { client: ports.client, admin: ports.admin, prometheus: ports.prometheus },
    },
    meta_store: { host: metadataStore.host, port: metadataStore.port },
    bootstrap_namespaces: config.bootstrapNamespaces,
    auto_create_topics: config.autoCreateTopics,
    auth: {
      mode: config.auth.mode,
      tls: when(eq(config.auth.mode, 'tls'), {
        cert_file: `${TLS_DIRECTORY}/tls.crt`,
        key_file: `${TLS_DIRECTORY}/tls.key`,
        ca_file: `${TLS_DIRECTORY}/ca.crt`,
        verify_client: false,
      }),
    },
    policies: {
      max_producers_per_topic: policies.maxProducersPerTopic,
      max_subscriptions_per_topic: policies.maxSubscriptionsPerTopic,
      max_consumers_per_topic: policies.maxConsumersPerTopic,
      max_consumers_per_subscription: policies.maxConsumersPerSubscription,
      max_publish_rate: policies.maxPublishRate,
      max_subscription_dispatch_rate: policies.maxSubscriptionDispatchRate,
      max_message_size: policies.maxMessageSize,
    },
    load_manager: {
      assignment_strategy: config.assignmentStrategy,
      load_report_interval_seconds: config.loadReportIntervalSeconds,
      rebalancing: {
        enabled: rebalancing.enabled,
        aggressiveness: rebalancing.aggressiveness,
        check_interval_seconds: rebalancing.checkIntervalSeconds,
        max_moves_per_hour: rebalancing.maxMovesPerHour,
        cooldown_seconds: rebalancing.cooldownSeconds,
        min_brokers_for_rebalance: rebalancing.minBrokersForRebalance,
        min_topic_age_seconds: rebalancing.minTopicAgeSeconds,
        blacklist_topics: rebalancing.blacklistTopics,
      },
    },
    wal_cloud: {
      wal: {
        dir: storage.walDir,
        file_name: storage.walFileName,
        cache_capacity: storage.walCacheCapacity,
        file_sync: {
          interval_ms: storage.walFileSync.intervalMs,
          max_batch_bytes: storage.walFileSync.maxBatchBytes,
        },
        rotation: {
          max_bytes: storage.walRotation.maxBytes,
          max_hours: storage.walRotation.maxHours,
        },
        retention: {
          time_minutes: storage.walRetention.timeMinutes,
          size_mb: storage.walRetention.sizeMb,
          check_interval_minutes: storage.walRetention.checkIntervalMinutes,
        },
      },
      uploader: {
        enabled: storage.uploaderEnabled,
        interval_seconds: storage.uploader.intervalSeconds,
        root_prefix: storage.uploader.rootPrefix,
        max_object_mb: storage.uploader.maxObjectMb,
      },
      cloud: {
        backend: storage.cloudBackend,
        root: storage.cloudRoot,
        region: when(isS3, storage.s3.region),
        endpoint: when(
          isAzure,
          storage.azblob.endpoint,
          when<string | undefined>(isS3, nonEmpty(storage.s3.endpoint)),
        ),
        virtual_host_style: when<boolean | undefined>(isS3, storage.s3.virtualHostStyle),
        account_name: when(isAzure, nonEmpty(storage.azblob.accountName)),
      },
      // Parsed and ignored, but a config without this node is refused.
      metadata: {
        etcd_endpoint: str`${metadataStore.host}:${metadataStore.port}`,
        in_memory: false,
      },
    },
  });
  return chart.textTemplate('brokerConfig', file, { description: 'danube_broker.yml' });
}
