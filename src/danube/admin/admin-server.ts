import { Construct } from 'constructs';
import type { Deployment } from 'kubernetes-types/apps/v1';
import type {
  Container,
  Service,
  ServiceAccount,
  Volume,
  VolumeMount,
} from 'kubernetes-types/core/v1';
import type { z } from 'zod';
import {
  and,
  KubernetesObject,
  orElse,
  splice,
  str,
  when,
  type Dynamic,
  type ListItem,
  type Ref,
} from '../../helm/index';
import { RESTRICTED_CONTAINER } from '../pod/hardening';
import { podTemplate } from '../pod/pod-template';
import { probe } from '../pod/probe';
import { addServiceAccount } from '../pod/service-account';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import type { ReleaseContext } from '../release-context';
import { AdminNames } from './admin-names';
import type { adminServerValues } from './admin-server-values';
import { ADMIN } from './components';
import type { CoreLocation } from './core-location';

export interface AdminServerProps {
  /** References to values of the shape `adminServerValues`. */
  readonly values: Ref<z.output<typeof adminServerValues>>;
  readonly release: ReleaseContext;
  readonly core: CoreLocation;
}

const TLS_DIRECTORY = '/etc/danube/tls';

/**
 * The admin server of Danube: an HTTP API without pages and without authentication, for the whole
 * cluster through any one broker. It writes nothing (facts on Danube, 3).
 */
export class AdminServer extends Construct {
  readonly serviceAccount: KubernetesObject<ServiceAccount>;
  readonly service: KubernetesObject<Service>;
  readonly deployment: KubernetesObject<Deployment>;

  constructor(scope: Construct, id: string, props: AdminServerProps) {
    super(scope, id);
    const { values, release } = props;
    const name = new AdminNames(release.fullname).admin;
    const accountName = release.serviceAccountName(values.serviceAccount, name);
    const account = values.serviceAccount;
    this.serviceAccount = addServiceAccount(
      this,
      account,
      release,
      ADMIN,
      accountName,
      'adminServiceAccount',
    );

    this.service = new KubernetesObject<Service>(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: release.metadata(name, ADMIN, {
        object: 'adminService',
        annotations: values.service.annotations,
      }),
      spec: {
        ...release.serviceFamilies,
        type: 'ClusterIP',
        selector: release.labels.selecting(ADMIN),
        ports: [{ name: 'http', port: values.service.port, targetPort: 'http' }],
      },
    });

    this.deployment = new KubernetesObject<Deployment>(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: release.metadata(name, ADMIN, { object: 'adminDeployment' }),
      spec: {
        replicas: values.replicaCount,
        selector: { matchLabels: release.labels.selecting(ADMIN) },
        template: podTemplate({
          component: ADMIN,
          values,
          release,
          serviceAccountName: accountName,
          stop: STOP_SEQUENCES.admin,
          initContainers: [waitForBroker(props)],
          container: {
            name: ADMIN,
            args: serverArguments(props),
            ports: [{ name: 'http', containerPort: 8080 }],
            startupProbe: probe({ httpGet: HEALTH }, values.startupProbe),
            livenessProbe: probe({ httpGet: HEALTH }, values.livenessProbe),
            readinessProbe: probe({ httpGet: HEALTH }, values.readinessProbe),
            volumeMounts: [
              when<VolumeMount>(values.tls.enabled, {
                name: 'tls',
                mountPath: TLS_DIRECTORY,
                readOnly: true,
              }),
            ],
          },
          volumes: [
            when<Volume>(values.tls.enabled, {
              name: 'tls',
              secret: { secretName: values.tls.secretName, defaultMode: 0o440 },
            }),
          ],
        }),
      },
    });
  }
}

const HEALTH = { path: '/ui/v1/health', port: 'http' };

function serverArguments({ values, core, release }: AdminServerProps): readonly ListItem<string>[] {
  const { config, tls } = values;
  const showsCertificate = and(tls.enabled, tls.clientCertificate);
  return [
    'serve',
    '--mode=ui',
    str`--listen-addr=${release.anyAddress}:8080`,
    str`--broker-endpoint=${core.brokerEndpoint}`,
    str`--prometheus-url=${core.prometheusUrl}`,
    str`--request-timeout-ms=${config.requestTimeoutMs}`,
    str`--cache-ttl-ms=${config.cacheTtlMs}`,
    str`--metrics-timeout-ms=${config.metricsTimeoutMs}`,
    when<string>(tls.enabled, '--grpc-enable-tls=true'),
    when<string>(tls.enabled, `--grpc-ca=${TLS_DIRECTORY}/ca.crt`),
    when<string>(tls.enabled, str`--grpc-domain=${orElse(tls.domain, 'localhost')}`),
    when<string>(showsCertificate, `--grpc-cert=${TLS_DIRECTORY}/tls.crt`),
    when<string>(showsCertificate, `--grpc-key=${TLS_DIRECTORY}/tls.key`),
    splice(values.extraArgs),
  ];
}

/** The image has a shell but no curl, so bash itself asks whether the port is open. */
const WAIT_FOR_BROKER = `\
address=\${BROKER_ENDPOINT#*://}
reachable() {
  timeout 5 bash -c 'exec 3<>"/dev/tcp/\${0%:*}/\${0##*:}"' "$address" 2>/dev/null
}
until reachable; do
  echo "waiting for the admin port of a Danube broker at $address (without one the server would exit)"
  sleep 2
done
echo "the admin port of a Danube broker answers at $address"
`;

function waitForBroker({ values, release, core }: AdminServerProps): Dynamic<Container> {
  return {
    name: 'wait-for-broker',
    image: release.image(values.image),
    imagePullPolicy: values.image.pullPolicy,
    command: ['/bin/bash', '-c', WAIT_FOR_BROKER],
    env: [{ name: 'BROKER_ENDPOINT', value: core.brokerEndpoint }],
    resources: values.waitForBroker.resources,
    securityContext: RESTRICTED_CONTAINER,
  };
}
