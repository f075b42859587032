import { str } from '../../helm/index';
import type { Alert } from '../monitoring/alert';
import type { Series } from './scrape-job';

/** What can go wrong with brokers, as far as the metrics of 0.7.2 tell (facts on Danube, 2). */
export function brokerAlerts({ brokers }: Series): readonly Alert[] {
  return [
    {
      alert: 'DanubeBrokerDown',
      expr: str`up{${brokers}} == 0`,
      after: '2m',
      severity: 'critical',
      summary: 'Broker {{ $labels.pod }} does not answer.',
      description: [
        'Its topics move to other brokers 32 seconds after it stopped. See the events and the',
        'previous log of the pod: without etcd a broker exits with 101.',
      ],
    },
    {
      alert: 'DanubeBrokersMissing',
      expr: str`absent(up{${brokers}})`,
      after: '5m',
      severity: 'critical',
      summary: 'Prometheus finds no broker at all.',
      description: [
        'The StatefulSet has no pods, or discovery does not work: look at /targets, at the Role',
        'of Prometheus and at the NetworkPolicies.',
      ],
    },
    {
      alert: 'DanubeBrokerRestarts',
      expr: str`count by (pod) (last_over_time(danube_broker_topics_owned{${brokers}}[1h])) > 3`,
      after: '0m',
      severity: 'warning',
      summary: 'Broker {{ $labels.pod }} started more than 3 times within an hour.',
      description: [
        'Each start has a new broker id, which is counted here. See the previous log of the pod',
        'and whether it was killed for its memory or by its liveness probe.',
      ],
    },
    {
      alert: 'DanubeNoLeader',
      expr: str`sum(danube_leader_election_state{${brokers}}) == 0`,
      after: '2m',
      severity: 'critical',
      summary: 'No broker is the leader.',
      description: [
        'New topics and those of stopped brokers are assigned to nobody. Brokers elect a leader',
        'through etcd: look at etcd first, then restart the brokers one by one.',
      ],
    },
    {
      alert: 'DanubeManyLeaders',
      expr: str`sum(danube_leader_election_state{${brokers}}) > 1`,
      after: '2m',
      severity: 'critical',
      summary: '{{ $value }} brokers say that they are the leader.',
      description: [
        'Topics may be assigned twice. A broker that lost etcd keeps saying that it leads:',
        'restart the brokers whose danube_leader_election_state is 1, one after the other.',
      ],
    },
    {
      alert: 'DanubeBrokerWithoutTopics',
      expr: str`danube_broker_topics_owned{${brokers}} == 0 and on () sum(danube_broker_topics_owned{${brokers}}) >= 10`,
      after: '1h',
      severity: 'info',
      summary: 'Broker {{ $labels.pod }} serves no topic while others do.',
      description: [
        'It restarted and no topic was created since, or it was drained, or it is not registered',
        'in etcd. Compare with danube-admin brokers list.',
      ],
    },
    {
      alert: 'DanubeMessagesRefused',
      expr: str`sum by (pod) (rate(danube_producer_send_total{${brokers},result='error'}[5m])) > 0.1`,
      after: '5m',
      severity: 'critical',
      summary: 'Broker {{ $labels.pod }} refuses {{ $value | humanize }} messages a second.',
      description: [
        'InvalidArgument is a message above maxMessageSize; PermissionDenied anything else, such',
        'as a rate limit, a schema that does not fit or a log that cannot be written.',
      ],
    },
    {
      alert: 'DanubeAcknowledgementsFail',
      expr: str`sum by (pod) (rate(danube_broker_rpc_total{${brokers},method='ack',result='error'}[5m])) > 0.1`,
      after: '5m',
      severity: 'warning',
      summary: 'Broker {{ $labels.pod }} cannot store acknowledgements.',
      description: [
        'Consumers get the same messages again after a restart. Cursors are in etcd: is it',
        'healthy and not full?',
      ],
    },
    {
      alert: 'DanubeStreamsFail',
      expr: str`sum by (pod) (rate(danube_broker_rpc_total{${brokers},method='receive_messages',result='error'}[5m])) > 0.1`,
      after: '10m',
      severity: 'warning',
      summary: 'Consumers cannot open streams at broker {{ $labels.pod }}.',
      description: ['They ask for a subscription that this broker does not have. See its log.'],
    },
    {
      alert: 'DanubeClientsRedirectedForEver',
      expr: str`sum(rate(danube_client_redirects_total{${brokers}}[10m])) > 1`,
      after: '15m',
      severity: 'warning',
      summary: 'Clients are sent on {{ $value | humanize }} times a second.',
      description: [
        'A client is sent on once when it connects. All the time means that it reaches another',
        'broker than it was sent to: do clients resolve and reach the advertised address of each',
        'broker?',
      ],
    },
    {
      alert: 'DanubeSendsSlow',
      expr: str`max by (pod, topic) (danube_producer_send_latency_ms{${brokers},quantile='0.99'}) > 1000`,
      after: '10m',
      severity: 'warning',
      summary: 'Sends to {{ $labels.topic }} take {{ $value | humanize }} ms (99th percentile).',
      description: ['See the CPU limit of broker {{ $labels.pod }} and the latency of its volume.'],
    },
    {
      alert: 'DanubeLogWritesSlow',
      expr: str`max by (pod) (danube_wal_flush_latency_ms{${brokers},quantile='0.99'}) > 500`,
      after: '10m',
      severity: 'warning',
      summary: 'The log of broker {{ $labels.pod }} takes {{ $value | humanize }} ms to write.',
      description: ['What is not written is lost with the pod. The volume is too slow or full.'],
    },
    {
      alert: 'DanubeSubscriptionLags',
      expr: str`max by (pod, subscription) (danube_subscription_lag_messages{${brokers}}) > 10000`,
      after: '15m',
      severity: 'warning',
      summary: '{{ $labels.subscription }} is {{ $value | humanize }} messages behind.',
      description: [
        'Consumers are slower than producers. The log keeps messages for walRetention only; then',
        'they come from the cloud storage.',
      ],
    },
    {
      alert: 'DanubeSubscriptionStuck',
      expr: str`danube_subscription_lag_messages{${brokers}} > 0 unless on (subscription) rate(danube_consumer_bytes_out_total{${brokers}}[15m]) > 0`,
      after: '15m',
      severity: 'warning',
      summary: '{{ $labels.subscription }} has {{ $value }} messages and gets none.',
      description: [
        'Its consumer is gone, or it does not acknowledge what it got: a broker sends the next',
        'message of an exclusive subscription after that only.',
      ],
    },
    {
      alert: 'DanubeSchemaViolations',
      expr: str`sum by (topic) (rate(danube_schema_validation_failures_total{${brokers}}[10m])) > 0`,
      after: '10m',
      severity: 'warning',
      summary: 'Messages to {{ $labels.topic }} do not fit its schema.',
      description: ['With the policy Enforce they are refused, with Warn they are let through.'],
    },
    {
      alert: 'DanubeUploadsFail',
      expr: str`sum by (pod) (increase(danube_cloud_upload_objects_total{${brokers},result='error'}[30m])) > 0`,
      after: '5m',
      severity: 'critical',
      summary: 'Broker {{ $labels.pod }} cannot upload the history of topics.',
      description: [
        'A topic that moves loses what is not uploaded. Look at the credentials and the address',
        'of the object store, or at the space of the volume of cloudBackend fs.',
      ],
    },
    {
      alert: 'DanubeUploadsStopped',
      expr: str`rate(danube_wal_append_total{${brokers}}[1h]) > 0 unless on (topic) rate(danube_cloud_upload_bytes_total{${brokers}}[1h]) > 0`,
      after: '30m',
      severity: 'warning',
      summary: '{{ $labels.topic }} gets messages, and nothing of it is uploaded.',
      description: [
        'The uploader of this topic ended without an error. Restart broker {{ $labels.pod }};',
        'with an uploader.intervalSeconds of more than 30 minutes this alert says nothing.',
      ],
    },
    {
      alert: 'DanubeHistoryDamaged',
      expr: str`sum by (pod, reason) (increase(danube_cloud_reader_errors_total{${brokers}}[1h])) > 0`,
      after: '0m',
      severity: 'critical',
      summary: 'Uploaded history cannot be read ({{ $labels.reason }}).',
      description: [
        'Objects in the cloud storage are damaged or were changed, and consumers that need them',
        'stop there. The log of broker {{ $labels.pod }} names the topic.',
      ],
    },
    {
      alert: 'DanubeRebalancingFails',
      expr: str`sum(increase(danube_rebalancing_failures_total{${brokers}}[1h])) > 3`,
      after: '0m',
      severity: 'warning',
      summary: 'The leader cannot move topics.',
      description: ['See the log of the leader. Rebalancing is off by default, and best left off.'],
    },
  ];
}
