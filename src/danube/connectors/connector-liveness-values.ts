import { z } from 'zod';
import { port } from '../pod/kubernetes-values';
import { probeValues } from '../pod/probe';

const LIVENESS_VALUES = {
  brokerConnections: z
    .object({
      watched: z
        .boolean()
        .default(true)
        .describe(
          'Restart the connector when a connection to a broker ends. Its consumers and ' +
            'producers end with it, and it does not make new ones: without a restart it would ' +
            'run on and move nothing.',
        ),
      ports: z
        .array(port)
        .min(1)
        .default([6650])
        .describe('Ports that brokers name in their addresses; that of the service URL is added.'),
    })
    .prefault({})
    .describe(
      'Connections to the brokers. The check needs /bin/sh, awk, cat, cut, grep, id, ls, mv, sed ' +
        'and tr in the image.',
    ),
  startupProbe: probeValues(
    'Asks whether the connector is connected to a broker. One that is not in time is restarted.',
    { initialDelaySeconds: 0, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 60 },
  ),
  livenessProbe: probeValues(
    'Asks whether the connector has all the connections to brokers that it once had.',
    { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 2 },
  ),
};

/**
 * The values of the check that finds a connector which lost its brokers (`connectorLiveness`), for
 * the values of a connector: `z.object({ ...connectorLivenessValues() })`.
 */
export function connectorLivenessValues() {
  return LIVENESS_VALUES;
}
