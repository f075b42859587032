import { type KubernetesObject } from './kubernetes-object';

const brokerLabels = { 'app.kubernetes.io/name': 'danube', component: 'broker' };
const gatewayLabels = { 'app.kubernetes.io/name': 'danube', component: 'gateway' };
const cleanupLabels = { 'app.kubernetes.io/name': 'danube', component: 'cleanup' };

export const releaseNamespace = 'messaging';

/** A small release without a flaw, made anew on each call, so that tests may break it. */
export function soundRelease(): KubernetesObject[] {
  const release = [
    serviceAccount(),
    role(),
    roleBinding(),
    configMap(),
    secret(),
    headlessService(),
    gatewayService(),
    broker(),
    gateway(),
    cleanup(),
    disruptionBudget(),
    autoscaler(),
    networkPolicy(),
    ingress(),
  ];
  // Parts that objects share would change together. (structuredClone keeps them shared.)
  return JSON.parse(JSON.stringify(release)) as KubernetesObject[];
}

function serviceAccount(): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'broker' } };
}

function role(): KubernetesObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'broker' },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }],
  };
}

function roleBinding(): KubernetesObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'broker' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'broker' },
    subjects: [{ kind: 'ServiceAccount', name: 'broker', namespace: releaseNamespace }],
  };
}

function configMap(): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'broker-config' },
    data: { 'danube.yml': 'cluster_name: danube\n', LOG_LEVEL: 'info' },
  };
}

function secret(): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'broker-token' },
    type: 'Opaque',
    data: { token: 'c2VjcmV0' },
  };
}

function headlessService(): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'broker', namespace: releaseNamespace, labels: brokerLabels },
    spec: {
      clusterIP: 'None',
      selector: brokerLabels,
      ports: [
        { name: 'grpc', port: 6650, targetPort: 'grpc' },
        { name: 'metrics', port: 9040, targetPort: 9040 },
      ],
    },
  };
}

function gatewayService(): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'gateway', labels: gatewayLabels },
    spec: { selector: gatewayLabels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
  };
}

const podSecurityContext = {
  runAsNonRoot: true,
  runAsUser: 10001,
  fsGroup: 10001,
  seccompProfile: { type: 'RuntimeDefault' },
};

const securityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

const resources = {
  requests: { cpu: '100m', memory: '64Mi' },
  limits: { memory: '128Mi' },
};

function broker(): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'broker', labels: brokerLabels },
    spec: {
      serviceName: 'broker',
      replicas: 3,
      selector: { matchLabels: brokerLabels },
      template: {
        metadata: { labels: brokerLabels, annotations: { 'checksum/config': 'abc123' } },
        spec: {
          serviceAccountName: 'broker',
          securityContext: podSecurityContext,
          initContainers: [
            {
              name: 'prepare',
              image: 'danube:1.0.0',
              command: ['prepare', '/data'],
              securityContext,
              resources,
              volumeMounts: [{ name: 'data', mountPath: '/data' }],
            },
          ],
          containers: [brokerContainer()],
          volumes: [
            { name: 'config', configMap: { name: 'broker-config' } },
            {
              name: 'token',
              projected: {
                sources: [
                  { secret: { name: 'broker-token', items: [{ key: 'token', path: 'token' }] } },
                ],
              },
            },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
          },
        },
      ],
    },
  };
}

function brokerContainer(): object {
  return {
    name: 'broker',
    image: 'danube:1.0.0',
    args: ['--id=$(POD_NAME)', '--level=$(LOG_LEVEL)', '--literal=$$(NOT_A_VARIABLE)'],
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      {
        name: 'TOKEN',
        valueFrom: { secretKeyRef: { name: 'broker-token', key: 'token' } },
      },
      { name: 'ADDRESS', value: '$(POD_NAME).broker' },
    ],
    envFrom: [{ configMapRef: { name: 'broker-config' } }],
    ports: [
      { name: 'grpc', containerPort: 6650 },
      { name: 'metrics', containerPort: 9040 },
    ],
    readinessProbe: { tcpSocket: { port: 'grpc' } },
    livenessProbe: { httpGet: { path: '/metrics', port: 9040 } },
    securityContext,
    resources,
    volumeMounts: [
      { name: 'data', mountPath: '/data' },
      { name: 'config', mountPath: '/etc/danube.yml', subPath: 'danube.yml' },
      { name: 'token', mountPath: '/var/run/danube' },
    ],
  };
}

function gateway(): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'gateway', labels: gatewayLabels },
    spec: {
      selector: { matchLabels: gatewayLabels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: 1 } },
      template: {
        metadata: { labels: gatewayLabels },
        spec: {
          automountServiceAccountToken: false,
          securityContext: podSecurityContext,
          imagePullSecrets: [{ name: 'broker-token' }],
          containers: [
            {
              name: 'gateway',
              image: 'danube-gateway:1.0.0',
              ports: [{ name: 'http', containerPort: 8080 }],
              securityContext,
              resources,
            },
          ],
        },
      },
    },
  };
}

function cleanup(): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'cleanup' },
    spec: {
      schedule: '*/15 2-4 * * 1,3',
      jobTemplate: {
        spec: {
          template: {
            metadata: { labels: cleanupLabels },
            spec: {
              restartPolicy: 'OnFailure',
              automountServiceAccountToken: false,
              securityContext: podSecurityContext,
              containers: [
                {
                  name: 'cleanup',
                  image: 'danube:1.0.0',
                  command: ['sh', '-c', 'echo $(hostname)'],
                  securityContext,
                  resources,
                },
              ],
            },
          },
        },
      },
    },
  };
}

function disruptionBudget(): KubernetesObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'broker' },
    spec: { maxUnavailable: 1, selector: { matchLabels: brokerLabels } },
  };
}

function autoscaler(): KubernetesObject {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'gateway' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'gateway' },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
        },
      ],
    },
  };
}

function networkPolicy(): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'broker' },
    spec: {
      podSelector: { matchExpressions: [{ key: 'component', operator: 'In', values: ['broker'] }] },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: { matchLabels: gatewayLabels } }],
          ports: [{ protocol: 'TCP', port: 'grpc' }, { port: 9040 }],
        },
      ],
    },
  };
}

function ingress(): KubernetesObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'gateway' },
    spec: {
      rules: [
        {
          host: 'danube.example.com',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: 'gateway', port: { name: 'http' } } },
              },
            ],
          },
        },
      ],
    },
  };
}
