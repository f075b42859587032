import { z } from 'zod';
import { globalValues, releaseValues } from '../release-values';
import { ipFamilyValues } from '../ip-families';
import { objectValues } from '../object-values';
import { brokerValues } from './broker-values';
import { grafanaDashboardValues } from './dashboard-values';
import { CORE_OBJECTS } from './core-objects';
import { etcdValues } from './etcd-values';
import { ingressValues } from './ingress-values';
import { mcpAccessValues } from './mcp-access-values';
import { networkPolicyValues } from './network-policy-values';
import { prometheusValues } from './prometheus-values';
import { smokeTestsValues } from './smoke-tests-values';

/** All values of the chart danube-core. */
export const coreValues = z.object({
  global: z
    .looseObject({
      clusterName: z
        .string()
        .min(1)
        .default('MY_CLUSTER')
        .describe('Name of the Danube cluster, as its brokers report it.'),
      ...globalValues(),
    })
    .prefault({})
    .meta({ section: 'Everywhere', description: 'Shared with subcharts and parent charts.' }),
  ...releaseValues(),
  ...objectValues(CORE_OBJECTS),
  ...ipFamilyValues(),
  broker: brokerValues,
  etcd: etcdValues,
  prometheus: prometheusValues,
  grafanaDashboard: grafanaDashboardValues,
  ingress: ingressValues,
  mcpAccess: mcpAccessValues,
  networkPolicy: networkPolicyValues,
  tests: smokeTestsValues,
});
