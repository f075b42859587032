import { z } from 'zod';
import {
  add,
  and,
  asString,
  choose,
  contains,
  eq,
  not,
  or,
  regexMatch,
  regexReplaceAll,
  Release,
  replace,
  str,
  type Condition,
  type Expr,
  type ChartPart,
  type Ref,
} from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import type { brokerValues } from './broker-values';

type Values = Ref<z.output<typeof brokerValues>>;

/**
 * The address that each broker advertises, computed once: pods, Services, NOTES and rules read it
 * from here. Broker 0.7.2 has one address, for clients inside and outside of the cluster alike
 * (facts on Danube, 8).
 */
export interface AdvertisedAddress {
  /** `broker.externalAccess.advertisedAddrTemplate`, or what stands for an empty one. */
  readonly template: Expr<string>;
  /** What is the same for all brokers is filled in; Kubernetes fills in `$(POD_NAME)`. */
  readonly argument: Expr<string>;
  /** As `argument`, with all placeholders that differ from broker to broker left in. */
  readonly pattern: Expr<string>;
  /** Whether only a script in the pod can fill in the rest: Kubernetes cannot calculate. */
  readonly needsScript: Condition;
  /** Whether `of` gives whole addresses, so that nobody has to ask the cluster. */
  readonly isKnown: Expr<boolean>;
  /** The address of one broker, as its pod computes it. */
  of(ordinal: Expr<number>): Expr<string>;
  /** The host in that address. */
  hostOf(ordinal: Expr<number>): Expr<string>;
}

/** Defines the templates of the advertised addresses. */
export function advertisedAddress(
  chart: ChartPart,
  { externalAccess, ports }: Values,
  { names, clusterDomain }: ReleaseContext,
): AdvertisedAddress {
  const { type, nodePortBase, advertisedAddrTemplate } = externalAccess;
  const template = chart.template(
    'advertisedAddrTemplate',
    choose(
      advertisedAddrTemplate,
      advertisedAddrTemplate,
      choose(
        eq(type, 'NodePort'),
        '{nodeIP}:{nodePort}',
        choose(
          eq(type, 'LoadBalancer'),
          '{loadBalancer}:{port}',
          '{podName}.{headlessService}.{namespace}.svc.{clusterDomain}:{port}',
        ),
      ),
    ),
    { description: 'The address of a broker that clients are sent to, with placeholders.' },
  );
  const shared: readonly (readonly [string, Expr<string>])[] = [
    ['{headlessService}', names.brokerHeadless],
    ['{namespace}', Release.namespace],
    ['{clusterDomain}', clusterDomain],
    ['{port}', asString(ports.client)],
  ];
  const pattern = chart.template(
    'advertisedAddress',
    shared.reduce((text, [placeholder, value]) => replace(placeholder, value, text), template),
    { description: 'The same with all that the brokers have in common.' },
  );
  const parameters = z.object({
    pattern: z.string(),
    brokers: z.string(),
    ordinal: z.int(),
    nodePortBase: z.int(),
  });
  const addressOf = chart.templateFunction(
    'advertisedAddressOf',
    parameters,
    ({ pattern: text, brokers, ordinal, nodePortBase: base }) =>
      replace(
        '{podName}',
        str`${brokers}-${ordinal}`,
        replace(
          '{ordinal}',
          asString(ordinal),
          replace('{nodePort}', asString(add(base, ordinal)), text),
        ),
      ),
    { description: 'The address of one broker, as its pod computes it.' },
  );
  const hostOf = chart.templateFunction(
    'advertisedHostOf',
    parameters,
    ({ pattern: text, brokers, ordinal, nodePortBase: base }) =>
      regexReplaceAll(
        ':[^:]*$',
        addressOf({ pattern: text, brokers, ordinal, nodePortBase: base }),
        '',
      ),
    { description: 'The host in that address.' },
  );
  const given = (ordinal: Expr<number>) => ({
    pattern,
    brokers: names.broker,
    ordinal,
    nodePortBase,
  });
  return {
    template,
    pattern,
    argument: replace('{podName}', '$(POD_NAME)', pattern),
    needsScript: chart.template(
      'needsStartScript',
      choose(
        regexMatch('\\{(ordinal|nodePort|nodeIP|nodeName|loadBalancer)\\}', template),
        'true',
        '',
      ),
      {
        description:
          'Not empty where a script has to compute the address that a broker advertises.',
        variable: '$needsStartScript',
      },
    ),
    isKnown: not(
      or(
        regexMatch('\\{(nodeIP|nodeName|loadBalancer)\\}', template),
        and(contains('{nodePort}', template), eq(nodePortBase, 0)),
      ),
    ),
    of: (ordinal) => addressOf(given(ordinal)),
    hostOf: (ordinal) => hostOf(given(ordinal)),
  };
}
