import type { z } from 'zod';
import {
  and,
  eq,
  gt,
  hasPrefix,
  mul,
  not,
  or,
  str,
  type Expr,
  type ChartPart,
  type Ref,
} from '../../helm/index';
import { addIpFamilyRules } from '../ip-families';
import { addObjectLabelRule } from '../object-values';
import { addEnvironmentRule } from '../pod/environment-rule';
import type { danubeAdminValues } from './danube-admin-values';

type Values = Ref<z.output<typeof danubeAdminValues>>;

/** What has to hold between the values of danube-admin, beyond their schema. */
export function addAdminRules(chart: ChartPart, v: Values): void {
  chart.require({
    path: 'adminUI.enabled',
    holds: or(v.admin.enabled, not(v.adminUI.enabled)),
    problem: 'the pages have no data without the admin server, and admin.enabled is false',
    fix: 'set it to false, or admin.enabled to true',
  });
  addObjectLabelRule(chart, v);
  addIpFamilyRules(chart, v);
  addProbeRules(chart, v);
  addTlsRules(chart, v);
  addIngressRules(chart, v);
  addServiceAccountRule(chart, v);
  for (const component of ['admin', 'adminUI'] as const) {
    addEnvironmentRule(chart, { component, values: v[component] });
  }
}

/** A call of the health page may wait for a broker for the whole time limit of a request. */
function addProbeRules(chart: ChartPart, { admin }: Values): void {
  const timeout = admin.config.requestTimeoutMs;
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const) {
    const { timeoutSeconds } = admin[probe];
    chart.require({
      path: `admin.${probe}.timeoutSeconds`,
      holds: gt(mul(timeoutSeconds, 1000), timeout),
      problem: str`the server may wait ${timeout} ms for a broker, and its health page with it`,
      fix: 'write more, or lower admin.config.requestTimeoutMs',
    });
  }
}

function addTlsRules(chart: ChartPart, { admin }: Values): void {
  const { tls, config } = admin;
  const isHttps = hasPrefix('https://', config.brokerEndpoint);
  chart.require({
    path: 'admin.tls.enabled',
    holds: or(not(tls.enabled), isHttps),
    problem: 'the admin port of broker 0.7.2 is always plaintext, even when its clients use TLS',
    fix: 'set it to false, or name a proxy that speaks TLS: admin.config.brokerEndpoint=https://...',
  });
  chart.require({
    path: 'admin.tls.enabled',
    holds: or(tls.enabled, not(isHttps)),
    problem: 'admin.config.brokerEndpoint is https, and without a CA the server trusts nobody',
    fix: 'set it to true and name admin.tls.secretName',
  });
  chart.require({
    path: 'admin.tls.secretName',
    holds: or(not(tls.enabled), tls.secretName),
    problem: 'TLS needs a CA',
    fix: 'name a Secret with ca.crt',
  });
}

function addIngressRules(chart: ChartPart, { adminUI }: Values): void {
  const { ingress } = adminUI;
  const { protection, basicAuth, externalAuth } = ingress;
  const needs = (condition: Expr, consequence: Expr) =>
    or(not(ingress.enabled), not(condition), consequence);
  chart.require({
    path: 'adminUI.ingress.enabled',
    holds: or(not(ingress.enabled), adminUI.enabled),
    problem: 'there are no pages to publish: adminUI.enabled is false',
    fix: 'set it to false, or adminUI.enabled to true',
  });
  chart.require({
    path: 'adminUI.ingress.protection',
    holds: or(not(ingress.enabled), protection),
    problem: 'who opens the pages can delete topics, and nothing asks for a password',
    fix: 'write basicAuth, externalAuth, or allowUnauthenticated if something else protects them',
  });
  chart.require({
    path: 'adminUI.ingress.basicAuth.secretName',
    holds: needs(eq(protection, 'basicAuth'), basicAuth.secretName),
    problem: 'basicAuth needs a Secret with the users',
    fix: 'name one: with the key auth for ingress-nginx, users for Traefik (htpasswd lines)',
  });
  chart.require({
    path: 'adminUI.ingress.externalAuth.url',
    holds: needs(eq(protection, 'externalAuth'), externalAuth.url),
    problem: 'externalAuth needs a service to ask',
    fix: 'write its URL, such as http://oauth2-proxy.auth.svc.cluster.local:4180/oauth2/auth',
  });
  chart.require({
    path: 'adminUI.ingress.externalAuth.signInUrl',
    holds: or(eq(ingress.controller, 'nginx'), not(externalAuth.signInUrl)),
    problem: 'Traefik has no such setting: the answer of the service redirects',
    fix: 'leave it empty',
  });
  chart.require({
    path: 'adminUI.ingress.host',
    holds: or(not(ingress.enabled), ingress.host),
    problem: 'without a host the pages would take over every address of the controller',
    fix: 'write a host name',
  });
  chart.require({
    path: 'adminUI.ingress.path',
    holds: eq(ingress.path, '/'),
    problem: str`the pages have no base path: below "${ingress.path}" they would not find their files`,
    fix: 'write / and give them a host of their own',
  });
}

/** One service account is made once. */
function addServiceAccountRule(chart: ChartPart, { admin, adminUI }: Values): void {
  const account = adminUI.serviceAccount;
  const other = admin.serviceAccount;
  const isMadeTwice = and(account.create, other.create, account.name, eq(account.name, other.name));
  chart.require({
    path: 'adminUI.serviceAccount.name',
    holds: not(isMadeTwice),
    problem: str`"${account.name}" is made for admin already`,
    fix: 'write another name, or set adminUI.serviceAccount.create to false',
  });
}
