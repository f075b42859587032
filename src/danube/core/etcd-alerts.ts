import { str, type Expr } from '../../helm/index';
import type { Alert } from '../monitoring/alert';
import type { Series } from './scrape-job';

/** A healthy broker 0.7.2 watches so many prefixes in etcd (seen with etcd 3.5.9; facts 1.9). */
const WATCHES_OF_A_BROKER = 9;

/** What can go wrong with etcd, and with brokers that lost it (facts on Danube, 1.9). */
export function etcdAlerts({ brokers, etcd }: Series): readonly Alert[] {
  return [
    {
      alert: 'DanubeBrokersDeaf',
      expr: str`sum(etcd_debugging_mvcc_watcher_total{${etcd}}) < ${WATCHES_OF_A_BROKER} * sum(up{${brokers}})`,
      after: '3m',
      severity: 'critical',
      summary: 'Brokers lost etcd and do not come back by themselves.',
      description: [
        'After an outage of etcd a broker runs on, but is not registered and takes no topics.',
        'Restart the brokers: kubectl rollout restart of their StatefulSet.',
      ],
    },
    {
      alert: 'DanubeEtcdMemberDown',
      expr: str`up{${etcd}} == 0`,
      after: '2m',
      severity: 'warning',
      summary: 'etcd member {{ $labels.pod }} does not answer.',
      description: ['Three members survive the loss of one, five of two; one survives nothing.'],
    },
    {
      alert: 'DanubeEtcdQuorumLost',
      expr: str`2 * sum(up{${etcd}}) <= count(up{${etcd}})`,
      after: '1m',
      severity: 'critical',
      summary: 'Half of the etcd members or more do not answer.',
      description: [
        'Nothing can be written: no broker can start, and running ones drop out after 32 seconds.',
        'Bring the members back, then restart the brokers.',
      ],
    },
    {
      alert: 'DanubeEtcdNoLeader',
      expr: str`etcd_server_has_leader{${etcd}} == 0`,
      after: '1m',
      severity: 'critical',
      summary: 'etcd member {{ $labels.pod }} knows no leader.',
      description: ['It is cut off from the others, or there is no quorum.'],
    },
    {
      alert: 'DanubeEtcdLeaderChanges',
      expr: str`max(increase(etcd_server_leader_changes_seen_total{${etcd}}[1h])) > 4`,
      after: '5m',
      severity: 'warning',
      summary: 'The leader of etcd changed {{ $value | humanize }} times within an hour.',
      description: ['Its disk or the network is too slow, or the members get too little CPU.'],
    },
    {
      alert: 'DanubeEtcdProposalsFail',
      expr: str`sum(increase(etcd_server_proposals_failed_total{${etcd}}[15m])) > 5`,
      after: '5m',
      severity: 'warning',
      summary: 'etcd dropped {{ $value | humanize }} writes within 15 minutes.',
      description: ['They failed for an election or a lost quorum.'],
    },
    {
      alert: 'DanubeEtcdHealthChecksFail',
      expr: str`sum by (pod) (increase(etcd_server_health_failures{${etcd}}[10m])) > 3`,
      after: '5m',
      severity: 'warning',
      summary: 'etcd member {{ $labels.pod }} fails its health checks.',
      description: ['It has no leader, or an alarm such as CORRUPT. Ask etcdctl alarm list.'],
    },
    {
      alert: 'DanubeEtcdAlmostFull',
      expr: str`etcd_mvcc_db_total_size_in_bytes{${etcd}} / etcd_server_quota_backend_bytes{${etcd}} > 0.8`,
      after: '10m',
      severity: 'critical',
      summary:
        'The database of {{ $labels.pod }} fills {{ $value | humanizePercentage }} of its quota.',
      description: [
        'At the quota etcd refuses writes, and Danube with it. Defragment it, or raise',
        'etcd.quotaBackendBytes within the size of the volume.',
      ],
    },
    {
      alert: 'DanubeEtcdFragmented',
      expr: str`etcd_mvcc_db_total_size_in_bytes{${etcd}} - etcd_mvcc_db_total_size_in_use_in_bytes{${etcd}} > 268435456`,
      after: '1h',
      severity: 'info',
      summary: '{{ $value | humanize1024 }}B of the database of {{ $labels.pod }} are unused.',
      description: ['Old revisions are compacted, but the file shrinks by etcdctl defrag only.'],
    },
    {
      alert: 'DanubeEtcdLogSlow',
      expr: slow('etcd_disk_wal_fsync_duration_seconds_bucket', etcd, '0.5'),
      after: '10m',
      severity: 'warning',
      summary: 'The log of {{ $labels.pod }} takes {{ $value | humanizeDuration }} to write.',
      description: ['The leases of brokers depend on it: a slow disk makes them drop out.'],
    },
    {
      alert: 'DanubeEtcdCommitsSlow',
      expr: slow('etcd_disk_backend_commit_duration_seconds_bucket', etcd, '0.25'),
      after: '10m',
      severity: 'warning',
      summary: 'Commits of {{ $labels.pod }} take {{ $value | humanizeDuration }}.',
      description: ['The database file is on a slow disk, or defragmented or compacted just now.'],
    },
    {
      alert: 'DanubeEtcdPeersSlow',
      expr: slow('etcd_network_peer_round_trip_time_seconds_bucket', etcd, '0.15'),
      after: '10m',
      severity: 'warning',
      summary: 'Other members are {{ $value | humanizeDuration }} away from {{ $labels.pod }}.',
      description: [
        'Elections begin after a second without a heartbeat. Are the zones too far apart?',
      ],
    },
  ];
}

/** The 99th percentile of a histogram of etcd is longer than so many seconds. */
function slow(histogram: string, etcd: Expr<string>, seconds: string): Expr<string> {
  return str`histogram_quantile(0.99, rate(${histogram}{${etcd}}[5m])) > ${seconds}`;
}
