import { Construct } from 'constructs';
import type { Deployment } from 'kubernetes-types/apps/v1';
import type {
  ConfigMap,
  PersistentVolumeClaim,
  Service,
  ServiceAccount,
} from 'kubernetes-types/core/v1';
import type { Role, RoleBinding } from 'kubernetes-types/rbac/v1';
import type { z } from 'zod';
import {
  Gate,
  KubernetesObject,
  Release,
  sha256,
  splice,
  str,
  textBlock,
  when,
  type Condition,
  type Expr,
  type Ref,
} from '../../helm/index';
import { claimSpec, dataVolume, makesClaims } from '../pod/persistence';
import { podTemplate } from '../pod/pod-template';
import { probe } from '../pod/probe';
import { addServiceAccount } from '../pod/service-account';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import type { ReleaseContext } from '../release-context';
import { RULES_FILE, type AlertsTemplate } from './alerts';
import { PROMETHEUS } from './components';
import { prometheusConfigTemplate } from './prometheus-config';
import type { prometheusValues } from './prometheus-values';

export interface PrometheusProps {
  /** References to values of the shape `prometheusValues`. */
  readonly values: Ref<z.output<typeof prometheusValues>>;
  readonly release: ReleaseContext;
  /** Whether etcd runs in this release and is scraped too. */
  readonly scrapesEtcd: Condition;
  readonly alerts: AlertsTemplate;
}

/** The port that Prometheus listens on in its pod. */
export const PROMETHEUS_PORT = 9090;

const CONFIG_DIRECTORY = '/etc/prometheus';
const CONFIG_FILE = 'prometheus.yml';
const DATA_DIRECTORY = '/prometheus';

/**
 * A Prometheus server that scrapes the brokers and etcd of this release, and a Service for it. Its
 * Role lets it read the endpoints of its own namespace and nothing else.
 */
export class Prometheus extends Construct {
  readonly serviceAccount: KubernetesObject<ServiceAccount>;
  readonly role: KubernetesObject<Role>;
  readonly roleBinding: KubernetesObject<RoleBinding>;
  readonly configMap: KubernetesObject<ConfigMap>;
  readonly service: KubernetesObject<Service>;
  readonly persistentVolumeClaim: KubernetesObject<PersistentVolumeClaim>;
  readonly deployment: KubernetesObject<Deployment>;

  constructor(scope: Construct, id: string, props: PrometheusProps) {
    super(scope, id);
    const { values, release, scrapesEtcd, alerts } = props;
    const { chart, names, labels } = release;
    const hasRules = values.rules.enabled;
    const config = prometheusConfigTemplate(chart, {
      names,
      scrapeInterval: values.scrapeInterval,
      scrapesEtcd,
      hasRules,
    });
    const accountName = release.serviceAccountName(values.serviceAccount, names.prometheus);
    const account = values.serviceAccount;
    this.serviceAccount = addServiceAccount(
      this,
      account,
      release,
      PROMETHEUS,
      accountName,
      'prometheusServiceAccount',
    );
    this.role = addRole(this, release);
    this.roleBinding = addRoleBinding(this, release, accountName);

    this.configMap = new KubernetesObject<ConfigMap>(this, 'configmap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: release.metadata(names.prometheusConfig, PROMETHEUS, {
        object: 'prometheusConfigMap',
      }),
      data: {
        [CONFIG_FILE]: textBlock(config),
        [RULES_FILE]: when(hasRules, textBlock(alerts.text)),
      },
    });

    this.service = new KubernetesObject<Service>(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: release.metadata(names.prometheus, PROMETHEUS, {
        object: 'prometheusService',
        annotations: values.service.annotations,
      }),
      spec: {
        ...release.serviceFamilies,
        selector: labels.selecting(PROMETHEUS),
        ports: [{ name: 'http', port: values.service.port, targetPort: 'http' }],
      },
    });

    const claims = new Gate(this, 'persistentvolumeclaim', makesClaims(values.persistence));
    this.persistentVolumeClaim = new KubernetesObject<PersistentVolumeClaim>(claims, 'Default', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: release.metadata(names.prometheus, PROMETHEUS, {
        object: 'prometheusPersistentVolumeClaim',
        annotations: values.persistence.annotations,
      }),
      spec: claimSpec(values.persistence, release.storageClass),
    });

    this.deployment = new KubernetesObject<Deployment>(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: release.metadata(names.prometheus, PROMETHEUS, { object: 'prometheusDeployment' }),
      spec: {
        replicas: 1,
        // Two servers cannot share a volume of samples.
        strategy: { type: 'Recreate' },
        selector: { matchLabels: labels.selecting(PROMETHEUS) },
        template: podTemplate({
          component: PROMETHEUS,
          values,
          release,
          serviceAccountName: accountName,
          stop: STOP_SEQUENCES.prometheus,
          mountsToken: true,
          annotations: {
            'checksum/config': sha256(config),
            'checksum/alerts': when(hasRules, sha256(alerts.text)),
          },
          container: {
            name: PROMETHEUS,
            args: [
              `--config.file=${CONFIG_DIRECTORY}/${CONFIG_FILE}`,
              `--storage.tsdb.path=${DATA_DIRECTORY}`,
              str`--storage.tsdb.retention.time=${values.retention}`,
              splice(values.extraArgs),
            ],
            ports: [{ name: 'http', containerPort: PROMETHEUS_PORT }],
            startupProbe: probe({ httpGet: http('/-/ready') }, values.startupProbe),
            livenessProbe: probe({ httpGet: http('/-/healthy') }, values.livenessProbe),
            readinessProbe: probe({ httpGet: http('/-/ready') }, values.readinessProbe),
            volumeMounts: [
              { name: 'config', mountPath: CONFIG_DIRECTORY, readOnly: true },
              { name: 'data', mountPath: DATA_DIRECTORY },
            ],
          },
          volumes: [
            { name: 'config', configMap: { name: names.prometheusConfig } },
            when(
              makesClaims(values.persistence),
              { name: 'data', persistentVolumeClaim: { claimName: names.prometheus } },
              dataVolume(values.persistence),
            ),
          ],
        }),
      },
    });
  }
}

function addRole(scope: Construct, release: ReleaseContext): KubernetesObject<Role> {
  return new KubernetesObject<Role>(
    scope,
    'role',
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: release.metadata(release.names.prometheus, PROMETHEUS, {
        object: 'prometheusRole',
      }),
      rules: [
        {
          apiGroups: [''],
          resources: ['endpoints', 'pods', 'services'],
          verbs: ['get', 'list', 'watch'],
        },
      ],
    },
    { comment: 'Discovery of targets in this namespace needs these three.' },
  );
}

function addRoleBinding(
  scope: Construct,
  release: ReleaseContext,
  accountName: Expr<string>,
): KubernetesObject<RoleBinding> {
  const { prometheus } = release.names;
  return new KubernetesObject<RoleBinding>(scope, 'rolebinding', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: release.metadata(prometheus, PROMETHEUS, { object: 'prometheusRoleBinding' }),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: prometheus },
    subjects: [{ kind: 'ServiceAccount', name: accountName, namespace: Release.namespace }],
  });
}

function http(path: string): { path: string; port: string } {
  return { path, port: 'http' };
}
