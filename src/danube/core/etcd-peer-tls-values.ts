import { z } from 'zod';
import { certificateValues } from '../pod/certificate-values';
import { imageValues } from '../pod/image';
import { objectName, port, resources } from '../pod/kubernetes-values';
import { TRAIN_0_7 } from '../release-train';

/** The values below `etcd.peerTLS`. */
export const etcdPeerTlsValues = z
  .object({
    mode: z
      .enum(['off', 'both', 'only'])
      .default('off')
      .describe(
        'off: members talk to each other in plaintext; only: with TLS, each with a certificate; ' +
          'both: they listen for both. From off to only a living cluster has to go through both.',
      ),
    port: port.default(2382).describe('Port between members with TLS; the other one is peerPort.'),
    secretName: objectName
      .default('')
      .describe(
        'Secret with tls.crt, tls.key and ca.crt, for servers and clients; its certificate has ' +
          'to name every member. With certManager.enabled the name of the Secret that it writes.',
      ),
    certManager: certificateValues('every member'),
    check: z
      .object({
        image: imageValues(TRAIN_0_7.broker)
          .prefault({})
          .describe('An image with bash and timeout; that of etcd has no shell.'),
        resources: resources
          .default({
            requests: { cpu: '10m', memory: '32Mi' },
            limits: { cpu: '100m', memory: '64Mi' },
          })
          .describe('Resources of the init container.'),
      })
      .prefault({})
      .describe(
        'Of several members each asks the others, before it starts, whether they know it by an ' +
          'address that it listens on. If not, an update stops there, and a quorum stays.',
      ),
  })
  .prefault({})
  .describe('TLS between the members.');
