import { Construct } from 'constructs';
import type { Certificate } from '../../../imports/cert-manager.io';
import type { StatefulSet } from 'kubernetes-types/apps/v1';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type {
  ConfigMap,
  Container,
  EnvFromSource,
  EnvVar,
  Service,
  ServiceAccount,
  ServicePort,
  Volume,
  VolumeMount,
} from 'kubernetes-types/core/v1';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1';
import type { z } from 'zod';
import {
  and,
  asString,
  eq,
  KubernetesObject,
  not,
  sha256,
  splice,
  str,
  textBlock,
  when,
  type Dynamic,
  type Expr,
  type ManifestNode,
  type Ref,
} from '../../helm/index';
import { RESTRICTED_CONTAINER } from '../pod/hardening';
import { claimRetention } from '../pod/claim-retention';
import { claimTemplates, dataVolume } from '../pod/persistence';
import { podTemplate } from '../pod/pod-template';
import { probe } from '../pod/probe';
import { addServiceAccount } from '../pod/service-account';
import { STOP_SEQUENCES } from '../pod/stop-sequence';
import { updateStrategy } from '../pod/update-strategy';
import type { ReleaseContext } from '../release-context';
import {
  addDiscoveryRole,
  discoverAddress,
  discoveredMount,
  discoveryVolumes,
  type DiscoveryRole,
} from './address-discovery';
import { advertisedAddress, type AdvertisedAddress } from './advertised-address';
import { brokerConfigTemplate } from './broker-config';
import {
  certificateNoteMount,
  certificateNoteVolume,
  checksCertificate,
  NOTING_CERTIFICATE,
} from './broker-certificate-check';
import { addBrokerHpa } from './broker-hpa';
import {
  brokerLiveness,
  livenessEnvironment,
  livenessVolume,
  livenessVolumeMount,
} from './broker-liveness';
import { addBrokerPdb } from './broker-pdb';
import { addressArguments, startCommand, startEnvironment } from './broker-start';
import { addBrokerCertificate, brokerTlsSecret, TLS_DIRECTORY } from './broker-tls';
import type { brokerValues } from './broker-values';
import { BROKER } from './components';
import type { MetadataStore } from './metadata-store';

export interface BrokerProps {
  /** References to values of the shape `brokerValues`. */
  readonly values: Ref<z.output<typeof brokerValues>>;
  readonly release: ReleaseContext;
  /** Name that the brokers register the cluster under. */
  readonly clusterName: Expr<string>;
  readonly metadataStore: MetadataStore;
}

const CONFIG_DIRECTORY = '/etc/danube/config';
const CONFIG_FILE = 'danube_broker.yml';
/** The entrypoint of the image. */
const PROGRAM = '/usr/local/bin/danube-broker';
const GCS_DIRECTORY = '/etc/danube/gcs';

/**
 * The Danube brokers: a StatefulSet, its configuration, a headless Service that gives every broker
 * an address of its own, and a Service for the first contact of clients.
 *
 * A client is redirected to the address of the broker that owns its topic, so every broker
 * advertises the DNS name of its pod (facts on Danube, 8).
 */
export class Broker extends Construct {
  readonly serviceAccount: KubernetesObject<ServiceAccount>;
  readonly horizontalPodAutoscaler: KubernetesObject<HorizontalPodAutoscaler>;
  readonly podDisruptionBudget: KubernetesObject<PodDisruptionBudget>;
  readonly certificate: KubernetesObject<Certificate>;
  readonly configMap: KubernetesObject<ConfigMap>;
  readonly headlessService: KubernetesObject<Service>;
  readonly service: KubernetesObject<Service>;
  readonly statefulSet: KubernetesObject<StatefulSet>;
  readonly discoveryRole: DiscoveryRole;
  /** The address that each broker advertises. */
  readonly address: AdvertisedAddress;

  constructor(scope: Construct, id: string, props: BrokerProps) {
    super(scope, id);
    const { values, release } = props;
    const { chart, names, labels } = release;
    const address = advertisedAddress(chart, values, release);
    this.address = address;
    const config = brokerConfigTemplate(chart, props);
    const accountName = release.serviceAccountName(values.serviceAccount, names.broker);
    const account = values.serviceAccount;
    this.serviceAccount = addServiceAccount(
      this,
      account,
      release,
      BROKER,
      accountName,
      'brokerServiceAccount',
    );
    this.horizontalPodAutoscaler = addBrokerHpa(this, values, release);
    this.podDisruptionBudget = addBrokerPdb(this, values, release);
    const tlsSecret = brokerTlsSecret(chart, values, release);
    this.certificate = addBrokerCertificate(this, values, release, tlsSecret);
    this.discoveryRole = addDiscoveryRole(this, values, release, accountName);

    this.configMap = new KubernetesObject<ConfigMap>(this, 'configmap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: release.metadata(names.brokerConfig, BROKER, { object: 'brokerConfigMap' }),
      data: { [CONFIG_FILE]: textBlock(config) },
    });

    this.headlessService = new KubernetesObject<Service>(
      this,
      'service-headless',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: release.metadata(names.brokerHeadless, BROKER, {
          object: 'brokerServiceHeadless',
        }),
        spec: {
          ...release.serviceFamilies,
          clusterIP: 'None',
          publishNotReadyAddresses: true,
          selector: labels.selecting(BROKER),
          ports: servicePorts(values),
        },
      },
      { comment: 'Gives every broker the address that it advertises.' },
    );

    this.service = new KubernetesObject<Service>(
      this,
      'service',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: release.metadata(names.broker, BROKER, {
          object: 'brokerService',
          annotations: values.service.annotations,
        }),
        spec: {
          ...release.serviceFamilies,
          type: 'ClusterIP',
          selector: labels.selecting(BROKER),
          ports: servicePorts(values),
        },
      },
      { comment: 'The first contact of clients; they are then sent to the broker of their topic.' },
    );

    this.statefulSet = new KubernetesObject<StatefulSet>(this, 'statefulset', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: release.metadata(names.broker, BROKER, { object: 'brokerStatefulSet' }),
      spec: {
        replicas: when(not(values.hpa.enabled), values.replicaCount),
        serviceName: names.brokerHeadless,
        podManagementPolicy: 'Parallel',
        minReadySeconds: values.minReadySeconds,
        updateStrategy: updateStrategy(values.updateStrategy),
        selector: { matchLabels: labels.selecting(BROKER) },
        template: podTemplate({
          component: BROKER,
          values,
          release,
          serviceAccountName: accountName,
          stop: STOP_SEQUENCES.broker,
          spread: values,
          annotations: { 'checksum/config': sha256(config) },
          initContainers: [discoverAddress(values, release), waitForEtcd(props)],
          container: {
            name: BROKER,
            command: startCommand(
              address,
              checksCertificate(values.tls),
              NOTING_CERTIFICATE,
              PROGRAM,
            ),
            args: [
              '--config-file',
              `${CONFIG_DIRECTORY}/${CONFIG_FILE}`,
              ...addressArguments(address),
              splice(values.extraArgs),
            ],
            env: [
              POD_NAME,
              ...startEnvironment(values, address),
              gcsCredentials(values),
              ...livenessEnvironment(values, props.metadataStore),
            ],
            envFrom: [
              when<EnvFromSource>(values.config.storage.credentials.existingSecret, {
                secretRef: { name: values.config.storage.credentials.existingSecret },
              }),
            ],
            ports: [
              { name: 'client', containerPort: values.ports.client },
              { name: 'admin', containerPort: values.ports.admin },
              { name: 'prometheus', containerPort: values.ports.prometheus },
            ],
            // The ports open in the order prometheus, client, admin.
            startupProbe: probe({ tcpSocket: { port: 'client' } }, values.startupProbe),
            livenessProbe: probe(brokerLiveness(values), values.livenessProbe),
            readinessProbe: probe({ tcpSocket: { port: 'admin' } }, values.readinessProbe),
            volumeMounts: [
              { name: 'config', mountPath: CONFIG_DIRECTORY, readOnly: true },
              { name: 'data', mountPath: values.persistence.mountPath },
              livenessVolumeMount(values),
              discoveredMount(values),
              when<VolumeMount>(sharesVolume(values), {
                name: 'shared',
                mountPath: values.config.storage.cloudRoot,
              }),
              when<VolumeMount>(values.tls.enabled, {
                name: 'tls',
                mountPath: TLS_DIRECTORY,
                readOnly: true,
              }),
              certificateNoteMount(values.tls),
              when<VolumeMount>(usesGcsSecret(values), {
                name: 'gcs',
                mountPath: GCS_DIRECTORY,
                readOnly: true,
              }),
            ],
          },
          volumes: [
            { name: 'config', configMap: { name: names.brokerConfig } },
            dataVolume(values.persistence),
            livenessVolume(values),
            ...optionalVolumes(values, tlsSecret),
            ...discoveryVolumes(values),
          ],
        }),
        persistentVolumeClaimRetentionPolicy: claimRetention(values.persistence),
        volumeClaimTemplates: claimTemplates(
          values.persistence,
          release.storageClass,
          labels.selecting(BROKER),
        ),
      },
    });
  }
}

type Values = BrokerProps['values'];

const POD_NAME: Dynamic<EnvVar> = {
  name: 'POD_NAME',
  valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
};

/** gRPC is HTTP/2; on the client port it is in cleartext only without TLS. */
function servicePorts({ ports, config }: Values): readonly Dynamic<ServicePort>[] {
  const h2c = 'kubernetes.io/h2c';
  return [
    {
      name: 'client',
      port: ports.client,
      targetPort: 'client',
      appProtocol: when(eq(config.auth.mode, 'tls'), 'https', h2c),
    },
    { name: 'admin', port: ports.admin, targetPort: 'admin', appProtocol: h2c },
    { name: 'prometheus', port: ports.prometheus, targetPort: 'prometheus' },
  ];
}

function sharesVolume({ config }: Values): Expr<boolean> {
  return and(eq(config.storage.cloudBackend, 'fs'), config.storage.sharedVolume.existingClaim);
}

function usesGcsSecret({ config }: Values): Expr<boolean> {
  return and(eq(config.storage.cloudBackend, 'gcs'), config.storage.credentials.gcsSecret.name);
}

function gcsCredentials(values: Values): ManifestNode<EnvVar | undefined> {
  const { key } = values.config.storage.credentials.gcsSecret;
  return when<EnvVar>(usesGcsSecret(values), {
    name: 'GOOGLE_APPLICATION_CREDENTIALS',
    value: str`${GCS_DIRECTORY}/${key}`,
  });
}

function optionalVolumes(values: Values, tlsSecret: Expr<string>) {
  const { sharedVolume, credentials } = values.config.storage;
  return [
    when<Volume>(sharesVolume(values), {
      name: 'shared',
      persistentVolumeClaim: { claimName: sharedVolume.existingClaim },
    }),
    when<Volume>(values.tls.enabled, {
      name: 'tls',
      secret: { secretName: tlsSecret, defaultMode: 0o440 },
    }),
    certificateNoteVolume(values.tls),
    when<Volume>(usesGcsSecret(values), {
      name: 'gcs',
      secret: { secretName: credentials.gcsSecret.name, defaultMode: 0o440 },
    }),
  ];
}

/** The image has a shell but no curl, so bash itself asks etcd for its health. */
const WAIT_FOR_ETCD = `\
healthy() {
  timeout 5 bash -c '
    exec 3<>"/dev/tcp/$ETCD_HOST/$ETCD_PORT"
    printf "GET /health HTTP/1.0\\r\\n\\r\\n" >&3
    grep -q "\\"health\\":\\"true\\"" <&3
  ' 2>/dev/null
}
until healthy; do
  echo "waiting for a healthy etcd at $ETCD_HOST:$ETCD_PORT (without one the broker would exit)"
  sleep 2
done
echo "etcd at $ETCD_HOST:$ETCD_PORT is healthy"
`;

function waitForEtcd({ values, release, metadataStore }: BrokerProps): Dynamic<Container> {
  return {
    name: 'wait-for-etcd',
    image: release.image(values.image),
    imagePullPolicy: values.image.pullPolicy,
    command: ['/bin/bash', '-c', WAIT_FOR_ETCD],
    env: [
      { name: 'ETCD_HOST', value: metadataStore.host },
      { name: 'ETCD_PORT', value: asString(metadataStore.port) },
    ],
    resources: values.waitForEtcd.resources,
    securityContext: RESTRICTED_CONTAINER,
  };
}
