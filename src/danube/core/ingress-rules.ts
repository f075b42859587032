import type { z } from 'zod';
import { and, eq, not, or, type ChartPart, type Ref } from '../../helm/index';
import type { coreValues } from './core-values';

/**
 * Which ways through an Ingress are right. A client dials the address that its broker advertises:
 * in cleartext (http://), or with TLS when the broker's own TLS is on (facts on Danube, 8). So the
 * client's side of the controller has to speak what the broker speaks.
 */
export function addIngressRules(
  chart: ChartPart,
  { broker, ingress }: Ref<z.output<typeof coreValues>>,
): void {
  const isUsed = eq(broker.externalAccess.type, 'Ingress');
  const speaksTls = eq(broker.config.auth.mode, 'tls');
  const isNginx = eq(ingress.controller, 'nginx');
  chart.require({
    path: 'ingress.hosts',
    holds: not(ingress.hosts),
    problem: 'each broker has its own host, which is in the address that it advertises',
    fix: 'leave it empty and write broker.externalAccess.advertisedAddrTemplate',
  });
  chart.require({
    path: 'ingress.tls',
    holds: or(not(isUsed), speaksTls, not(ingress.tls)),
    problem:
      'the controller would await TLS, and brokers without TLS advertise http://, which clients ' +
      'dial in cleartext',
    fix: 'leave it empty, or set broker.config.auth.mode to tls',
  });
  chart.require({
    path: 'ingress.controller',
    holds: or(not(and(isUsed, isNginx)), speaksTls),
    problem:
      'ingress-nginx has no gRPC in cleartext, and brokers without TLS advertise http://, which ' +
      'clients dial in cleartext',
    fix: 'set broker.config.auth.mode to tls, or write traefik, or use the type Gateway',
  });
  chart.require({
    path: 'ingress.controller',
    holds: or(not(and(isUsed, not(isNginx))), not(speaksTls)),
    problem: 'an Ingress cannot tell Traefik to pass TLS through to the brokers',
    fix: 'write nginx, or use the type Gateway, which makes TLSRoutes',
  });
}
