import type { z } from 'zod';
import {
  and,
  contains,
  each,
  eq,
  le,
  ne,
  not,
  or,
  pairs,
  str,
  textLines,
  type ChartPart,
  type Expr,
  type Ref,
} from '../../../helm/index';
import { isNamed } from '../connector-secrets';
import type { ConnectorRules } from '../connector-rules';
import { SECRET_VARIABLE, type webhookValues } from './webhook-values';

type Values = z.output<typeof webhookValues>;

/** What has to hold between the values of a webhook source (facts on connectors, 6). */
export function addWebhookRules(
  chart: ChartPart,
  rules: ConnectorRules,
  values: Ref<Values>,
  hasMetrics: Expr<boolean>,
): void {
  const { config, hpa } = values;
  rules.require({
    path: 'config.server.port',
    holds: or(not(hasMetrics), ne(config.server.port, values.metricsPort)),
    problem: 'it is the port of the metrics too, and the connector would run on without a server',
    fix: 'write another, or another connector.metricsPort',
  });
  rules.require({
    path: 'service.port',
    holds: or(not(hasMetrics), ne(values.service.port, values.metricsPort)),
    problem: 'it is the port of the metrics too',
    fix: 'write another, or another connector.metricsPort',
  });
  rules.require({
    path: 'hpa.minReplicas',
    holds: or(not(hpa.enabled), le(hpa.minReplicas, hpa.maxReplicas)),
    problem: str`${hpa.minReplicas} is more than connector.hpa.maxReplicas`,
    fix: 'write less, or a larger maximum',
  });
  rules.refuseVariables({
    SERVER_HOST: 'set connector.config.server.host',
    SERVER_PORT: 'set connector.config.server.port',
  });
  addAuthRules(rules, values);
  addRouteRules(rules, values);
  addIngressRules(chart, rules, values);
}

function addAuthRules(rules: ConnectorRules, values: Ref<Values>): void {
  const { config, secrets } = values;
  const { type, secret_env: variable } = config.auth;
  rules.require({
    path: 'config.auth.type',
    holds: type,
    problem: 'who may call has to be chosen',
    fix: 'write apikey or jwt with a secret, or none if something else protects the webhooks',
  });
  rules.require({
    path: 'config.auth.type',
    holds: or(ne(type, 'hmac'), values.allowUnverifiedHmac),
    problem: 'the connector does not verify HMAC signatures: it logs a warning and lets all pass',
    fix: 'write apikey or jwt, or allow it with connector.allowUnverifiedHmac',
  });
  const isGiven = or(
    secrets.existingSecret,
    values.extraEnv,
    values.envFrom,
    and(eq(variable, SECRET_VARIABLE), isNamed(secrets, SECRET_VARIABLE)),
  );
  rules.require({
    path: 'config.auth.secret_env',
    holds: or(eq(type, 'none'), isGiven),
    problem: str`nothing sets ${variable}, and every request would fail`,
    fix: `give it in connector.secrets, where it is called ${SECRET_VARIABLE}`,
  });
}

function addRouteRules(rules: ConnectorRules, { config }: Ref<Values>): void {
  const { routes } = config;
  rules.requireItems('pathsOfTheServer', {
    path: 'config.routes',
    list: routes,
    holds: ({ from }) => not(or(eq(from, '/health'), eq(from, '/ready'))),
    named: ({ from }) => from,
    problem: 'is a path of the server itself',
    fix: 'write another',
  });
  rules.requireNone('routesOfOnePath', {
    path: 'config.routes',
    found: pairs(
      routes,
      (one, other) => eq(one.from, other.from),
      ({ from }) => from,
    ),
    problem: 'is the path of two routes',
    fix: 'write each path once',
  });
  rules.requireNone('topicsMadeTwice', {
    path: 'config.routes',
    found: pairs(
      routes,
      (one, other) =>
        and(
          eq(one.to, other.to),
          or(
            ne(one.partitions, other.partitions),
            ne(one.reliable_dispatch, other.reliable_dispatch),
          ),
        ),
      ({ to }) => to,
    ),
    problem: 'is made in two ways, and the last of the routes would win',
    fix: 'write the same partitions and reliable_dispatch for one topic',
  });
}

function addIngressRules(
  chart: ChartPart,
  rules: ConnectorRules,
  { config, ingress }: Ref<Values>,
): void {
  rules.require({
    path: 'ingress.host',
    holds: or(not(ingress.enabled), ingress.host),
    problem: 'without a host the webhooks would take paths of every host of the controller',
    fix: 'write a host name',
  });
  rules.require({
    path: 'ingress.paths',
    holds: or(not(ingress.enabled), ingress.paths),
    problem: 'nothing is published without paths',
    fix: 'write the paths of those routes that others may call, such as {path: /stripe}',
  });
  rules.require({
    path: 'ingress.allowUnauthenticated',
    holds: or(
      not(ingress.enabled),
      and(ne(config.auth.type, 'none'), ne(config.auth.type, 'hmac')),
      ingress.externalAuth.url,
      ingress.allowUnauthenticated,
    ),
    problem: 'nothing asks who calls, and everybody could publish messages',
    fix: 'write connector.config.auth or connector.ingress.externalAuth, or set it to true',
  });
  const paths = chart.textTemplate(
    'pathsOfRoutes',
    textLines([each(config.routes, ({ from }) => str`<${from}>`)]),
    { description: 'The paths that are served.' },
  );
  rules.requireItems('pathsWithoutRoute', {
    path: 'ingress.paths',
    list: ingress.paths,
    holds: ({ path }) => contains(str`<${path}>`, paths),
    named: ({ path }) => path,
    problem: 'is the path of no route',
    fix: 'write a path that a route has in from',
  });
  rules.requireNone('pathsTwice', {
    path: 'ingress.paths',
    found: pairs(
      ingress.paths,
      (one, other) => eq(one.path, other.path),
      ({ path }) => path,
    ),
    problem: 'is published twice',
    fix: 'write each path once',
  });
}
