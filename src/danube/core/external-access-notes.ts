import type { z } from 'zod';
import {
  and,
  choose,
  each,
  eq,
  ne,
  not,
  or,
  Release,
  str,
  until,
  when,
  type Expr,
  type ManifestNode,
  type Ref,
} from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import type { AdvertisedAddress } from './advertised-address';
import { mostBrokers } from './broker-count';
import type { coreValues } from './core-values';
import { publishesPrometheus } from './mcp-access';

type Values = Ref<z.output<typeof coreValues>>;

/** The address of each broker, or the command that shows it, and who can reach it. */
export function externalAccessNotes(
  { broker, networkPolicy, ingress }: Values,
  address: AdvertisedAddress,
  selector: Expr<string>,
): ManifestNode {
  const { type } = broker.externalAccess;
  const speaksTls = eq(broker.config.auth.mode, 'tls');
  const scheme = choose(speaksTls, 'https', 'http');
  const isBehindProxy = or(eq(type, 'Ingress'), eq(type, 'Gateway'));
  return when<unknown>(or(ne(type, 'ClusterIP'), broker.externalAccess.advertisedAddrTemplate), [
    '',
    str`Clients are sent to the broker of their topic. Each broker advertises, by ${type}:`,
    when(
      address.isKnown,
      [
        each(
          until(mostBrokers(broker)),
          (ordinal): Expr<string> => str`  ${scheme}://${address.of(ordinal)}`,
        ),
      ],
      [
        str`  ${scheme}://${address.pattern}`,
        'What that is for each broker is in its log, and so are the Services:',
        str`  kubectl -n ${Release.namespace} logs -l ${selector} -c broker --tail=-1 --prefix | grep advertises`,
        str`  kubectl -n ${Release.namespace} get service -l ${selector}`,
      ],
    ),
    'Start at any of them. Clients inside the cluster are sent to these addresses too, so they',
    'have to reach them: broker 0.7.2 has one address for everybody.',
    when(speaksTls, ['The certificate of the brokers has to name each of these hosts.']),
    when(and(eq(type, 'Ingress'), eq(ingress.controller, 'nginx'), not(ingress.tls)), [
      'ingress-nginx passes TLS through only when it runs with --enable-ssl-passthrough.',
    ]),
    when(and(networkPolicy.enabled, isBehindProxy, networkPolicy.clients), [
      'The network policy lets in networkPolicy.clients: the pods of the controller or Gateway',
      'have to be among them.',
    ]),
    when(and(networkPolicy.enabled, or(eq(type, 'NodePort'), eq(type, 'LoadBalancer'))), [
      'The network policy lets in networkPolicy.externalClients. Unless externalTrafficPolicy is',
      'Local, connections come from the addresses of nodes, which have to be among them.',
    ]),
  ]);
}

/** How an MCP server outside of the cluster connects, where values let it. */
export function mcpAccessNotes(values: Values, { names }: ReleaseContext): ManifestNode {
  const { mcpAccess } = values;
  const services = choose(
    publishesPrometheus(values),
    str`${names.brokerMcp} ${names.prometheusMcp}`,
    names.brokerMcp,
  );
  return when<unknown>(mcpAccess.enabled, [
    '',
    'WARNING: mcpAccess publishes ports without authentication. Their addresses, for',
    'danube-admin serve --mode mcp --broker-endpoint http://... --prometheus-url http://...:',
    str`  kubectl -n ${Release.namespace} get service ${services}`,
  ]);
}
