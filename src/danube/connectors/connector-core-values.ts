import { z } from 'zod';
import { coreReleaseValues } from '../location/core-release-values';
import { port } from '../pod/kubernetes-values';

/** The values below `core` of a chart with connectors. */
export const connectorCoreValues = z
  .object({
    ...coreReleaseValues(),
    clientPort: port.default(6650).describe('What broker.ports.client is there.'),
    tls: z
      .boolean()
      .default(false)
      .describe(
        'What broker.tls.enabled is there. True is refused: connectors speak plain http only.',
      ),
    brokerVersion: z
      .enum(['0.7', '0.8'])
      .default('0.7')
      .describe(
        'Version of its brokers. 0.7: 0.7.2 and older, as danube-core installs them; 0.8: 0.7.3 ' +
          'and all newer ones. Danube clients 0.8, such as those of connectors of configVersion ' +
          '0.3, need 0.8.',
      ),
    singleBroker: z
      .boolean()
      .default(false)
      .describe(
        'It has one broker and always will. With just one, Danube clients 0.8 happen to work ' +
          'with brokers 0.7.',
      ),
  })
  .prefault({})
  .meta({
    section: 'Discovery',
    description: 'Where danube-core is installed. Its Services are found by their names.',
  });
