import type { Construct } from 'constructs';
import type { DeploymentStrategy } from 'kubernetes-types/apps/v1';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2';
import type { Probe } from 'kubernetes-types/core/v1';
import type { NetworkPolicyIngressRule, NetworkPolicyPeer } from 'kubernetes-types/networking/v1';
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
  splice,
  str,
  when,
  type Dynamic,
  type KubernetesObject,
  type ListItem,
  type ManifestNode,
  type Ref,
} from '../../../helm/index';
import { ANY_POD, tcp } from '../../pod/network-peers';
import { probe } from '../../pod/probe';
import { TRAIN_0_7 } from '../../release-train';
import type { ConfigFields } from '../connector-config';
import type { ConnectorPort } from '../connector-context';
import type { Warning } from '../connector-notes';
import { connectorPart, type ConnectorPartProps } from '../connector-part';
import type { ConnectorRules, ReplicaRule } from '../connector-rules';
import { SourceConnector } from '../source-connector';
import { addWebhookHpa } from './webhook-hpa';
import { addWebhookIngress, type WebhookIngress } from './webhook-ingress';
import { addWebhookRules } from './webhook-rules';
import { webhookChartValues } from './webhook-values';

type Values = Ref<z.output<typeof webhookChartValues>>;

/** What a `WebhookConnector` is made from. */
export type WebhookConnectorProps = ConnectorPartProps<typeof webhookChartValues>;

/** Takes HTTP calls and publishes them to Danube topics (facts on connectors, 6). */
export class WebhookConnector extends SourceConnector<Values> {
  readonly webhookIngress: WebhookIngress;
  readonly hpa: KubernetesObject<HorizontalPodAutoscaler>;

  constructor(scope: Construct, id: string, props: WebhookConnectorProps = {}) {
    super(scope, id, { values: connectorPart(scope, id, webhookChartValues, props) });
    const context = { ...this.context(), values: this.values.connector };
    this.webhookIngress = addWebhookIngress(this.enabled, context);
    this.hpa = addWebhookHpa(this.enabled, context);
  }

  protected override routes() {
    return {
      list: this.values.connector.config.routes,
      path: 'config.routes',
      example: '{from: /stripe, to: /default/payments}',
    };
  }

  protected override replicaRule(): ReplicaRule {
    const { pdb, hpa, replicaCount } = this.values.connector;
    return { replicas: 'any', pdb, most: choose(hpa.enabled, hpa.maxReplicas, replicaCount) };
  }

  protected override configVersion() {
    return this.values.connector.configVersion;
  }

  protected override tags() {
    return TRAIN_0_7.connectors.webhook.tags;
  }

  protected override olderNames() {
    return { routes: 'endpoints', 'routes.from': 'path', 'routes.to': 'danube_topic' };
  }

  /** Each kind of authentication gets the keys that it needs. */
  protected override configFields(): ConfigFields {
    const { auth, server } = this.values.connector.config;
    const { type } = auth;
    const { host } = server;
    return {
      ...super.configFields(),
      'server.host': () => ({ host: choose(eq(host, '0.0.0.0'), this.release.anyAddress, host) }),
      'auth.secret_env': ({ tree }) => ({ secret_env: when(ne(type, 'none'), tree()) }),
      'auth.header': ({ tree }) => ({
        header: when(or(eq(type, 'apikey'), eq(type, 'hmac')), tree()),
      }),
      'auth.algorithm': ({ tree }) => ({ algorithm: when(eq(type, 'hmac'), tree()) }),
    };
  }

  protected override addRules(rules: ConnectorRules): void {
    addWebhookRules(this.release.chart, rules, this.values.connector, this.hasMetrics);
  }

  protected override ports(): readonly ConnectorPort[] {
    const { config, service } = this.values.connector;
    return [{ name: 'http', containerPort: config.server.port, servicePort: service.port }];
  }

  protected override ingress(): readonly ListItem<NetworkPolicyIngressRule>[] {
    const { clients, config } = this.values.connector;
    return [
      {
        from: [splice(clients), when<NetworkPolicyPeer>(not(clients), ANY_POD)],
        ports: [tcp(config.server.port)],
      },
    ];
  }

  /** The server starts once all topics are there. */
  protected override readinessProbe(): Dynamic<Probe> {
    const ready = { path: '/ready', port: 'http' };
    return probe({ httpGet: ready }, this.values.connector.readinessProbe);
  }

  /** Two pods with one name share its producers, so one can start before the other ends. */
  protected override strategy(): Dynamic<DeploymentStrategy> {
    return { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } };
  }

  protected override replicas(): ManifestNode<number | undefined> {
    const { hpa, replicaCount } = this.values.connector;
    return when<number>(not(hpa.enabled), replicaCount);
  }

  protected override notes() {
    const { config, service, ingress } = this.values.connector;
    return [
      each(config.routes, ({ from, to }) => [str`  ${from} -> ${to}`]),
      '',
      'Try it:',
      str`  kubectl -n ${Release.namespace} port-forward svc/${this.name} 8080:${service.port}`,
      each(config.routes, ({ from }) => [
        str`  curl -X POST http://localhost:8080${from} -H 'content-type: application/json' -d '{}'`,
      ]),
      when(eq(config.auth.type, 'apikey'), [
        str`Each call needs the header ${config.auth.header} with the secret.`,
      ]),
      when(eq(config.auth.type, 'jwt'), [
        'Each call needs a token: Authorization: Bearer ..., HS256, with sub and exp.',
      ]),
      when(ingress.enabled, [
        '',
        'Published:',
        each(ingress.paths, ({ path }) => [
          when(
            ingress.tls.enabled,
            [str`  https://${ingress.host}${path}`],
            [str`  http://${ingress.host}${path}`],
          ),
        ]),
      ]),
      '',
      'The namespaces of the topics have to exist: bootstrap.namespaces makes them.',
    ];
  }

  protected override warnings(): readonly Warning[] {
    const { config, ingress } = this.values.connector;
    const { type } = config.auth;
    return [
      {
        when: eq(type, 'hmac'),
        lines: ['HMAC signatures are not verified: every request passes (allowUnverifiedHmac).'],
      },
      {
        when: eq(type, 'none'),
        lines: ['the webhooks ask nobody who calls (config.auth.type=none).'],
      },
      {
        when: and(
          ingress.enabled,
          ingress.allowUnauthenticated,
          not(ingress.externalAuth.url),
          or(eq(type, 'none'), eq(type, 'hmac')),
        ),
        lines: ['everybody who can reach the host can publish (ingress.allowUnauthenticated).'],
      },
      {
        when: and(ingress.enabled, not(ingress.tls.enabled)),
        lines: ['the webhooks are published over plain http: secrets can be read on the way.'],
      },
    ];
  }
}
