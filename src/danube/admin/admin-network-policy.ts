import type { Construct } from 'constructs';
import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import {
  and,
  Gate,
  KubernetesObject,
  nonEmpty,
  not,
  or,
  parseInteger,
  regexReplaceAll,
  splice,
  when,
  type Dynamic,
  type Expr,
  type Ref,
} from '../../helm/index';
import {
  ANY_POD,
  podsOf,
  podsOfCores,
  portMeantByUrl,
  portsOf,
  tcp,
  toDns,
} from '../pod/network-peers';
import type { ReleaseContext } from '../release-context';
import { AdminNames } from './admin-names';
import { UI_PORT } from './admin-ui-nginx';
import { ADMIN, ADMIN_UI } from './components';
import type { CoreLocation } from './core-location';
import type { danubeAdminValues } from './danube-admin-values';

export interface AdminNetworkPolicies {
  readonly admin: KubernetesObject<NetworkPolicy>;
  readonly adminUI: KubernetesObject<NetworkPolicy>;
}

/** The port of the bundled Prometheus in its pod, whatever that of its Service is. */
const PROMETHEUS_PORT = 9090;

/**
 * Who may connect to the API and to the pages, and whom they ask. Neither knows users, so nothing
 * else protects them. A rule without peers would let everybody in; therefore it is left out when
 * there are none.
 */
export function addAdminNetworkPolicies(
  scope: Construct,
  { core, admin, adminUI }: Ref<z.output<typeof danubeAdminValues>>,
  release: ReleaseContext,
  location: CoreLocation,
): AdminNetworkPolicies {
  const names = new AdminNames(release.fullname);
  const { brokerEndpoint, prometheusUrl } = admin.config;
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
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        when<NetworkPolicyIngressRule>(or(adminUI.enabled, admin.networkPolicy.from), {
          from: [
            when<NetworkPolicyPeer>(adminUI.enabled, podsOf(release, ADMIN_UI)),
            splice(admin.networkPolicy.from),
          ],
          ports: [tcp(8080)],
        }),
      ],
      egress: [
        toDns(admin.networkPolicy.dns),
        when<NetworkPolicyEgressRule>(not(brokerEndpoint), {
          to: [podsOfCores(location.namespace, 'broker')],
          ports: [tcp(core.adminPort)],
        }),
        when<NetworkPolicyEgressRule>(not(prometheusUrl), {
          to: [podsOfCores(location.namespace, 'prometheus')],
          ports: [tcp(PROMETHEUS_PORT)],
        }),
        when<NetworkPolicyEgressRule>(or(brokerEndpoint, prometheusUrl), {
          to: nonEmpty(admin.networkPolicy.to),
          ports: [
            when<NetworkPolicyPort>(brokerEndpoint, portAtTheEnd(brokerEndpoint)),
            when<NetworkPolicyPort>(prometheusUrl, portMeantByUrl(location.prometheusUrl)),
            portsOf('TCP', admin.networkPolicy.ports),
          ],
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
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            splice(adminUI.networkPolicy.from),
            when<NetworkPolicyPeer>(not(adminUI.networkPolicy.from), ANY_POD),
          ],
          ports: [tcp(UI_PORT)],
        },
      ],
      egress: [
        toDns(adminUI.networkPolicy.dns),
        { to: [podsOf(release, ADMIN)], ports: [tcp(8080)] },
      ],
    },
  });
  return { admin: serverPolicy, adminUI: pagesPolicy };
}

/** The port of host:port. */
function portAtTheEnd(endpoint: Expr<string>): Dynamic<NetworkPolicyPort> {
  return tcp(parseInteger(regexReplaceAll('^.*:', endpoint, '')));
}
