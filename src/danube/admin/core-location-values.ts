import { z } from 'zod';
import { coreReleaseValues } from '../location/core-release-values';
import { port } from '../pod/kubernetes-values';

/** The values below `core`. */
export const coreLocationValues = z
  .object({
    ...coreReleaseValues(),
    prometheusPort: port.default(9090).describe('What prometheus.service.port is there.'),
  })
  .prefault({})
  .meta({
    section: 'Discovery',
    description: 'Where danube-core is installed. Its Services are found by their names.',
  });
