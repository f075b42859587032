import { z } from 'zod';
import { annotations, objectName } from '../pod/kubernetes-values';

/** The values below `ingress`: how `broker.externalAccess.type: Ingress` looks. */
export const ingressValues = z
  .object({
    enabled: z
      .boolean()
      .default(false)
      .describe('Not needed: broker.externalAccess.type=Ingress says it. Alone it is refused.'),
    controller: z
      .enum(['nginx', 'traefik'])
      .default('nginx')
      .describe(
        'Whose annotations are written. ingress-nginx carries gRPC over TLS only, so the brokers ' +
          'have to speak TLS; an Ingress of Traefik carries cleartext gRPC only, so they must not.',
      ),
    className: objectName.default('').describe("Ingress class; when empty, the cluster's default."),
    annotations: annotations
      .default({})
      .describe(
        'More annotations of every Ingress; {ordinal} and {podName} are filled in. Those that ' +
          'carry gRPC win.',
      ),
    hosts: z
      .array(z.string())
      .default([])
      .describe(
        'Always empty: the hosts are those of broker.externalAccess.advertisedAddrTemplate.',
      ),
    tls: z
      .array(
        z.object({ secretName: z.string().regex(/^[a-z0-9]([a-z0-9.-]|\{ordinal\})*$/) }).meta({
          examples: [{ secretName: 'danube-tls' }, { secretName: 'broker-{ordinal}-tls' }],
        }),
      )
      .max(1)
      .default([])
      .describe(
        'Certificate that the controller shows, before it encrypts again to the broker (not ' +
          'verified). When empty, TLS is passed through: ingress-nginx then needs ' +
          '--enable-ssl-passthrough. {ordinal} becomes the number of the broker.',
      ),
  })
  .prefault({})
  .describe('The Ingress of each broker, for broker.externalAccess.type=Ingress.');
