import { z } from 'zod';
import { certificateValues } from '../pod/certificate-values';
import { objectName } from '../pod/kubernetes-values';

/** The values below `broker.tls`. */
export const brokerTlsValues = z
  .object({
    enabled: z
      .boolean()
      .default(false)
      .describe('Mount a certificate. Needs config.auth.mode "tls", and the other way round.'),
    secretName: objectName
      .default('')
      .describe(
        'Secret with tls.crt and tls.key; its certificate has to name every advertised address. ' +
          'With certManager.enabled the name of the Secret that it writes; when empty, that of ' +
          'the brokers with -tls.',
      ),
    certManager: certificateValues('the Services of the brokers and every advertised address'),
    verifyClient: z
      .boolean()
      .default(false)
      .describe(
        'Refused when true: broker 0.7.2 asks no client for a certificate. On the client port it ' +
          'has no such setting, and the admin port stays plaintext.',
      ),
    restartOnChange: z
      .object({
        enabled: z
          .boolean()
          .default(true)
          .describe(
            'Restart a broker whose certificate changed, by its liveness probe: it reads it at ' +
              'start only.',
          ),
        staggerSeconds: z
          .int()
          .min(120)
          .max(86400)
          .default(180)
          .describe(
            'Seconds between the restarts of two brokers, so that topics of one have moved ' +
              'before the next one stops. Nodes hear of a new certificate up to 90 seconds apart.',
          ),
      })
      .prefault({})
      .describe('How a renewed certificate reaches the brokers.'),
  })
  .prefault({})
  .describe('Certificate of the client port.');
