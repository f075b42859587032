type Values = Record<string, unknown>;

/** Values of `podOverrides` that use every part of it. */
export const POD_OVERRIDES: Values = {
  spec: {
    hostAliases: [{ ip: '10.0.0.7', hostnames: ['minio.example.com'] }],
    dnsConfig: {
      nameservers: ['169.254.20.10'],
      searches: ['example.com'],
      options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
    },
    runtimeClassName: 'gvisor',
    schedulerName: 'own-scheduler',
    preemptionPolicy: 'Never',
    readinessGates: [{ conditionType: 'example.com/registered' }],
    setHostnameAsFQDN: true,
  },
  securityContext: {
    seccompProfile: { type: 'Localhost', localhostProfile: 'profiles/danube.json' },
    seLinuxOptions: { level: 's0:c123,c456' },
    supplementalGroups: [3000],
    sysctls: [{ name: 'net.ipv4.tcp_keepalive_time', value: '300' }],
  },
};

/** The same overrides for several components. */
export function overriding(...components: readonly string[]): Values {
  const podOverrides = POD_OVERRIDES;
  return Object.fromEntries(components.map((component) => [component, { podOverrides }]));
}

/** A label and an annotation for each object, which tell whose they are. */
export function toldApart(objects: readonly string[]): Values {
  return {
    objectLabels: Object.fromEntries(objects.map((object) => [object, { object }])),
    objectAnnotations: Object.fromEntries(
      objects.map((object) => [object, { 'example.com/object': object }]),
    ),
  };
}

/** Both IP families, the second one first. */
export const DUAL_STACK: Values = {
  ipFamilyPolicy: 'PreferDualStack',
  ipFamilies: ['IPv6', 'IPv4'],
};

/** One set for each rule about IP families that breaks it. */
export const REFUSED_FAMILIES: readonly (readonly [string, Values])[] = [
  ['ipFamilies', { ipFamilyPolicy: 'RequireDualStack' }],
  ['ipFamilies', { ipFamilyPolicy: 'PreferDualStack', ipFamilies: ['IPv4'] }],
  ['ipFamilyPolicy', { ipFamilyPolicy: 'SingleStack', ipFamilies: ['IPv4', 'IPv6'] }],
];

/** Changes random values as little as the rules about IP families demand. */
export function keepFamilyRules(
  get: (path: string) => unknown,
  change: (path: string, value: unknown) => void,
): void {
  const policy = get('ipFamilyPolicy');
  if (policy === 'SingleStack') {
    change('ipFamilies', ['IPv6']);
  } else if (typeof policy === 'string' && policy !== '') {
    change('ipFamilies', ['IPv4', 'IPv6']);
  }
}
