import type { Construct } from 'constructs';
import type { Container, Volume, VolumeMount } from 'kubernetes-types/core/v1';
import type { Role, RoleBinding } from 'kubernetes-types/rbac/v1';
import type { z } from 'zod';
import {
  each,
  eq,
  Gate,
  KubernetesObject,
  Release,
  str,
  until,
  when,
  type Dynamic,
  type Expr,
  type ListItem,
  type Ref,
} from '../../helm/index';
import { RESTRICTED_CONTAINER } from '../pod/hardening';
import type { ReleaseContext } from '../release-context';
import { mostBrokers } from './broker-count';
import type { brokerValues } from './broker-values';
import { BROKER } from './components';

type Values = Ref<z.output<typeof brokerValues>>;

const DIRECTORY = '/run/danube-address';
const ACCOUNT_DIRECTORY = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Where the init container writes the node port or the address of the load balancer. */
export const DISCOVERED_FILE = `${DIRECTORY}/discovered`;

/** Whether a broker asks the API server for its address before it starts. */
export function discoversAddress({ discovery }: Values['externalAccess']): Expr<boolean> {
  return discovery.enabled;
}

/**
 * The Service of a broker has the name of its pod. The token goes through a pipe, since arguments
 * can be read in a shared process namespace. `"nodePort":` with bare quotes is a key: in texts,
 * such as annotations, JSON escapes the quotes.
 */
const DISCOVER = `\
set -u
url="$API_SERVER/api/v1/namespaces/$NAMESPACE/services/$POD_NAME"
node_port='"nodePort": *([1-9][0-9]*)'
host_name='"hostname": *"([^"]+)"'
ip='"ip": *"([^"]+)"'
service() {
  printf 'Authorization: Bearer %s' "$(cat "$ACCOUNT/token")" |
    curl --silent --show-error --fail --max-time 10 \\
      --cacert "$ACCOUNT/ca.crt" --header @- "$url"
}
discover() {
  local answer
  answer=$(service) || return 1
  case $DISCOVER in
    nodePort) [[ \${answer#*'"spec":'} =~ $node_port ]] ;;
    loadBalancer)
      answer=\${answer#*'"status":'}
      [[ $answer =~ $host_name || $answer =~ $ip ]]
      ;;
  esac
}
until discover; do
  echo "waiting for the $DISCOVER of the Service $POD_NAME"
  sleep 2
done
printf '%s' "\${BASH_REMATCH[1]}" > "$DISCOVERED_FILE"
echo "the $DISCOVER of the Service $POD_NAME is \${BASH_REMATCH[1]}"
`;

/** The init container that finds the address of its broker. */
export function discoverAddress(
  { externalAccess }: Values,
  release: ReleaseContext,
): ListItem<Container> {
  const { discovery, type } = externalAccess;
  return when<Container>(discoversAddress(externalAccess), {
    name: 'discover-address',
    image: release.image(discovery.image),
    imagePullPolicy: discovery.image.pullPolicy,
    command: ['/bin/bash', '-c', DISCOVER],
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
      { name: 'API_SERVER', value: 'https://kubernetes.default.svc' },
      { name: 'ACCOUNT', value: ACCOUNT_DIRECTORY },
      { name: 'DISCOVER', value: when(eq(type, 'NodePort'), 'nodePort', 'loadBalancer') },
      { name: 'DISCOVERED_FILE', value: DISCOVERED_FILE },
    ],
    resources: discovery.resources,
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [
      { name: 'api-access', mountPath: ACCOUNT_DIRECTORY, readOnly: true },
      { name: 'discovered', mountPath: DIRECTORY },
    ],
  });
}

/** Where the broker reads what was found. */
export function discoveredMount({ externalAccess }: Values): ListItem<VolumeMount> {
  return when<VolumeMount>(discoversAddress(externalAccess), {
    name: 'discovered',
    mountPath: DIRECTORY,
    readOnly: true,
  });
}

/** The token is mounted into the init container alone; the broker never gets one. */
export function discoveryVolumes({ externalAccess }: Values): readonly ListItem<Volume>[] {
  const isUsed = discoversAddress(externalAccess);
  return [
    when<Volume>(isUsed, { name: 'discovered', emptyDir: { sizeLimit: '1Mi' } }),
    when<Volume>(isUsed, {
      name: 'api-access',
      projected: {
        defaultMode: 0o440,
        sources: [
          { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
          {
            configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
          },
        ],
      },
    }),
  ];
}

/** The objects by which the init container may read Services. */
export interface DiscoveryRole {
  readonly role: KubernetesObject<Role>;
  readonly roleBinding: KubernetesObject<RoleBinding>;
}

/** What the init container may do: read the Services of the brokers. */
export function addDiscoveryRole(
  scope: Construct,
  values: Values,
  release: ReleaseContext,
  accountName: Expr<string>,
): DiscoveryRole {
  const gate = new Gate(scope, 'discovery', discoversAddress(values.externalAccess));
  const name = str`${release.names.broker}-discovery`;
  const role = new KubernetesObject<Role>(gate, 'role', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: release.metadata(name, BROKER, { object: 'brokerDiscoveryRole' }),
    rules: [
      {
        apiGroups: [''],
        resources: ['services'],
        resourceNames: [
          each(
            until(mostBrokers(values)),
            (ordinal): Dynamic<string> => str`${release.names.broker}-${ordinal}`,
          ),
        ],
        verbs: ['get'],
      },
    ],
  });
  const roleBinding = new KubernetesObject<RoleBinding>(gate, 'rolebinding', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: release.metadata(name, BROKER, { object: 'brokerDiscoveryRoleBinding' }),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name: accountName, namespace: Release.namespace }],
  });
  return { role, roleBinding };
}
