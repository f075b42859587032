import { Construct } from 'constructs';
import type { Deployment } from 'kubernetes-types/apps/v1';
import type { ConfigMap, Service, ServiceAccount } from 'kubernetes-types/core/v1';
import type { z } from 'zod';
import {
  KubernetesObject,
  sha256,
  splice,
  str,
  textBlock,
  type Expr,
  type Ref,
} from '../../helm/index';
import { clusterDnsName } from '../naming';
import { podTemplate } from '../pod/pod-template';
import { probe } from '../pod/probe';
import { addServiceAccount } from '../pod/service-account';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import type { ReleaseContext } from '../release-context';
import { AdminNames } from './admin-names';
import { nginxConfigTemplate, UI_PORT } from './admin-ui-nginx';
import type { adminUIValues } from './admin-ui-values';
import { ADMIN_UI } from './components';

export interface AdminUIProps {
  /** References to values of the shape `adminUIValues`. */
  readonly values: Ref<z.output<typeof adminUIValues>>;
  readonly release: ReleaseContext;
  /** Port of the Service of the admin server in this release. */
  readonly adminPort: Expr<number>;
}

const CONFIG_DIRECTORY = '/etc/danube-ui';
const CONFIG_FILE = 'nginx.conf';

/**
 * The web interface of Danube: pages for the browser, and the way from them to the admin server.
 * It runs nginx with a configuration of its own (`nginxConfigTemplate`).
 */
export class AdminUI extends Construct {
  readonly serviceAccount: KubernetesObject<ServiceAccount>;
  readonly configMap: KubernetesObject<ConfigMap>;
  readonly service: KubernetesObject<Service>;
  readonly deployment: KubernetesObject<Deployment>;

  constructor(scope: Construct, id: string, { values, release, adminPort }: AdminUIProps) {
    super(scope, id);
    const { chart, labels } = release;
    const names = new AdminNames(release.fullname);
    const server = clusterDnsName(names.admin, release.clusterDomain);
    const address = chart.template('adminAddress', str`${server}:${adminPort}`, {
      description: 'The admin server of this release, for the web interface.',
    });
    const config = nginxConfigTemplate(chart, address, release.anyAddress);
    const accountName = release.serviceAccountName(values.serviceAccount, names.adminUI);
    const account = values.serviceAccount;
    this.serviceAccount = addServiceAccount(
      this,
      account,
      release,
      ADMIN_UI,
      accountName,
      'adminUiServiceAccount',
    );

    this.configMap = new KubernetesObject<ConfigMap>(this, 'configmap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: release.metadata(names.adminUIConfig, ADMIN_UI, { object: 'adminUiConfigMap' }),
      data: { [CONFIG_FILE]: textBlock(config) },
    });

    this.service = new KubernetesObject<Service>(this, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: release.metadata(names.adminUI, ADMIN_UI, {
        object: 'adminUiService',
        annotations: values.service.annotations,
      }),
      spec: {
        ...release.serviceFamilies,
        type: 'ClusterIP',
        selector: labels.selecting(ADMIN_UI),
        ports: [{ name: 'http', port: values.service.port, targetPort: 'http' }],
      },
    });

    this.deployment = new KubernetesObject<Deployment>(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: release.metadata(names.adminUI, ADMIN_UI, { object: 'adminUiDeployment' }),
      spec: {
        replicas: values.replicaCount,
        selector: { matchLabels: labels.selecting(ADMIN_UI) },
        template: podTemplate({
          component: ADMIN_UI,
          values,
          release,
          serviceAccountName: accountName,
          stop: STOP_SEQUENCES.adminUI,
          annotations: { 'checksum/config': sha256(config) },
          container: {
            name: ADMIN_UI,
            // Not the entrypoint of the image, which would change files of a read-only system.
            command: ['nginx'],
            args: [
              ...['-e', 'stderr', '-c', `${CONFIG_DIRECTORY}/${CONFIG_FILE}`],
              splice(values.extraArgs),
            ],
            ports: [{ name: 'http', containerPort: UI_PORT }],
            startupProbe: probe({ httpGet: HEALTH }, values.startupProbe),
            livenessProbe: probe({ httpGet: HEALTH }, values.livenessProbe),
            readinessProbe: probe({ httpGet: HEALTH }, values.readinessProbe),
            volumeMounts: [
              { name: 'config', mountPath: CONFIG_DIRECTORY, readOnly: true },
              { name: 'tmp', mountPath: '/tmp' },
            ],
          },
          volumes: [
            { name: 'config', configMap: { name: names.adminUIConfig } },
            { name: 'tmp', emptyDir: {} },
          ],
        }),
      },
    });
  }
}

const HEALTH = { path: '/healthz', port: 'http' };
