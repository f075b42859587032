import { Construct } from 'constructs';
import type { Job, JobSpec } from 'kubernetes-types/batch/v1';
import type { ConfigMap, Volume, VolumeMount } from 'kubernetes-types/core/v1';
import type { NetworkPolicy, NetworkPolicyPeer } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  ChartInfo,
  ChartPart,
  choose,
  comment,
  each,
  eachEntry,
  entries,
  Gate,
  KubernetesObject,
  nonEmpty,
  spread,
  required,
  sha256,
  str,
  textBlock,
  textLines,
  trunc,
  when,
  yamlFile,
  type Dynamic,
  type Expr,
  type ListItem,
  type Ref,
} from '../../helm/index';
import { RESTRICTED_CONTAINER, restrictedPod } from '../pod/hardening';
import { tcp, toDns } from '../pod/network-peers';
import type { ReleaseContext } from '../release-context';
import {
  BOOTSTRAP_DIRECTORY,
  BOOTSTRAP_SCRIPT,
  EXISTING_SCHEMAS_DIRECTORY,
  SCHEMAS_DIRECTORY,
} from './bootstrap-script';
import type { bootstrapValues } from './bootstrap-values';

export const BOOTSTRAP = 'bootstrap';

export interface BootstrapJobProps {
  /** References to values of the shape `bootstrapValues`. */
  readonly values: Ref<z.output<typeof bootstrapValues>>;
  readonly release: ReleaseContext;
  /** What the names of its objects start with; default: `<release>-bootstrap`. */
  readonly name?: Expr<string>;
  /** Its component label; default: `bootstrap`. */
  readonly component?: string;
  /** What names of its objects in `objectLabels` start with, if the chart has them. */
  readonly objects?: string;
  /** URL of the admin port of the brokers. */
  readonly adminUrl: Expr<string>;
  /** Port of that URL, for the network policy. */
  readonly adminPort: Expr<number>;
  /** DNS name behind which all pods of the brokers are, or empty if there is none. */
  readonly brokerHosts: Expr<string>;
  readonly networkPolicy: {
    readonly enabled: Expr<boolean>;
    /** Where the brokers are; nothing: anywhere. */
    readonly brokers: readonly ListItem<NetworkPolicyPeer>[];
    readonly dns: Parameters<typeof toDns>[0];
  };
}

/**
 * A Job that makes namespaces, schemas and topics. It is no hook: sinks do not get ready without
 * their topics, and `helm --wait` would run hooks after that. A Job cannot change, so its name
 * carries a hash of all it is made of: other content is another Job.
 */
export class BootstrapJob extends Construct {
  readonly configMap: KubernetesObject<ConfigMap>;
  readonly schemasConfigMap: KubernetesObject<ConfigMap>;
  readonly job: KubernetesObject<Job>;
  readonly networkPolicy: KubernetesObject<NetworkPolicy>;

  constructor(scope: Construct, id: string, props: BootstrapJobProps) {
    super(scope, id);
    const { values, release, component = BOOTSTRAP, objects = BOOTSTRAP } = props;
    const chart = new ChartPart(this, values);
    const name = props.name ?? str`${release.fullname}-bootstrap`;
    const gate = new Gate(this, 'Default', values.enabled);

    const plan = chart.textTemplate('plan', planOf(values), {
      description: 'The steps of the bootstrap Job, in their order.',
    });
    this.configMap = new KubernetesObject<ConfigMap>(gate, 'configmap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: release.metadata(name, component, { object: `${objects}ConfigMap` }),
      data: {
        'bootstrap.sh': BOOTSTRAP_SCRIPT,
        plan: textBlock(plan),
      },
    });
    const schemas = new Gate(gate, 'schemas', values.schemas);
    this.schemasConfigMap = new KubernetesObject<ConfigMap>(schemas, 'configmap', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: release.metadata(schemasName(name), component, {
        object: `${objects}SchemasConfigMap`,
      }),
      data: { ...entries(values.schemas, (_, { content }): Dynamic<string> => content) },
    });

    const content = chart.textTemplate('content', contentOf(props), {
      description: 'All that the bootstrap Job is made of: a Job cannot change.',
    });
    const jobName = chart.template('jobName', str`${name}-${trunc(8, sha256(content))}`, {
      description: 'The name of the bootstrap Job: other content is another Job.',
    });
    this.job = new KubernetesObject<Job>(gate, 'Default', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: release.metadata(jobName, component, { object: objects }),
      spec: jobSpec(props, name),
    });

    const policy = new Gate(gate, 'networkpolicy', props.networkPolicy.enabled);
    this.networkPolicy = new KubernetesObject<NetworkPolicy>(policy, 'Default', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: release.metadata(name, component, { object: `${objects}NetworkPolicy` }),
      spec: {
        podSelector: { matchLabels: release.labels.selecting(component) },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [],
        egress: [
          toDns(props.networkPolicy.dns),
          { to: [...props.networkPolicy.brokers], ports: [tcp(props.adminPort)] },
        ],
      },
    });
  }
}

function planOf({ namespaces, schemas, topics }: BootstrapJobProps['values']) {
  return textLines([
    each(namespaces, (namespace) => [str`namespace ${namespace}`]),
    eachEntry(schemas, (subject, { type, compatibility }) => [
      str`schema ${subject} ${type} ${compatibility}`,
    ]),
    eachEntry(topics, (topic, { partitions, dispatchStrategy }) => [
      str`topic ${topic} ${partitions} ${dispatchStrategy}`,
    ]),
    eachEntry(topics, (topic, { schema }) => when(schema, [schemaStep(topic, schema)])),
  ]);
}

function schemaStep(topic: Expr<string>, schema: TopicSchema): Expr<string> {
  const policy = required(schema.validationPolicy);
  const payload = choose(required(schema.payloadValidation), 'payload', 'no_payload');
  return str`topic_schema ${topic} ${required(schema.subject)} ${policy} ${payload}`;
}

type TopicSchema = Ref<z.output<typeof bootstrapValues>['topics'][string]['schema']>;

/** A chart's version stands for how the chart writes the Job. */
function contentOf({
  values,
  release,
  adminUrl,
  brokerHosts,
  component = BOOTSTRAP,
}: BootstrapJobProps) {
  return yamlFile({
    chart: ChartInfo.version,
    bootstrap: values,
    image: release.image(values.image),
    imagePullSecrets: release.imagePullSecrets,
    labels: release.labels.ofPods(component, values.podLabels),
    platformAssignedIds: release.platformAssignedIds,
    adminUrl,
    brokerHosts,
  });
}

function jobSpec(
  { values, release, adminUrl, brokerHosts, component = BOOTSTRAP }: BootstrapJobProps,
  name: Expr<string>,
): Dynamic<JobSpec> {
  return {
    backoffLimit: values.backoffLimit,
    activeDeadlineSeconds: values.activeDeadlineSeconds,
    ttlSecondsAfterFinished: values.ttlSecondsAfterFinished,
    ...comment('Exit code 2: what exists contradicts the plan, and trying again does not help.'),
    podFailurePolicy: {
      rules: [
        {
          action: 'FailJob',
          onExitCodes: { containerName: BOOTSTRAP, operator: 'In', values: [2] },
        },
      ],
    },
    template: {
      metadata: {
        labels: release.labels.ofPods(component, values.podLabels),
        annotations: nonEmpty(values.podAnnotations),
      },
      spec: {
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        imagePullSecrets: [each(release.imagePullSecrets, (secret) => ({ name: secret }))],
        priorityClassName: nonEmpty(values.priorityClassName),
        terminationGracePeriodSeconds: values.terminationGracePeriodSeconds,
        securityContext: restrictedPod(values, release.platformAssignedIds),
        containers: [
          {
            name: BOOTSTRAP,
            image: release.image(values.image),
            imagePullPolicy: values.image.pullPolicy,
            command: ['/bin/bash', `${BOOTSTRAP_DIRECTORY}/bootstrap.sh`],
            env: [
              { name: 'DANUBE_ADMIN_ENDPOINT', value: adminUrl },
              { name: 'BROKER_HOSTS', value: brokerHosts },
            ],
            resources: values.resources,
            securityContext: RESTRICTED_CONTAINER,
            volumeMounts: [
              { name: 'bootstrap', mountPath: BOOTSTRAP_DIRECTORY, readOnly: true },
              when<VolumeMount>(values.schemas, {
                name: 'schemas',
                mountPath: SCHEMAS_DIRECTORY,
                readOnly: true,
              }),
              when<VolumeMount>(values.existingConfigMap, {
                name: 'existing-schemas',
                mountPath: EXISTING_SCHEMAS_DIRECTORY,
                readOnly: true,
              }),
            ],
          },
        ],
        volumes: [
          { name: 'bootstrap', configMap: { name } },
          when<Volume>(values.schemas, {
            name: 'schemas',
            configMap: { name: schemasName(name) },
          }),
          when<Volume>(values.existingConfigMap, {
            name: 'existing-schemas',
            configMap: { name: values.existingConfigMap },
          }),
        ],
        nodeSelector: nonEmpty(values.nodeSelector),
        affinity: nonEmpty(values.affinity),
        tolerations: nonEmpty(values.tolerations),
        ...spread(values.podOverrides.spec),
      },
    },
  };
}

function schemasName(name: Expr<string>): Expr<string> {
  return str`${name}-schemas`;
}
