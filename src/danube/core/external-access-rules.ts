import type { z } from 'zod';
import {
  add,
  and,
  contains,
  eq,
  gt,
  hasSuffix,
  isSet,
  le,
  ne,
  not,
  or,
  regexMatch,
  str,
  type Condition,
  type Expr,
  type ChartPart,
  type Ref,
} from '../../helm/index';
import { mostBrokers } from './broker-count';
import type { coreValues } from './core-values';
import { addIngressRules } from './ingress-rules';

type Values = Ref<z.output<typeof coreValues>>;
type Mode = 'NodePort' | 'LoadBalancer' | 'Ingress' | 'Gateway';

const PATH = 'broker.externalAccess';
const TEMPLATE = `${PATH}.advertisedAddrTemplate`;

/** What has to hold between the values of external access: settings of one mode, one address. */
export function addExternalAccessRules(chart: ChartPart, v: Values): void {
  addSwitchRules(chart, v);
  addModeRules(chart, v);
  addPlaceholderRules(chart, v);
  addAddressRules(chart, v);
  addPortRules(chart, v);
  addDiscoveryRules(chart, v);
  addIngressRules(chart, v);
  addPolicyRule(chart, v);
}

function implies(condition: Condition, consequence: Condition): Expr<boolean> {
  return or(not(condition), consequence);
}

function isOneOf({ broker }: Values, modes: readonly Mode[]): Expr<boolean> {
  return or(...modes.map((mode) => eq(broker.externalAccess.type, mode)));
}

/** `enabled` of the plan's values may be written, and then says what `type` says. */
function addSwitchRules(chart: ChartPart, { broker, ingress }: Values): void {
  const { enabled, type } = broker.externalAccess;
  const isInside = eq(type, 'ClusterIP');
  chart.require({
    path: `${PATH}.type`,
    holds: or(not(enabled), not(isInside)),
    problem: `${PATH}.enabled is true, and ClusterIP brings nobody in from outside`,
    fix: 'write NodePort, LoadBalancer, Ingress or Gateway',
  });
  chart.require({
    path: `${PATH}.enabled`,
    holds: or(not(isSet(enabled)), enabled, isInside),
    problem: str`it is false, and ${PATH}.type is ${type}`,
    fix: `leave it out, or set ${PATH}.type to ClusterIP`,
  });
  chart.require({
    path: 'ingress.enabled',
    holds: implies(ingress.enabled, eq(type, 'Ingress')),
    problem: str`an Ingress alone brings no client to its broker, and ${PATH}.type is ${type}`,
    fix: `write ${PATH}.type=Ingress and a host for each broker in ${TEMPLATE}`,
  });
}

/** A setting of one mode would do nothing in another. */
function addModeRules(chart: ChartPart, v: Values): void {
  const { broker, ingress } = v;
  const access = broker.externalAccess;
  const services = ['NodePort', 'LoadBalancer'] as const;
  const settings: readonly (readonly [string, Condition, readonly Mode[]])[] = [
    [`${PATH}.annotations`, access.annotations, [...services, 'Ingress', 'Gateway']],
    [`${PATH}.nodePortBase`, gt(access.nodePortBase, 0), ['NodePort']],
    [`${PATH}.externalTrafficPolicy`, access.externalTrafficPolicy, services],
    [`${PATH}.loadBalancerSourceRanges`, access.loadBalancerSourceRanges, ['LoadBalancer']],
    [`${PATH}.loadBalancerClass`, access.loadBalancerClass, ['LoadBalancer']],
    [
      `${PATH}.allocateLoadBalancerNodePorts`,
      not(access.allocateLoadBalancerNodePorts),
      ['LoadBalancer'],
    ],
    [`${PATH}.gateway.parentRefs`, access.gateway.parentRefs, ['Gateway']],
    [`${PATH}.gateway.annotations`, access.gateway.annotations, ['Gateway']],
    [`${PATH}.gateway.tlsRouteVersion`, ne(access.gateway.tlsRouteVersion, 'v1'), ['Gateway']],
    [`${PATH}.discovery.enabled`, access.discovery.enabled, services],
    ['ingress.controller', ne(ingress.controller, 'nginx'), ['Ingress']],
    ['ingress.className', ingress.className, ['Ingress']],
    ['ingress.annotations', ingress.annotations, ['Ingress']],
    ['ingress.tls', ingress.tls, ['Ingress']],
  ];
  for (const [path, isGiven, modes] of settings) {
    chart.require({
      path,
      holds: implies(isGiven, isOneOf(v, modes)),
      problem: str`nothing reads it: ${PATH}.type is ${access.type}`,
      fix: `leave it out, or set ${PATH}.type to ${modes.join(' or ')}`,
    });
  }
}

/** A placeholder that nothing fills in would be advertised as it is written. */
function addPlaceholderRules(chart: ChartPart, v: Values): void {
  const { type, advertisedAddrTemplate, discovery } = v.broker.externalAccess;
  const uses = (placeholders: string) =>
    regexMatch(`\\{(${placeholders})\\}`, advertisedAddrTemplate);
  chart.require({
    path: TEMPLATE,
    holds: implies(uses('nodeIP|nodeName|nodePort'), eq(type, 'NodePort')),
    problem: str`only NodePort knows {nodeIP}, {nodeName} and {nodePort}, and ${PATH}.type is ${type}`,
    fix: `write another address, or set ${PATH}.type to NodePort`,
  });
  chart.require({
    path: TEMPLATE,
    holds: implies(uses('loadBalancer'), eq(type, 'LoadBalancer')),
    problem: str`only LoadBalancer knows {loadBalancer}, and ${PATH}.type is ${type}`,
    fix: `write another address, or set ${PATH}.type to LoadBalancer`,
  });
  chart.require({
    path: TEMPLATE,
    holds: implies(and(uses('loadBalancer'), eq(type, 'LoadBalancer')), discovery.enabled),
    problem: 'nobody knows {loadBalancer} before the load balancer is there',
    fix: `write a host name, or set ${PATH}.discovery.enabled to true`,
  });
  chart.require({
    path: TEMPLATE,
    holds: implies(uses('headlessService'), eq(type, 'ClusterIP')),
    problem: str`{headlessService} has a name inside the cluster only, and ${PATH}.type is ${type}`,
    fix: `write an address that clients outside resolve, or set ${PATH}.type to ClusterIP`,
  });
}

/** Each broker has an address of its own, which leads to it. */
function addAddressRules(chart: ChartPart, v: Values): void {
  const { broker } = v;
  const { type, advertisedAddrTemplate, discovery, gateway } = broker.externalAccess;
  chart.require({
    path: TEMPLATE,
    holds: implies(isOneOf(v, ['Ingress', 'Gateway']), advertisedAddrTemplate),
    problem: str`${PATH}.type ${type} needs a host name for each broker`,
    fix: 'write one with its port, such as broker-{ordinal}.danube.example.com:443',
  });
  chart.require({
    path: TEMPLATE,
    holds: or(not(eq(type, 'LoadBalancer')), advertisedAddrTemplate, discovery.enabled),
    problem: 'the address of a load balancer is not known when the chart is rendered',
    fix: `write host names, such as broker-{ordinal}.danube.example.com:{port}, or set ${PATH}.discovery.enabled to true`,
  });
  chart.require({
    path: TEMPLATE,
    holds: or(
      not(advertisedAddrTemplate),
      regexMatch('\\{(podName|ordinal|nodePort|loadBalancer)\\}', advertisedAddrTemplate),
      eq(mostBrokers(broker), 1),
    ),
    problem: 'all brokers would advertise the same address',
    fix: 'put {ordinal} or {podName} into the host, or {nodePort} for the port',
  });
  chart.require({
    path: TEMPLATE,
    holds: or(
      not(eq(type, 'LoadBalancer')),
      not(advertisedAddrTemplate),
      hasSuffix(':{port}', advertisedAddrTemplate),
      hasSuffix(str`:${broker.ports.client}`, advertisedAddrTemplate),
    ),
    problem: str`load balancers listen on broker.ports.client, ${broker.ports.client}, alone`,
    fix: 'end it in :{port}',
  });
  chart.require({
    path: `${PATH}.gateway.parentRefs`,
    holds: implies(eq(type, 'Gateway'), gateway.parentRefs),
    problem: 'a route without a Gateway carries nothing',
    fix: 'name a Gateway, and with sectionName its listener',
  });
}

function addPortRules(chart: ChartPart, { broker }: Values): void {
  const { nodePortBase } = broker.externalAccess;
  const last = add(nodePortBase, mostBrokers(broker));
  chart.require({
    path: `${PATH}.nodePortBase`,
    holds: le(last, 65536),
    problem: 'the last port of a broker would be above 65535',
    fix: 'write a lower port; most clusters have node ports from 30000 to 32767',
  });
}

/** Brokers get a Role only for what cannot be known without it. */
function addDiscoveryRules(chart: ChartPart, { broker }: Values): void {
  const { type, advertisedAddrTemplate, nodePortBase, discovery } = broker.externalAccess;
  const usesNodePort = and(
    eq(type, 'NodePort'),
    or(not(advertisedAddrTemplate), contains('{nodePort}', advertisedAddrTemplate)),
  );
  chart.require({
    path: `${PATH}.nodePortBase`,
    holds: implies(usesNodePort, or(gt(nodePortBase, 0), discovery.enabled)),
    problem: 'without it the cluster allots ports that the brokers do not know',
    fix: `write the node port of broker 0, such as 31650, or set ${PATH}.discovery.enabled to true`,
  });
  chart.require({
    path: `${PATH}.discovery.enabled`,
    holds: implies(
      and(discovery.enabled, eq(type, 'NodePort')),
      and(usesNodePort, eq(nodePortBase, 0)),
    ),
    problem: `${PATH}.nodePortBase or advertisedAddrTemplate says the ports already`,
    fix: 'leave it false: the brokers then need no permissions',
  });
  chart.require({
    path: `${PATH}.discovery.enabled`,
    holds: implies(
      and(discovery.enabled, eq(type, 'LoadBalancer')),
      or(not(advertisedAddrTemplate), contains('{loadBalancer}', advertisedAddrTemplate)),
    ),
    problem: `${TEMPLATE} says the addresses already`,
    fix: 'leave it false: the brokers then need no permissions',
  });
  const { create, name } = broker.serviceAccount;
  chart.require({
    path: 'broker.serviceAccount.name',
    holds: or(not(discovery.enabled), create, name),
    problem: 'the Role for discovery would be bound to the default account of the namespace',
    fix: 'name an account, or set broker.serviceAccount.create to true',
  });
}

/**
 * The network policy names who comes from outside. A Service with the traffic policy Cluster hides
 * the addresses of clients behind those of nodes, so source ranges alone do not tell.
 */
function addPolicyRule(chart: ChartPart, v: Values): void {
  const { type, externalTrafficPolicy, loadBalancerSourceRanges } = v.broker.externalAccess;
  chart.require({
    path: 'networkPolicy.externalClients',
    holds: or(
      not(v.networkPolicy.enabled),
      not(isOneOf(v, ['NodePort', 'LoadBalancer'])),
      v.networkPolicy.externalClients,
      and(loadBalancerSourceRanges, eq(externalTrafficPolicy, 'Local')),
    ),
    problem: str`clients come through ${type} Services from outside, and the policy lets none in`,
    fix: 'list the addresses of clients, and those of nodes unless externalTrafficPolicy is Local',
  });
}
