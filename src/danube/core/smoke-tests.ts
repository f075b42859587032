import { Construct } from 'constructs';
import type { Container, Pod, Volume } from 'kubernetes-types/core/v1';
import type { NetworkPolicy, NetworkPolicyEgressRule } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  and,
  each,
  eq,
  Gate,
  KubernetesObject,
  nonEmpty,
  not,
  or,
  spread,
  str,
  when,
  type Dynamic,
  type DynamicFields,
  type Expr,
  type Ref,
} from '../../helm/index';
import { clusterDnsName } from '../naming';
import { RESTRICTED_CONTAINER, restrictedPod } from '../pod/hardening';
import { podsOf, tcp, toDns } from '../pod/network-peers';
import type { ReleaseContext } from '../release-context';
import { BROKER, ETCD, PROMETHEUS, TEST } from './components';
import type { coreValues } from './core-values';
import { PROMETHEUS_PORT } from './prometheus';
import { MESSAGES_SCRIPT, TARGETS_SCRIPT } from './smoke-test-scripts';

export interface SmokeTestsProps {
  /** References to values of the shape `coreValues`. */
  readonly values: Ref<z.output<typeof coreValues>>;
  readonly release: ReleaseContext;
}

/** A test pod: what it runs, and with which variables. */
interface Check {
  readonly image: Ref<z.output<typeof coreValues>>['broker']['image'];
  readonly command: readonly (string | Expr<string>)[];
  readonly env?: DynamicFields<Record<string, string>>;
  readonly writesTo?: string;
}

/** A pod stays for its logs only when its test fails. */
const HOOK = {
  'helm.sh/hook': 'test',
  'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
};

/**
 * What `helm test` runs, each in a pod of its own: a message through the brokers, the health of the
 * etcd members, the targets of Prometheus.
 */
export class SmokeTests extends Construct {
  readonly messages: KubernetesObject<Pod>;
  readonly etcd: KubernetesObject<Pod>;
  readonly prometheus: KubernetesObject<Pod>;
  readonly networkPolicy: KubernetesObject<NetworkPolicy>;

  constructor(scope: Construct, id: string, props: SmokeTestsProps) {
    super(scope, id);
    const { values, release } = props;
    const { broker, etcd, prometheus, tests } = values;
    const { chart, names, clusterDomain } = release;
    const url = (of: string, name: Expr<string>, port: Expr<number>) =>
      chart.template(`${of}Url`, str`http://${clusterDnsName(name, clusterDomain)}:${port}`, {
        description: 'Where helm test finds it.',
      });

    this.messages = testPod(new Gate(this, 'messages', speaksPlainly(values)), 'messages', props, {
      image: tests.image,
      command: ['/bin/bash', '-c', MESSAGES_SCRIPT],
      env: {
        DANUBE_URL: url('broker', names.broker, broker.ports.client),
        TOPIC: tests.topic,
        RUST_BACKTRACE: '0',
      },
      writesTo: '/tmp',
    });
    // The image has no shell.
    this.etcd = testPod(new Gate(this, 'etcd', etcd.enabled), 'etcd', props, {
      image: etcd.image,
      command: [
        '/usr/local/bin/etcdctl',
        str`--endpoints=${url('etcd', names.etcd, etcd.service.port)}`,
        'endpoint',
        'health',
        '--cluster',
      ],
    });
    this.prometheus = testPod(
      new Gate(this, 'prometheus', prometheus.enabled),
      'prometheus',
      props,
      {
        image: prometheus.image,
        command: ['/bin/sh', '-c', TARGETS_SCRIPT],
        env: {
          PROMETHEUS_URL: url('prometheus', names.prometheus, prometheus.service.port),
          // Of itself, the brokers and etcd.
          JOBS: when<string>(etcd.enabled, '3', '2'),
        },
      },
    );
    this.networkPolicy = addNetworkPolicy(this, props);
  }
}

function testPod(
  scope: Construct,
  name: string,
  { values, release }: SmokeTestsProps,
  { image, command, env, writesTo }: Check,
): KubernetesObject<Pod> {
  const { tests } = values;
  const metadata = release.metadata(str`${release.fullname}-test-${name}`, TEST);
  const volumes: readonly Dynamic<Volume>[] = [{ name: 'tmp', emptyDir: {} }];
  const container: Dynamic<Container> = {
    name: 'test',
    image: release.image(image),
    imagePullPolicy: image.pullPolicy,
    command,
    env: env && Object.entries(env).map(([key, value]) => ({ name: key, value })),
    resources: tests.resources,
    securityContext: RESTRICTED_CONTAINER,
    ...(writesTo === undefined ? {} : { volumeMounts: [{ name: 'tmp', mountPath: writesTo }] }),
  };
  return new KubernetesObject<Pod>(scope, 'Default', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: metadata.name,
      labels: release.labels.ofPods(TEST, tests.podLabels),
      annotations: { ...spread(tests.podAnnotations), ...HOOK },
    },
    spec: {
      restartPolicy: 'Never',
      activeDeadlineSeconds: tests.activeDeadlineSeconds,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      imagePullSecrets: [each(release.imagePullSecrets, (secret) => ({ name: secret }))],
      securityContext: restrictedPod(tests, release.platformAssignedIds),
      containers: [container],
      ...(writesTo === undefined ? {} : { volumes }),
      nodeSelector: nonEmpty(tests.nodeSelector),
      tolerations: nonEmpty(tests.tolerations),
      ...spread(tests.podOverrides.spec),
    },
  });
}

/** With https:// danube-cli 0.7.2 says "Connecting to HTTPS without TLS enabled". */
function speaksPlainly({ broker }: SmokeTestsProps['values']): Expr<boolean> {
  return not(eq(broker.config.auth.mode, 'tls'));
}

/** Nobody calls the tests, and they call what they test. */
function addNetworkPolicy(
  scope: Construct,
  { values, release }: SmokeTestsProps,
): KubernetesObject<NetworkPolicy> {
  const { broker, etcd, prometheus, networkPolicy } = values;
  const hasTests = or(speaksPlainly(values), etcd.enabled, prometheus.enabled);
  const gate = new Gate(scope, 'networkpolicy', and(networkPolicy.enabled, hasTests));
  return new KubernetesObject<NetworkPolicy>(gate, 'Default', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: release.metadata(str`${release.fullname}-test`, TEST, {
      object: 'testNetworkPolicy',
    }),
    spec: {
      podSelector: { matchLabels: release.labels.selecting(TEST) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: [
        toDns(networkPolicy.dns),
        { to: [podsOf(release, BROKER)], ports: [tcp(broker.ports.client)] },
        when<NetworkPolicyEgressRule>(etcd.enabled, {
          to: [podsOf(release, ETCD)],
          ports: [tcp(etcd.service.port)],
        }),
        when<NetworkPolicyEgressRule>(prometheus.enabled, {
          to: [podsOf(release, PROMETHEUS)],
          ports: [tcp(PROMETHEUS_PORT)],
        }),
      ],
    },
  });
}
