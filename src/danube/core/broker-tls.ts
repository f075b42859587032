import type { Construct } from 'constructs';
import type { z } from 'zod';
import type { Certificate } from '../../../imports/cert-manager.io';
import {
  eq,
  type ChartPart,
  type KubernetesObject,
  not,
  or,
  orElse,
  Release,
  str,
  type Expr,
  type Ref,
} from '../../helm/index';
import { clusterDnsName } from '../naming';
import { addCertificate, addCertificateRules } from '../pod/certificate';
import type { ReleaseContext } from '../release-context';
import type { brokerValues } from './broker-values';
import { BROKER } from './components';

type Values = Ref<z.output<typeof brokerValues>>;

/** Where the broker's certificate is mounted: tls.crt, tls.key and perhaps ca.crt. */
export const TLS_DIRECTORY = '/etc/danube/tls';

/** Defines the template of the Secret with the certificate: one by name, or cert-manager's. */
export function brokerTlsSecret(chart: ChartPart, { tls }: Values, release: ReleaseContext) {
  return chart.template(
    'brokerTlsSecret',
    orElse(tls.secretName, str`${release.names.broker}-tls`),
    { description: 'The Secret with the certificate of the brokers.' },
  );
}

/**
 * The Certificate of the brokers (`broker.tls.certManager`). Clients connect to the Service first
 * and are sent to the name of a pod then, so it is for both.
 */
export function addBrokerCertificate(
  scope: Construct,
  { tls }: Values,
  release: ReleaseContext,
  secretName: Expr<string>,
): KubernetesObject<Certificate> {
  const { names, clusterDomain } = release;
  const service = clusterDnsName(names.broker, clusterDomain);
  return addCertificate(scope, {
    object: 'brokerCertificate',
    values: tls.certManager,
    release,
    component: BROKER,
    name: names.broker,
    secretName,
    dnsNames: [
      str`*.${clusterDnsName(names.brokerHeadless, clusterDomain)}`,
      service,
      // The shorter names that clients in the cluster may use.
      ...['.svc', ''].map((suffix) => str`${names.broker}.${Release.namespace}${suffix}`),
      names.broker,
    ],
  });
}

/** What has to hold of the certificate of the brokers. */
export function addBrokerTlsRules(chart: ChartPart, { config, tls }: Values): void {
  const speaksTls = eq(config.auth.mode, 'tls');
  chart.require({
    path: 'broker.tls.enabled',
    holds: or(not(speaksTls), tls.enabled),
    problem: 'broker.config.auth.mode is "tls", which needs a certificate',
    fix: 'set it to true and name broker.tls.secretName',
  });
  chart.require({
    path: 'broker.config.auth.mode',
    holds: or(not(tls.enabled), speaksTls),
    problem: 'a certificate is mounted (broker.tls.enabled), but the broker would not use it',
    fix: 'write "tls"',
  });
  chart.require({
    path: 'broker.tls.secretName',
    holds: or(not(tls.enabled), tls.secretName, tls.certManager.enabled),
    problem: 'the certificate needs a Secret',
    fix: 'name a Secret with tls.crt and tls.key, or set broker.tls.certManager.enabled to true',
  });
  chart.require({
    path: 'broker.tls.certManager.enabled',
    holds: or(not(tls.certManager.enabled), tls.enabled),
    problem: 'broker.tls.enabled is false, so the brokers would not use the certificate',
    fix: 'set it to false, or broker.tls.enabled to true',
  });
  chart.require({
    path: 'broker.tls.verifyClient',
    holds: not(tls.verifyClient),
    problem: 'broker 0.7.2 asks no client for a certificate, on no port',
    fix: 'set it to false and restrict clients with networkPolicy.clients',
  });
  addCertificateRules(chart, 'broker.tls.certManager', tls.certManager);
}
