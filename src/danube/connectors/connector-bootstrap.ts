import type { Construct } from 'constructs';
import type { NetworkPolicyPeer } from 'kubernetes-types/networking/v1';
import type { z } from 'zod';
import { not, splice, str, when, type Ref } from '../../helm/index';
import { BootstrapJob } from '../bootstrap/bootstrap-job';
import type { bootstrapValues } from '../bootstrap/bootstrap-values';
import { brokersOfCores } from '../pod/network-peers';
import type { ConnectorContext } from './connector-context';

/** The Job that makes what a connector needs in Danube. */
export function addConnectorBootstrap(
  scope: Construct,
  { values, release, name, component, brokers }: ConnectorContext,
  bootstrap: Ref<z.output<typeof bootstrapValues>>,
): BootstrapJob {
  const { networkPolicy, config } = values;
  return new BootstrapJob(scope, 'bootstrap', {
    values: bootstrap,
    release,
    objects: 'connectorBootstrap',
    // A Job's name has a checksum too, so less room is left than for others.
    name: str`${release.prefixOf(name)}-bootstrap`,
    component: `${component}-bootstrap`,
    adminUrl: brokers.adminUrl,
    adminPort: brokers.adminPort,
    brokerHosts: brokers.brokerHosts,
    networkPolicy: {
      enabled: networkPolicy.enabled,
      brokers: [
        when<NetworkPolicyPeer>(not(config.danube_service_url), brokersOfCores(brokers.namespace)),
        splice(networkPolicy.brokers),
      ],
      dns: networkPolicy.dns,
    },
  });
}
