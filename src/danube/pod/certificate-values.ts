import { z } from 'zod';
import { dnsName, ipAddress, objectName } from './kubernetes-values';

/** A time as cert-manager reads it, such as 2160h or 1h30m. */
const duration = z.string().regex(/^([0-9]+(h|m|s))+$/);

/** The name that an issuer has in its API group. */
const kind = z.string().regex(/^[A-Z][A-Za-z0-9]*$/);

/** A name in a certificate, perhaps for all names of a domain. */
const certificateName = z
  .string()
  .regex(/^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/)
  .max(253);

/**
 * The values of a certificate that cert-manager issues: whether, by whom, for which names, for how
 * long.
 *
 * @param names what it is for without further names, for the documentation.
 */
export function certificateValues(names: string) {
  return z
    .object({
      enabled: z
        .boolean()
        .default(false)
        .describe('Have cert-manager issue the certificate and renew it.'),
      issuerRef: z
        .object({
          name: objectName.default('').describe('Name of the issuer.'),
          kind: kind
            .default('Issuer')
            .describe('Issuer, of the same namespace, ClusterIssuer, or a kind of your own.'),
          group: dnsName.default('cert-manager.io').describe('API group of that kind.'),
        })
        .prefault({})
        .describe('Who issues it.'),
      duration: duration.default('2160h').describe('How long a certificate is valid.'),
      renewBefore: duration
        .default('720h')
        .describe('How long before its end it is renewed; less than duration.'),
      extraDnsNames: z
        .array(certificateName)
        .default([])
        .meta({
          description: `More DNS names, beside ${names}.`,
          examples: [['*.danube.example.com'], ['danube.example.com', 'danube.test']],
        }),
      ipAddresses: z
        .array(ipAddress)
        .default([])
        .meta({
          description: 'IP addresses that it is for.',
          examples: [['203.0.113.7'], ['2001:db8::7', '203.0.113.8']],
        }),
      privateKey: z
        .object({
          algorithm: z.enum(['ECDSA', 'RSA']).default('ECDSA').describe('Kind of its key.'),
          size: z
            .literal([256, 384, 2048, 3072, 4096])
            .default(256)
            .describe('Bits of the key: 256 or 384 for ECDSA, the others for RSA.'),
          rotationPolicy: z
            .enum(['Always', 'Never'])
            .default('Always')
            .describe('Whether a renewal makes a new key.'),
        })
        .prefault({})
        .describe('Its private key.'),
    })
    .prefault({})
    .describe('A certificate of cert-manager, which has to be in the cluster.');
}
