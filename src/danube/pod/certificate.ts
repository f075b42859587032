import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { Certificate } from '../../../imports/cert-manager.io';
import {
  and,
  eq,
  Gate,
  gt,
  KubernetesObject,
  not,
  or,
  splice,
  str,
  type Expr,
  type ChartPart,
  type ListItem,
  type Ref,
} from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import type { certificateValues } from './certificate-values';

type Values = Ref<z.output<ReturnType<typeof certificateValues>>>;

export interface CertificateProps {
  readonly values: Values;
  readonly release: ReleaseContext;
  readonly component: string;
  readonly name: Expr<string>;
  /** What values call the object. */
  readonly object?: string;
  /** The Secret that it is written to, as `tls.crt`, `tls.key` and, of most issuers, `ca.crt`. */
  readonly secretName: Expr<string>;
  /** The names that the component is known by. */
  readonly dnsNames: readonly ListItem<string>[];
  /** Whether it also shows whom a connection comes from. */
  readonly isForClients?: boolean;
}

/** A Certificate of cert-manager, where the values ask for one. */
export function addCertificate(
  scope: Construct,
  props: CertificateProps,
): KubernetesObject<Certificate> {
  const { values, release, component, name, secretName, dnsNames } = props;
  const { issuerRef, privateKey } = values;
  const gate = new Gate(scope, 'certificate', values.enabled);
  return new KubernetesObject<Certificate>(gate, 'Default', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: release.metadata(name, component, { object: props.object }),
    spec: {
      secretName,
      issuerRef: { group: issuerRef.group, kind: issuerRef.kind, name: issuerRef.name },
      duration: values.duration,
      renewBefore: values.renewBefore,
      dnsNames: [...dnsNames, splice(values.extraDnsNames)],
      ipAddresses: [splice(values.ipAddresses)],
      privateKey: {
        algorithm: privateKey.algorithm,
        size: privateKey.size,
        rotationPolicy: privateKey.rotationPolicy,
      },
      usages: [
        'digital signature',
        'key encipherment',
        'server auth',
        ...(props.isForClients === true ? (['client auth'] as const) : []),
      ],
    },
  });
}

/** What has to hold of a certificate. `path` is that of its values. */
export function addCertificateRules(chart: ChartPart, path: string, values: Values): void {
  const { enabled, issuerRef, privateKey } = values;
  const isRsa = eq(privateKey.algorithm, 'RSA');
  const hasRsaSize = gt(privateKey.size, 1000);
  chart.require({
    path: `${path}.issuerRef.name`,
    holds: or(not(enabled), issuerRef.name),
    problem: 'cert-manager needs to know who issues the certificate',
    fix: str`name an issuer of the kind ${issuerRef.kind}`,
  });
  chart.require({
    path: `${path}.privateKey.size`,
    holds: or(not(enabled), and(isRsa, hasRsaSize), and(not(isRsa), not(hasRsaSize))),
    problem: str`${privateKey.algorithm} keys do not have ${privateKey.size} bits`,
    fix: 'write 256 or 384 for ECDSA; 2048, 3072 or 4096 for RSA',
  });
}
