import type { z } from 'zod';
import {
  and,
  eq,
  not,
  or,
  Release,
  str,
  when,
  type Condition,
  type Expr,
  type Ref,
} from '../../helm/index';
import type { connectorCoreValues } from './connector-core-values';
import type { ConnectorContext } from './connector-context';
import { hasTrialValues } from './connector-secrets';

/** What NOTES.txt says when values are chosen that have a catch. */
export interface Warning {
  readonly when: Condition;
  /** Lines, the first of which follows the word WARNING. */
  readonly lines: readonly (string | Expr<string>)[];
}

export interface ConnectorNotesProps extends ConnectorContext {
  readonly core: Ref<z.output<typeof connectorCoreValues>>;
  /** Whether its Danube client finds topics on several brokers 0.7. */
  readonly suitsOldBrokers: Expr<boolean>;
  readonly description: readonly unknown[];
  readonly warnings: readonly Warning[];
}

/** NOTES.txt of a connector: where it gets messages, what to type next, what to know. */
export function connectorNotes(props: ConnectorNotesProps): readonly unknown[] {
  const { values, core, name, brokers, suitsOldBrokers, hasMetrics } = props;
  const kubectl = str`kubectl -n ${Release.namespace}`;
  const shared: readonly Warning[] = [
    {
      when: hasTrialValues(values.secrets),
      lines: [
        'secrets are given as text (secrets.trialValues). Everybody who may read the',
        'release can read them: use existingSecret or fromKeys.',
      ],
    },
    {
      when: and(not(suitsOldBrokers), eq(core.brokerVersion, '0.7'), core.singleBroker),
      lines: [
        'with brokers 0.7 this version finds its topics only while there is a single',
        'broker. With a second one it stops finding those of the other.',
      ],
    },
    {
      when: and(
        values.serviceMonitor.enabled,
        values.networkPolicy.enabled,
        hasMetrics,
        noScraper(),
      ),
      lines: [
        'the network policy lets nobody read the metrics. Name the Prometheus in',
        'networkPolicy.scrapers.',
      ],
    },
    {
      when: not(values.brokerConnections.watched),
      lines: [
        'nothing notices when the connector loses its brokers',
        '(brokerConnections.watched=false). It then runs on and moves nothing.',
      ],
    },
    {
      when: eq(values.replicaCount, 0),
      lines: ['the connector is paused (replicaCount=0).'],
    },
    ...props.warnings,
  ];
  return [
    when(values.enabled, [
      str`The connector ${name} is starting in ${Release.namespace}.`,
      str`  brokers: ${brokers.serviceUrl}`,
      ...props.description,
      '',
      'See whether it runs, and what it says:',
      str`  ${kubectl} rollout status deployment/${name}`,
      str`  ${kubectl} logs deployment/${name}`,
      when(hasMetrics, [
        '',
        'Its metrics:',
        str`  ${kubectl} port-forward deployment/${name} 9090:${values.metricsPort}`,
        '  curl http://localhost:9090/metrics',
      ]),
      ...shared.map((warning) =>
        when(warning.when, ['', str`WARNING: ${warning.lines[0]}`, ...warning.lines.slice(1)]),
      ),
    ]),
  ];

  function noScraper(): Expr<boolean> {
    return not(or(values.networkPolicy.scrapers));
  }
}
