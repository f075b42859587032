import { z } from 'zod';
import { networkPolicyValues } from '../core/network-policy-values';
import { coreReleaseValues } from '../location/core-release-values';
import { globalValues, releaseValues } from '../release-values';
import { bootstrapValues } from './bootstrap-values';

const { imageRegistry, imagePullSecrets } = globalValues();
const { enabled, dns } = networkPolicyValues.unwrap().shape;

/** The values of a `DanubeBootstrap`. */
export const danubeBootstrapValues = z.object({
  global: z
    .looseObject({ imageRegistry, imagePullSecrets })
    .prefault({})
    .meta({ section: 'Everywhere', description: 'Shared with subcharts and parent charts.' }),
  ...releaseValues(),
  core: z.object(coreReleaseValues()).prefault({}).meta({
    section: 'Discovery',
    description: 'Where danube-core is installed. Its Services are found by their names.',
  }),
  bootstrap: bootstrapValues
    .unwrap()
    .extend({
      enabled: z
        .boolean()
        .default(true)
        .describe('Run a Job that makes the namespaces, schemas and topics below.'),
    })
    .prefault({})
    .meta({ section: 'Bootstrap', description: 'What has to exist in Danube.' }),
  networkPolicy: z
    .object({ enabled, dns })
    .prefault({})
    .meta({ section: 'Network', description: 'Network policy of the Job.' }),
});
