import { z } from 'zod';
import { not, or, refusedKey, str, when, type Condition, type Ref } from '../../helm/index';
import { objectName } from '../pod/kubernetes-values';
import type { ConnectorRules } from './connector-rules';
import { secretFiles, type SecretFiles } from './secret-file';

const fileKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,200}$/);

/** The values `certificates` of a connector whose server has certificates of a private CA. */
export function clientCertificateValues(server: string) {
  return z
    .object({
      caSecret: objectName.default('').describe(`Secret with the CA of ${server}.`),
      caKey: fileKey.default('ca.crt').describe('Its key there.'),
      clientSecret: objectName.default('').describe('Secret with a certificate to log in with.'),
      certKey: fileKey.default('tls.crt').describe('Its key there.'),
      keyKey: fileKey.default('tls.key').describe('The key of its private key there.'),
    })
    .prefault({})
    .describe('Certificates. Restart the pods after a change.');
}

type Certificates = Ref<z.output<ReturnType<typeof clientCertificateValues>>>;

const PATH = refusedKey('the chart mounts the files', 'set connector.certificates');

/** The keys of a table `tls` that the chart writes (`certificatePaths`). */
export const CERTIFICATE_PATHS = {
  ca_cert_path: PATH,
  client_cert_path: PATH,
  client_key_path: PATH,
} as const;

const CA_DIRECTORY = '/etc/danube-connector/ca';
const CLIENT_DIRECTORY = '/etc/danube-connector/client';

/** What a table `tls` says of the files. */
export function certificatePaths(certificates: Certificates): Readonly<Record<string, unknown>> {
  const { caSecret, caKey, clientSecret, certKey, keyKey } = certificates;
  return {
    ca_cert_path: when(caSecret, str`${CA_DIRECTORY}/${caKey}`),
    client_cert_path: when(clientSecret, str`${CLIENT_DIRECTORY}/${certKey}`),
    client_key_path: when(clientSecret, str`${CLIENT_DIRECTORY}/${keyKey}`),
  };
}

/** The files. */
export function certificateFiles(certificates: Certificates): readonly SecretFiles[] {
  return [
    secretFiles('ca', certificates.caSecret, CA_DIRECTORY),
    secretFiles('client', certificates.clientSecret, CLIENT_DIRECTORY),
  ];
}

/** Certificates are of use with TLS only. */
export function addCertificateFileRules(
  rules: ConnectorRules,
  certificates: Certificates,
  tls: { readonly isUsed: Condition; readonly fix: string },
): void {
  for (const name of ['caSecret', 'clientSecret'] as const) {
    rules.require({
      path: `certificates.${name}`,
      holds: or(not(certificates[name]), tls.isUsed),
      problem: 'it has no effect without TLS',
      fix: `leave it out, or ${tls.fix}`,
    });
  }
}
