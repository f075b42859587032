import { z } from 'zod';
import { dnsName, ipAddress } from './kubernetes-values';

const schedulerName = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/);
const conditionType = z
  .string()
  .regex(/^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/);

const dnsConfig = z.object({
  nameservers: z.array(ipAddress).max(3).optional(),
  searches: z.array(dnsName).max(32).optional(),
  options: z.array(z.object({ name: z.string().min(1), value: z.string().optional() })).optional(),
});

/**
 * Fields of a pod's spec that the chart does not write itself, under their own names. There is no
 * dnsPolicy: without the DNS of the cluster the parts would not find each other.
 */
const spec = z.object({
  hostAliases: z.array(z.object({ ip: ipAddress, hostnames: z.array(dnsName).min(1) })).optional(),
  dnsConfig: dnsConfig.optional(),
  runtimeClassName: dnsName.optional(),
  schedulerName: schedulerName.optional(),
  preemptionPolicy: z.enum(['Never', 'PreemptLowerPriority']).optional(),
  readinessGates: z.array(z.object({ conditionType })).optional(),
  setHostnameAsFQDN: z.boolean().optional(),
});

/** A profile of the node; without one the profile of the runtime counts. */
const seccompProfile = z.object({
  type: z.literal('Localhost'),
  localhostProfile: z.string().min(1),
});

/** The settings of the kernel that `restricted` lets a pod change. */
const sysctl = z.enum([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_syncookies',
]);

/** What a pod may choose and still meet Pod Security `restricted`. */
const securityContext = z.object({
  seccompProfile: seccompProfile.optional(),
  seLinuxOptions: z.object({ level: z.string().min(1) }).optional(),
  supplementalGroups: z.array(z.int().min(1).max(2147483647)).optional(),
  sysctls: z.array(z.object({ name: sysctl, value: z.string().min(1) })).optional(),
});

/**
 * Fields of a component's pod template that have no value of their own, with their names in
 * Kubernetes. There is none that would take the pod out of Pod Security `restricted`, and no free
 * merge: a misspelt field is refused, and both readings of the chart agree.
 */
export const podOverrides = z
  .object({ spec: spec.optional(), securityContext: securityContext.optional() })
  .meta({
    id: 'PodOverrides',
    examples: [
      {
        spec: {
          hostAliases: [{ ip: '10.0.0.7', hostnames: ['minio.example.com'] }],
          dnsConfig: { options: [{ name: 'ndots', value: '2' }] },
        },
      },
      {
        spec: { runtimeClassName: 'gvisor', schedulerName: 'own-scheduler' },
        securityContext: {
          seccompProfile: { type: 'Localhost', localhostProfile: 'profiles/danube.json' },
          seLinuxOptions: { level: 's0:c123,c456' },
          supplementalGroups: [3000],
          sysctls: [{ name: 'net.ipv4.tcp_keepalive_time', value: '300' }],
        },
      },
      { securityContext: { supplementalGroups: [4000, 5000] } },
    ],
  })
  .default({})
  .describe(
    'Fields of the pod template that have no value of their own: spec (hostAliases, dnsConfig, ' +
      'runtimeClassName, schedulerName, preemptionPolicy, readinessGates, ' +
      'setHostnameAsFQDN) and securityContext (seccompProfile, seLinuxOptions, ' +
      'supplementalGroups, sysctls).',
  );

export type PodOverrides = z.output<typeof podOverrides>;
