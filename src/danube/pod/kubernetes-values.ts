import type {
  Affinity,
  Container,
  EnvFromSource,
  EnvVar,
  ResourceRequirements,
  Toleration,
  TopologySpreadConstraint,
  Volume,
  VolumeMount,
} from 'kubernetes-types/core/v1';
import type { HorizontalPodAutoscalerBehavior } from 'kubernetes-types/autoscaling/v2';
import type { NetworkPolicyPeer } from 'kubernetes-types/networking/v1';
import { z } from 'zod';

/**
 * Values that reach a pod as Kubernetes knows them. The schema checks their outline; what is inside
 * is Kubernetes' own, so the type is taken from there.
 */
function asKubernetes<X>(schema: z.ZodType): z.ZodType<X> {
  return schema as z.ZodType<X>;
}

/** An object with some known keys and any others. */
const anyObject = z.looseObject({});

const LABEL_VALUE = /^(([A-Za-z0-9][A-Za-z0-9_.-]*)?[A-Za-z0-9])?$/;
const LABEL = '[a-z0-9]([a-z0-9-]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const DNS_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = new RegExp(`^${SUBDOMAIN}$`);
const QUALIFIED_NAME = new RegExp(
  `^(${SUBDOMAIN}/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$`,
);
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const QUANTITY = /^[0-9]+(\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;

/** A Kubernetes quantity: `500m`, `256Mi`, `10Gi`. */
export const quantity = z.string().regex(QUANTITY);

/** A TCP port. */
export const port = z.int().min(1).max(65535);

/** The name of an object of the release's namespace, or an empty string for none. */
export const objectName = z
  .string()
  .regex(new RegExp(`^(${SUBDOMAIN})?$`))
  .max(253);

/** The name of a namespace, or an empty string for none. Unlike other names it has no dots. */
export const namespaceName = z
  .string()
  .regex(new RegExp(`^(${LABEL})?$`))
  .max(63);

/** The namespace of an object that another program looks for. */
export const madeInNamespace = namespaceName
  .default('')
  .describe('Namespace that it is made in; when empty, that of the release.');

/** The name of a storage class, an empty string for the default one, or `-` for none. */
export const storageClassName = z
  .string()
  .regex(new RegExp(`^(${SUBDOMAIN}|-)?$`))
  .max(253);

/** A DNS name in small letters. */
export const dnsName = z.string().regex(DNS_SUBDOMAIN).max(253);

/** An IP address of either family, roughly. */
export const ipAddress = z
  .string()
  .regex(/^([0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*)$/);

/** A path from the root of the file system. */
export const absolutePath = z.string().regex(/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/);

export const labels = z.record(
  z.string().regex(QUALIFIED_NAME),
  z.string().regex(LABEL_VALUE).max(63),
);

export const annotations = z.record(z.string().regex(QUALIFIED_NAME), z.string());

const resourceList = z.record(z.string().regex(QUALIFIED_NAME), z.union([quantity, z.number()]));

export const resources = asKubernetes<ResourceRequirements>(
  z
    .object({
      requests: resourceList.optional(),
      limits: resourceList.optional(),
      claims: z.array(z.object({ name: z.string().regex(DNS_LABEL) })).optional(),
    })
    .meta({
      id: 'Resources',
      examples: [
        { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '2', memory: '2Gi' } },
        { requests: { cpu: '50m', memory: '32Mi' }, limits: { cpu: 1, memory: '1Gi' } },
      ],
    }),
);

export const env = z.record(z.string().regex(ENV_NAME), z.string());

export const extraEnv = z.array(
  asKubernetes<EnvVar>(
    z
      .object({
        name: z.string().regex(ENV_NAME),
        value: z.string().optional(),
        valueFrom: z
          .object({
            secretKeyRef: anyObject.optional(),
            configMapKeyRef: anyObject.optional(),
            fieldRef: anyObject.optional(),
            resourceFieldRef: anyObject.optional(),
          })
          .optional(),
      })
      .meta({
        id: 'EnvVar',
        examples: [
          { name: 'EXAMPLE', value: 'text' },
          { name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
        ],
      }),
  ),
);

export const envFrom = z.array(
  asKubernetes<EnvFromSource>(
    z
      .object({
        prefix: z.string().optional(),
        secretRef: z
          .object({ name: z.string().regex(DNS_SUBDOMAIN), optional: z.boolean().optional() })
          .optional(),
        configMapRef: z
          .object({ name: z.string().regex(DNS_SUBDOMAIN), optional: z.boolean().optional() })
          .optional(),
      })
      .meta({
        id: 'EnvFromSource',
        examples: [
          { secretRef: { name: 'own-secret' } },
          { configMapRef: { name: 'own-settings', optional: true } },
        ],
      }),
  ),
);

export const tolerations = z.array(
  asKubernetes<Toleration>(
    z
      .object({
        key: z.string().optional(),
        operator: z.enum(['Exists', 'Equal']).optional(),
        value: z.string().optional(),
        effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']).optional(),
        tolerationSeconds: z.int().min(0).optional(),
      })
      .meta({
        id: 'Toleration',
        examples: [
          { key: 'dedicated', operator: 'Equal', value: 'danube', effect: 'NoSchedule' },
          { operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 30 },
        ],
      }),
  ),
);

const matchesNode = { key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] };

export const affinity = asKubernetes<Affinity>(
  z
    .object({
      nodeAffinity: anyObject.optional(),
      podAffinity: anyObject.optional(),
      podAntiAffinity: anyObject.optional(),
    })
    .meta({
      id: 'Affinity',
      examples: [
        {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [matchesNode] }],
            },
          },
        },
        {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              {
                topologyKey: 'kubernetes.io/hostname',
                labelSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'danube' } },
              },
            ],
          },
        },
      ],
    }),
);

export const topologySpreadConstraints = z.array(
  asKubernetes<TopologySpreadConstraint>(
    z
      .looseObject({
        maxSkew: z.int().min(1),
        topologyKey: z.string(),
        whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']),
      })
      .meta({
        id: 'TopologySpreadConstraint',
        examples: [
          {
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { 'app.kubernetes.io/part-of': 'danube' } },
          },
        ],
      }),
  ),
);

const expressions = z.array(
  z.union([
    z.object({
      key: z.string().regex(QUALIFIED_NAME),
      operator: z.enum(['In', 'NotIn']),
      values: z.array(z.string().regex(LABEL_VALUE).max(63)).min(1),
    }),
    z.object({
      key: z.string().regex(QUALIFIED_NAME),
      operator: z.enum(['Exists', 'DoesNotExist']),
    }),
  ]),
);

const labelSelector = z.object({
  matchLabels: labels.optional(),
  matchExpressions: expressions.optional(),
});

const BYTE = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const IPV4_RANGE = `(${BYTE}\\.){3}${BYTE}/(3[0-2]|[12]?[0-9])`;
const IPV6_GROUP = '[0-9a-f]{1,4}';
const IPV6 =
  `((${IPV6_GROUP}:){7}${IPV6_GROUP}|(${IPV6_GROUP}:){1,6}:|` +
  `(${IPV6_GROUP}:){1,5}(:${IPV6_GROUP}){1,2}|::(${IPV6_GROUP})?)`;
const IPV6_RANGE = `${IPV6}/(12[0-8]|1[01][0-9]|[1-9]?[0-9])`;

/** A range of IP addresses: `10.0.0.0/8`, `2001:db8::/32`. */
export const ipRange = z.string().regex(new RegExp(`^(${IPV4_RANGE}|${IPV6_RANGE})$`));

/** Who is at the other end of a connection: pods, pods of namespaces, or addresses outside. */
export const networkPeers = z.array(
  asKubernetes<NetworkPolicyPeer>(
    z
      .union([
        z.object({ podSelector: labelSelector, namespaceSelector: labelSelector.optional() }),
        z.object({ namespaceSelector: labelSelector }),
        z.object({ ipBlock: z.object({ cidr: ipRange }) }),
      ])
      .meta({
        id: 'NetworkPeer',
        examples: [
          { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
          { ipBlock: { cidr: '10.0.0.0/8' } },
        ],
      }),
  ),
);

const scalingRules = z.object({
  stabilizationWindowSeconds: z.int().min(0).max(3600).optional(),
  selectPolicy: z.enum(['Max', 'Min', 'Disabled']).optional(),
  policies: z
    .array(
      z.object({
        type: z.enum(['Pods', 'Percent']),
        value: z.int().min(1),
        periodSeconds: z.int().min(1).max(1800),
      }),
    )
    .min(1)
    .optional(),
});

export const scalingBehavior = asKubernetes<HorizontalPodAutoscalerBehavior>(
  z.object({ scaleUp: scalingRules.optional(), scaleDown: scalingRules.optional() }).meta({
    id: 'ScalingBehavior',
    examples: [
      { scaleUp: { policies: [{ type: 'Pods', value: 2, periodSeconds: 120 }] } },
      { scaleDown: { selectPolicy: 'Disabled' } },
    ],
  }),
);

export const extraVolumes = z.array(
  asKubernetes<Volume>(
    z.looseObject({ name: z.string().regex(DNS_LABEL) }).meta({
      id: 'Volume',
      examples: [
        { name: 'scratch', emptyDir: { sizeLimit: '1Gi' } },
        { name: 'own-files', configMap: { name: 'own-files' } },
      ],
    }),
  ),
);

export const extraVolumeMounts = z.array(
  asKubernetes<VolumeMount>(
    z.looseObject({ name: z.string().regex(DNS_LABEL), mountPath: absolutePath }).meta({
      id: 'VolumeMount',
      examples: [
        { name: 'scratch', mountPath: '/scratch' },
        { name: 'own-files', mountPath: '/own-files', readOnly: true },
      ],
    }),
  ),
);

export const extraContainers = z.array(
  asKubernetes<Container>(
    z.looseObject({ name: z.string().regex(DNS_LABEL), image: z.string().min(1) }).meta({
      id: 'Container',
      examples: [{ name: 'helper', image: 'registry.example.com/helper:1.0', args: ['--verbose'] }],
    }),
  ),
);
