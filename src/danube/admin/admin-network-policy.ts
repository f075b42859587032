import type { Construct } from 'constructs';
import type {
  NetworkPolicy,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
} from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import { and, Gate, KubernetesObject, not, or, splice, when, type Ref } from '../../helm/index';
import { ANY_POD, podsOf, tcp } from '../pod/network-peers';
import type { ReleaseContext } from '../release-context';
import { AdminNames } from './admin-names';
import { UI_PORT } from './admin-ui-nginx';
import { ADMIN, ADMIN_UI } from './components';
import type { danubeAdminValues } from './danube-admin-values';

export interface AdminNetworkPolicies {
  readonly admin: KubernetesObject<NetworkPolicy>;
  readonly adminUI: KubernetesObject<NetworkPolicy>;
}

/**
 * Who may connect to the API and to the pages. Neither knows users, so nothing else protects them.
 * A rule without peers would let everybody in; therefore it is left out when there are none.
 */
export function addAdminNetworkPolicies(
  scope: Construct,
  { admin, adminUI }: Ref<z.output<typeof danubeAdminValues>>,
  release: ReleaseContext,
): AdminNetworkPolicies {
  const names = new AdminNames(release.fullname);
  const server = new Gate(
    scope,
    'admin-networkpolicy',
    and(admin.enabled, admin.networkPolicy.enabled),
  );
  const serverPolicy = new KubernetesObject<NetworkPolicy>(server, 'Default', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: release.metadata(names.admin, ADMIN, { object: 'adminNetworkPolicy' }),
    spec: {
      podSelector: { matchLabels: release.labels.selecting(ADMIN) },
      policyTypes: ['Ingress'],
      ingress: [
        when<NetworkPolicyIngressRule>(or(adminUI.enabled, admin.networkPolicy.from), {
          from: [
            when<NetworkPolicyPeer>(adminUI.enabled, podsOf(release, ADMIN_UI)),
            splice(admin.networkPolicy.from),
          ],
          ports: [tcp(8080)],
        }),
      ],
    },
  });

  const pages = new Gate(
    scope,
    'admin-ui-networkpolicy',
    and(adminUI.enabled, adminUI.networkPolicy.enabled),
  );
  const pagesPolicy = new KubernetesObject<NetworkPolicy>(pages, 'Default', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: release.metadata(names.adminUI, ADMIN_UI, { object: 'adminUiNetworkPolicy' }),
    spec: {
      podSelector: { matchLabels: release.labels.selecting(ADMIN_UI) },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [
            splice(adminUI.networkPolicy.from),
            when<NetworkPolicyPeer>(not(adminUI.networkPolicy.from), ANY_POD),
          ],
          ports: [tcp(UI_PORT)],
        },
      ],
    },
  });
  return { admin: serverPolicy, adminUI: pagesPolicy };
}
