import type { z } from 'zod';
import {
  and,
  choose,
  eq,
  gt,
  not,
  or,
  Release,
  str,
  when,
  type Expr,
  type ChartPart,
  type Ref,
} from '../../helm/index';
import { clusterDnsName } from '../naming';
import type { ReleaseContext } from '../release-context';
import type { AdvertisedAddress } from './advertised-address';
import { mostBrokers } from './broker-count';
import type { coreValues } from './core-values';
import { peerTlsNotes } from './etcd-peer-tls-notes';
import { externalAccessNotes, mcpAccessNotes } from './external-access-notes';

/** NOTES.txt: what runs, what to type next, and what to know of the chosen values. */
export function addCoreNotes(
  chart: ChartPart,
  v: Ref<z.output<typeof coreValues>>,
  release: ReleaseContext,
  address: AdvertisedAddress,
): void {
  const { fullname, names, clusterDomain } = release;
  const { broker, etcd, prometheus } = v;
  const { storage } = broker.config;
  const { serviceMonitor, podMonitor } = prometheus;
  const closedToScrapers = and(v.networkPolicy.enabled, not(v.networkPolicy.scrapers));
  const keepsOwnHistory = and(
    eq(storage.cloudBackend, 'fs'),
    not(storage.sharedVolume.existingClaim),
    gt(mostBrokers(broker), 1),
  );
  const service = clusterDnsName(names.broker, clusterDomain);
  const selector = str`app.kubernetes.io/instance=${Release.name},app.kubernetes.io/component=broker`;
  chart.notes([
    when(
      broker.hpa.enabled,
      str`Danube is starting: ${broker.hpa.minReplicas} to ${broker.hpa.maxReplicas} broker(s) in the namespace ${Release.namespace}.`,
      str`Danube is starting: ${broker.replicaCount} broker(s) in the namespace ${Release.namespace}.`,
    ),
    '',
    'Wait until the brokers are ready:',
    str`  kubectl -n ${Release.namespace} rollout status statefulset/${names.broker}`,
    when(v.tests.enabled, [
      '',
      when(
        eq(broker.config.auth.mode, 'tls'),
        'Then ask etcd and Prometheus (no message is sent: danube-cli 0.7.2 speaks no TLS):',
        'Then see whether a message goes through:',
      ),
      str`  helm test ${Release.name} -n ${Release.namespace} --logs`,
    ]),
    '',
    'Clients inside the cluster connect to:',
    when(
      eq(broker.config.auth.mode, 'tls'),
      str`  https://${service}:${broker.ports.client}`,
      str`  http://${service}:${broker.ports.client}`,
    ),
    externalAccessNotes(v, address, selector),
    '',
    'Administration from your machine (danube-admin, MCP); the admin port has no authentication:',
    str`  kubectl -n ${Release.namespace} port-forward svc/${names.broker} 50051:${broker.ports.admin}`,
    '  danube-admin brokers list --endpoint http://localhost:50051',
    mcpAccessNotes(v, release),
    '',
    'The web interface, which finds these brokers by their name:',
    str`  helm install danube-admin ./charts-out/danube-admin -n ${Release.namespace} --set core.releaseName=${fullname}${otherPorts(v)}`,
    when(prometheus.enabled, [
      '',
      'Metrics:',
      str`  kubectl -n ${Release.namespace} port-forward svc/${names.prometheus} 9090:${prometheus.service.port}`,
      '  open http://localhost:9090/targets',
    ]),
    when(and(or(serviceMonitor.enabled, podMonitor.enabled), closedToScrapers), [
      '',
      'WARNING: the network policies let no Prometheus but that of this release read metrics. Name',
      'the one that the monitors are for in networkPolicy.scrapers, for example',
      '  networkPolicy:',
      '    scrapers:',
      '      - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: monitoring } }',
    ]),
    '',
    'Never scale the brokers to 0: topics without any broker for 32 seconds stay lost.',
    when(not(broker.recovery.enabled), [
      '',
      'After an etcd restart or outage the brokers run on but take no new topics. Restart all of',
      'them at once (broker.recovery.enabled=true does that):',
      str`  kubectl -n ${Release.namespace} delete pod -l ${selector}`,
    ]),
    when(keepsOwnHistory, [
      '',
      'Know: every broker keeps the history of its topics on its own volume (cloudBackend fs).',
      'A reliable topic that moves to another broker loses it. Use s3, gcs or azblob, or give the',
      'brokers a ReadWriteMany claim with broker.config.storage.sharedVolume.existingClaim.',
    ]),
    when(broker.hpa.enabled, [
      '',
      'Know: a broker that the autoscaler adds gets new topics only. The others stay where they',
      'are until they are rebalanced; broker.config.rebalancing says what that costs. When a',
      'broker is taken away, its topics stand still for about 32 seconds.',
    ]),
    when(and(broker.hpa.enabled, keepsOwnHistory), [
      '',
      'WARNING: the autoscaler takes brokers away, and with them the only copy of the history of',
      'their topics (cloudBackend fs). Use s3, gcs, azblob or sharedVolume with broker.hpa.',
    ]),
    when(broker.config.rebalancing.enabled, [
      '',
      'WARNING: rebalancing moves topics, and broker 0.7.2 deletes the stored history and the',
      'cursors of reliable topics that it moves. Set broker.config.rebalancing.enabled to false.',
    ]),
    when(and(etcd.enabled, eq(etcd.replicaCount, 1)), [
      '',
      'Know: one etcd member tolerates no failure. For production choose etcd.replicaCount=3',
      'when you install; later it takes commands for each member.',
    ]),
    ...peerTlsNotes(etcd, names, clusterDomain),
    when(eq(storage.cloudBackend, 'memory'), [
      '',
      'WARNING: the history of reliable topics is kept in memory only (cloudBackend memory).',
    ]),
    when(not(broker.persistence.enabled), [
      '',
      'WARNING: the broker keeps its data in the pod only (broker.persistence.enabled=false).',
    ]),
    when(and(etcd.enabled, not(etcd.persistence.enabled)), [
      '',
      'WARNING: etcd keeps its data in the pod only (etcd.persistence.enabled=false): all topics,',
      'schemas and cursors are lost with it.',
    ]),
  ]);
}

/** What danube-admin has to be told besides the name; nothing by default. */
function otherPorts({ broker, prometheus }: Ref<z.output<typeof coreValues>>): Expr<string> {
  const admin = broker.ports.admin;
  const metrics = prometheus.service.port;
  const adminFlag = choose(eq(admin, 50051), '', str` --set core.adminPort=${admin}`);
  const metricsFlag = choose(eq(metrics, 9090), '', str` --set core.prometheusPort=${metrics}`);
  return str`${adminFlag}${metricsFlag}`;
}
