import { z } from 'zod';
import { ipFamilyValues } from '../ip-families';
import { objectValues } from '../object-values';
import { globalValues, releaseValues } from '../release-values';
import { ADMIN_OBJECTS } from './admin-objects';
import { adminServerValues } from './admin-server-values';
import { adminUIValues } from './admin-ui-values';
import { coreLocationValues } from './core-location-values';

const { imageRegistry, imagePullSecrets } = globalValues();

/** All values of the chart danube-admin. */
export const danubeAdminValues = z.object({
  global: z
    .looseObject({ imageRegistry, imagePullSecrets })
    .prefault({})
    .meta({ section: 'Everywhere', description: 'Shared with subcharts and parent charts.' }),
  ...releaseValues(),
  ...objectValues(ADMIN_OBJECTS),
  ...ipFamilyValues(),
  core: coreLocationValues,
  admin: adminServerValues,
  adminUI: adminUIValues,
  mcp: z
    .object({
      rbac: z
        .object({
          enabled: z
            .boolean()
            .default(false)
            .describe(
              'Make a service account for the MCP server on your machine. It may list pods and ' +
                'read their logs, in the namespace of the core.',
            ),
        })
        .prefault({})
        .describe('What the log tools of the MCP server may do.'),
    })
    .prefault({})
    .meta({ section: 'MCP', description: 'The MCP server runs on your machine, not here.' }),
});
