import type { Construct } from 'constructs';
import type { ServiceAccount } from 'kubernetes-types/core/v1';
import type { Role, RoleBinding } from 'kubernetes-types/rbac/v1';
import type { z } from 'zod';
import { Gate, KubernetesObject, nonEmpty, type Ref } from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import { AdminNames } from './admin-names';
import { MCP } from './components';
import type { CoreLocation } from './core-location';
import type { danubeAdminValues } from './danube-admin-values';

export interface McpRole {
  readonly serviceAccount: KubernetesObject<ServiceAccount>;
  readonly role: KubernetesObject<Role>;
  readonly roleBinding: KubernetesObject<RoleBinding>;
}

/**
 * An account for the MCP server on an operator's machine, in the namespace of the core. Its log
 * tools run `kubectl get pods` and `kubectl logs` (facts on Danube, 3.4), and it may do just that.
 */
export function addMcpRole(
  scope: Construct,
  { mcp, core }: Ref<z.output<typeof danubeAdminValues>>,
  release: ReleaseContext,
  { namespace }: CoreLocation,
): McpRole {
  const gate = new Gate(scope, 'mcp', mcp.rbac.enabled);
  const name = new AdminNames(release.fullname).mcp;
  const metadata = (object: string) => ({
    ...release.metadata(name, MCP, { object }),
    namespace: nonEmpty(core.namespace),
  });

  const serviceAccount = new KubernetesObject<ServiceAccount>(gate, 'serviceaccount', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: metadata('mcpServiceAccount'),
    automountServiceAccountToken: false,
  });
  const role = new KubernetesObject<Role>(gate, 'role', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: metadata('mcpRole'),
    rules: [{ apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] }],
  });
  const roleBinding = new KubernetesObject<RoleBinding>(gate, 'rolebinding', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: metadata('mcpRoleBinding'),
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
  return { serviceAccount, role, roleBinding };
}
