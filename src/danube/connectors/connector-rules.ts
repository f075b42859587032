import {
  and,
  eq,
  gt,
  hasKey,
  hasPrefix,
  knownFields,
  le,
  literal,
  not,
  or,
  requireItems,
  requireNone,
  ruleForEach,
  ruleForEntries,
  str,
  type ChartPart,
  type Condition,
  type Expr,
  type FindingRuleProps,
  type ItemRuleProps,
  type Ref,
  type RuleProps,
} from '../../helm/index';
import type { z } from 'zod';
import { addEnvironmentRule } from '../pod/environment-rule';
import { contradicts, type ConfigVersion } from './config-version';
import type { connectorCoreValues } from './connector-core-values';
import type { connectorPdbValues } from './connector-pdb-values';
import { hasTrialValues } from './connector-secrets';
import type { ConnectorValues } from './connector-values';

/** Variables that the chart sets in every connector, and what to do instead. */
const OWN_VARIABLES = {
  CONNECTOR_CONFIG_PATH: 'leave it out',
  DANUBE_SERVICE_URL: 'set connector.config.danube_service_url',
  CONNECTOR_NAME: 'set connector.config.connector_name',
};

const TAKES_PLACE = 'it would take the place of what the chart writes, past its checks';

/**
 * Rules of one connector: their paths start below `connector`, and they hold while it is not
 * enabled.
 */
export class ConnectorRules {
  constructor(
    private readonly chart: ChartPart,
    private readonly values: Ref<ConnectorValues>,
  ) {}

  /** What must hold. `path` starts below `connector`: `config.qdrant.url`. */
  require(rule: RuleProps): void {
    this.chart.require({
      ...rule,
      path: str`connector.${rule.path}`,
      holds: or(not(this.values.enabled), rule.holds),
    });
  }

  /** What must hold for each item of a list. `template` is a name for what looks for them. */
  requireItems<X>(template: string, rule: ItemRuleProps<X>): void {
    requireItems(this.chart, template, {
      ...rule,
      path: `connector.${rule.path}`,
      unless: not(this.values.enabled),
    });
  }

  /** What must not be found in lists. `template` is a name for what looks for it. */
  requireNone(template: string, rule: FindingRuleProps): void {
    requireNone(this.chart, template, {
      ...rule,
      path: `connector.${rule.path}`,
      unless: not(this.values.enabled),
    });
  }

  /** A list without which the connector would have nothing to do. */
  requireRoutes(path: string, routes: Expr<readonly unknown[]>, example: string): void {
    this.require({
      path,
      holds: routes,
      problem: 'without routes there is nothing to do',
      fix: `write at least one, such as ${example}`,
    });
  }

  /** Two secrets of which the program wants both or neither, each pair from one place. */
  requireSecretsTogether(first: string, second: string): void {
    this.requireSecretFor(second, first);
    this.requireSecretFor(first, second);
  }

  /** A secret without which another is of no use: both are needed, from one place. */
  requireSecretFor(name: string, other: string): void {
    const { fromKeys, trialValues } = this.values.secrets;
    const places = [
      ['fromKeys', knownFields(fromKeys).map(([name, one]) => [name, one.secretName] as const)],
      ['trialValues', knownFields(trialValues)],
    ] as const;
    for (const [place, values] of places) {
      const given = new Map<string, Expr<string>>(values);
      this.require({
        path: `secrets.${place}.${name}`,
        holds: or(not(given.get(other) ?? false), given.get(name) ?? false),
        problem: `${other} is given, and the connector wants both`,
        fix: 'give both in one place, or leave both out',
      });
    }
  }

  /** Variables that the chart sets from other values, and what to do instead. */
  refuseVariables(fixes: Readonly<Record<string, string>>): void {
    this.require(ruleForEntries(fixes, (name, fix) => this.refusal(name, fix, TAKES_PLACE)));
  }

  /** Variables that the chart sets from secrets. */
  refuseSecretVariables(names: readonly string[]): void {
    const fix = 'set connector.secrets';
    this.require(ruleForEach(names, (name) => this.refusal(name, fix, TAKES_PLACE)));
  }

  /** A variable that the chart sets from other values, or another that is of no use. */
  refuseVariable(name: string, fix: string, problem = TAKES_PLACE): void {
    this.require(this.refusal(literal(name), fix, problem));
  }

  private refusal(name: Expr<string>, fix: string | Expr<string>, problem: string): RuleProps {
    return { path: str`env.${name}`, holds: not(hasKey(this.values.env, name)), problem, fix };
  }
}

/** Which brokers the Danube client of a connector's program can talk to. */
export interface ClientNeeds {
  /** Whether it finds topics on several brokers 0.7. */
  readonly suitsOldBrokers: Expr<boolean>;
  /** The value that decides it, below `connector`. */
  readonly path: string;
  /** What to write there for several brokers 0.7. */
  readonly fix: string;
}

export interface SharedRulesProps {
  readonly values: Ref<ConnectorValues>;
  readonly core: Ref<z.output<typeof connectorCoreValues>>;
  readonly version: Expr<ConfigVersion>;
  /** Tags of the versions; undefined where users build the image. */
  readonly tags: Readonly<Record<ConfigVersion, string>> | undefined;
  readonly secretNames: readonly string[];
  readonly hasMetrics: Condition;
  readonly clientNeeds: ClientNeeds;
}

/** The rules that every connector has. */
export function addSharedRules(chart: ChartPart, rules: ConnectorRules, p: SharedRulesProps): void {
  const { values, core, hasMetrics, clientNeeds } = p;
  const { config, image, secrets, serviceMonitor, prometheusRule } = values;
  const url = config.danube_service_url;
  addEnvironmentRule(chart, {
    component: 'connector',
    values,
    own: Object.keys(OWN_VARIABLES),
    unless: not(values.enabled),
  });
  rules.require({
    path: 'config.danube_service_url',
    holds: not(hasPrefix('https://', url)),
    problem: 'connectors speak plain http to brokers and cannot be given a certificate',
    fix: 'write an http URL of brokers without TLS',
  });
  chart.require({
    path: 'core.tls',
    holds: or(not(values.enabled), url, not(core.tls)),
    problem: 'connectors speak plain http to brokers and cannot be given a certificate',
    fix: 'use a core without broker.tls, or one of its own for connectors',
  });
  if (p.tags === undefined) {
    rules.require({
      path: 'image.repository',
      holds: and(image.repository, or(image.tag, image.digest)),
      problem: 'there is no public image of this connector',
      fix: 'build one that keeps docs/connector-contract.md, and name it with a tag or digest',
    });
  } else {
    addVersionRules(rules, p, p.tags);
  }
  rules.require({
    path: clientNeeds.path,
    holds: or(clientNeeds.suitsOldBrokers, eq(core.brokerVersion, '0.8'), core.singleBroker),
    problem: 'Danube clients 0.8 find topics on brokers 0.7.2 only if there is a single broker',
    fix:
      `${clientNeeds.fix}, or say that it is so with core.brokerVersion=0.8 or ` +
      'core.singleBroker=true',
  });
  rules.refuseVariables(OWN_VARIABLES);
  rules.refuseVariable('LOG_LEVEL', 'set connector.env.RUST_LOG', 'nothing reads it');
  rules.refuseSecretVariables(p.secretNames);
  rules.require({
    path: 'secrets.trialValues',
    holds: not(and(secrets.existingSecret, hasTrialValues(secrets))),
    problem: 'secrets.existingSecret is given too, and it would be a matter of order who wins',
    fix: 'leave one of them out',
  });
  for (const [path, { enabled }] of [
    ['serviceMonitor.enabled', serviceMonitor],
    ['prometheusRule.enabled', prometheusRule],
  ] as const) {
    rules.require({
      path,
      holds: or(not(enabled), hasMetrics),
      problem: 'connectors have no metrics before configVersion 0.3',
      fix: 'set it to false',
    });
  }
}

function addVersionRules(
  rules: ConnectorRules,
  { values, version }: SharedRulesProps,
  tags: Readonly<Record<ConfigVersion, string>>,
): void {
  const { image } = values;
  rules.require({
    path: 'image.tag',
    holds: or(image.digest, not(contradicts(image.tag, version))),
    problem: str`"${image.tag}" does not understand the configuration of configVersion ${version}`,
    fix: `write ${tags['0.2']} with configVersion 0.2, ${tags['0.3']} with 0.3`,
  });
}

/** Whether a connector may have several pods (facts on connectors, 2.7). */
export type ReplicaRule =
  /** One at most, for the reason given. */
  { readonly replicas: 'one'; readonly because: string } | SeveralPods;

/** Several pods, with a disruption budget. */
export interface SeveralPods {
  /**
   * `ownNames`: each pod needs a name of its own, and gets that of the pod once there are several.
   * `any`: any number of equal pods.
   */
  readonly replicas: 'ownNames' | 'any';
  /** The values `connectorPdbValues()`. */
  readonly pdb: Ref<z.output<typeof connectorPdbValues>>;
  /** How many pods there are at most; default: `replicaCount`. */
  readonly most?: Expr<number>;
}

export function addReplicaRule(
  rules: ConnectorRules,
  values: Ref<ConnectorValues>,
  rule: ReplicaRule,
): void {
  if (rule.replicas === 'one') {
    rules.require({
      path: 'replicaCount',
      holds: le(values.replicaCount, 1),
      problem: rule.because,
      fix: 'write 1, or 0 to pause it',
    });
  }
  if (rule.replicas === 'ownNames') {
    rules.require({
      path: 'config.connector_name',
      holds: not(and(gt(values.replicaCount, 1), values.config.connector_name)),
      problem: 'several pods with one name take messages from each other',
      fix: 'leave it out: each pod then has its own name',
    });
  }
}
