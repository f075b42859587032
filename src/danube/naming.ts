import { z } from 'zod';
import {
  and,
  choose,
  le,
  len,
  regexMatch,
  Release,
  replace,
  sha256,
  str,
  trimSuffix,
  trunc,
  type Expr,
  type ChartPart,
} from '../helm/index';

/** Values that replace parts of names. */
export interface NameOverrides {
  readonly nameOverride: Expr<string>;
  readonly fullnameOverride: Expr<string>;
}

/**
 * The longest prefix of names. With it the longest suffixes still fit: 63 characters for a Service,
 * 52 for a StatefulSet or CronJob, whose pods and Jobs get names that are longer.
 */
export const LONGEST_PREFIX = 36;

/**
 * A name that may start every other name. That it ends in no dash Helm and the schema see to, and
 * its length is asked apart: Go compiles the pattern again for every name.
 */
const SAFE_PREFIX = '^[a-z][a-z0-9-]*$';

/** A checksum keeps names apart that would be equal after cutting. */
const CHECKSUM_LENGTH = 8;

/**
 * Defines the template that makes a prefix for names of a release's name.
 *
 * Helm lets release names have 53 characters, dots and a leading digit; a Service's name must not.
 * A name that fits is kept; any other is cut and ends in a checksum of the whole name.
 */
export function prefixTemplate(chart: ChartPart): (name: Expr<string>) => Expr<string> {
  const prefix = chart.templateFunction(
    'prefix',
    z.object({ name: z.string().regex(/^[a-z0-9.-]+$/) }),
    ({ name }) => {
      const kept = trimSuffix(
        '-',
        trunc(LONGEST_PREFIX - CHECKSUM_LENGTH - 2, replace('.', '-', name)),
      );
      const checksum = trunc(CHECKSUM_LENGTH, sha256(name));
      return choose(
        and(le(len(name), LONGEST_PREFIX), regexMatch(SAFE_PREFIX, name)),
        name,
        choose(regexMatch('^[a-z]', name), str`${kept}-${checksum}`, str`r${kept}-${checksum}`),
      );
    },
    {
      description:
        'A prefix for names that is valid for every kind: long or unusual release names\n' +
        'are cut and end in a checksum, so that they stay unique.',
      content: 'name',
    },
  );
  return (name) => prefix({ name });
}

/** Defines the template of the prefix of all names of this release. */
export function fullnameTemplate(
  chart: ChartPart,
  prefix: (name: Expr<string>) => Expr<string>,
  overrides: NameOverrides,
): Expr<string> {
  return chart.template(
    'fullname',
    choose(
      overrides.fullnameOverride,
      prefix(overrides.fullnameOverride),
      choose(
        overrides.nameOverride,
        prefix(str`${Release.name}-${overrides.nameOverride}`),
        prefix(Release.name),
      ),
    ),
    {
      description: 'What the names of all objects start with.',
      content: 'name',
      variable: '$fullname',
    },
  );
}

/** The names of a core's objects, the same for every chart that refers to them. */
export class CoreNames {
  constructor(private readonly prefix: Expr<string>) {}

  get broker(): Expr<string> {
    return str`${this.prefix}-danube-broker`;
  }

  get brokerHeadless(): Expr<string> {
    return str`${this.prefix}-danube-broker-headless`;
  }

  get brokerConfig(): Expr<string> {
    return str`${this.prefix}-danube-broker-config`;
  }

  get etcd(): Expr<string> {
    return str`${this.prefix}-etcd`;
  }

  get etcdHeadless(): Expr<string> {
    return str`${this.prefix}-etcd-headless`;
  }

  get etcdMemberCheck(): Expr<string> {
    return str`${this.prefix}-etcd-member-check`;
  }

  get etcdMemberCheckIngress(): Expr<string> {
    return str`${this.prefix}-etcd-member-check-ingress`;
  }

  get etcdSnapshot(): Expr<string> {
    return str`${this.prefix}-etcd-snapshot`;
  }

  get etcdDefrag(): Expr<string> {
    return str`${this.prefix}-etcd-defrag`;
  }

  get prometheus(): Expr<string> {
    return str`${this.prefix}-prometheus`;
  }

  get prometheusConfig(): Expr<string> {
    return str`${this.prefix}-prometheus-config`;
  }

  get brokerMcp(): Expr<string> {
    return str`${this.prefix}-danube-broker-mcp`;
  }

  get prometheusMcp(): Expr<string> {
    return str`${this.prefix}-prometheus-mcp`;
  }

  get alerts(): Expr<string> {
    return str`${this.prefix}-danube-alerts`;
  }

  get dashboard(): Expr<string> {
    return str`${this.prefix}-danube-dashboard`;
  }
}

/** The DNS name of a Service, or of the pods behind a headless one. */
export function clusterDnsName(
  service: Expr<string>,
  clusterDomain: Expr<string>,
  namespace: Expr<string> = Release.namespace,
): Expr<string> {
  return str`${service}.${namespace}.svc.${clusterDomain}`;
}
