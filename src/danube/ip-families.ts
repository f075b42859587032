import type { ServiceSpec } from 'kubernetes-types/core/v1';
import { z } from 'zod';
import {
  and,
  choose,
  eq,
  has,
  immutable,
  literal,
  nonEmpty,
  not,
  or,
  type ChartPart,
  type DynamicFields,
  type Expr,
} from '../helm/index';

/** What is said of `ipFamilies`. */
interface FamiliesMeta {
  readonly description: string;
  readonly examples: readonly (readonly ('IPv4' | 'IPv6')[])[];
}

const FAMILIES: FamiliesMeta = {
  description:
    'IP families of the Services, the first one before the second. With IPv6 among them ' +
    'the programs listen on [::], which takes both, instead of 0.0.0.0.',
  examples: [['IPv6'], ['IPv4', 'IPv6']],
};

const ipFamilyPolicy = z
  .enum(['', 'SingleStack', 'PreferDualStack', 'RequireDualStack'])
  .default('')
  .describe('Of how many IP families the Services have addresses; empty: as the cluster does.');

/** The values by which the Services of a chart get addresses of one IP family or of both. */
export function ipFamilyValues(families: FamiliesMeta = FAMILIES) {
  return {
    ipFamilyPolicy,
    ipFamilies: immutable(
      z
        .array(z.enum(['IPv4', 'IPv6']))
        .max(2)
        .default([])
        .meta({ description: families.description, examples: [...families.examples] }),
    ),
  };
}

type Family = 'IPv4' | 'IPv6';

/** References to the values of `ipFamilyValues`. */
export interface IpFamilies {
  readonly ipFamilyPolicy: Expr<'' | 'SingleStack' | 'PreferDualStack' | 'RequireDualStack'>;
  readonly ipFamilies: Expr<readonly Family[]>;
}

/** What the spec of every Service says about families. */
export type ServiceFamilies = Pick<DynamicFields<ServiceSpec>, 'ipFamilyPolicy' | 'ipFamilies'>;

export function serviceFamilies(values: Partial<IpFamilies>): ServiceFamilies {
  return {
    ipFamilyPolicy: values.ipFamilyPolicy && nonEmpty(values.ipFamilyPolicy),
    ipFamilies: values.ipFamilies && nonEmpty(values.ipFamilies),
  };
}

/**
 * The address that programs listen on. Broker 0.7.2 and etcd 3.5.9 take both families at `[::]`
 * (run), but there is no such address where the kernel has no IPv6.
 */
export function anyAddress(chart: ChartPart, { ipFamilies }: Partial<IpFamilies>): Expr<string> {
  return ipFamilies === undefined
    ? literal('0.0.0.0')
    : chart.template('anyAddress', choose(has('IPv6', ipFamilies), '[::]', '0.0.0.0'), {
        description: 'The address that programs listen on.',
      });
}

/** An address of a family that no program listens on is of no use. */
export function addIpFamilyRules(
  chart: ChartPart,
  { ipFamilyPolicy, ipFamilies }: IpFamilies,
): void {
  chart.require({
    path: 'ipFamilies',
    holds: or(eq(ipFamilyPolicy, ''), eq(ipFamilyPolicy, 'SingleStack'), has('IPv6', ipFamilies)),
    problem: 'IPv6 is not among them, so nothing would listen on the second family',
    fix: 'write both, in your order: [IPv4, IPv6]',
  });
  chart.require({
    path: 'ipFamilyPolicy',
    holds: not(
      and(eq(ipFamilyPolicy, 'SingleStack'), has('IPv4', ipFamilies), has('IPv6', ipFamilies)),
    ),
    problem: 'it is SingleStack, and ipFamilies has two',
    fix: 'leave one of them out, or write PreferDualStack or RequireDualStack',
  });
}
