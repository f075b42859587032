import { z } from 'zod';
import { dnsValues } from '../pod/dns-values';
import { ipRange, networkPeers, namespaceName, port } from '../pod/kubernetes-values';

const ports = z.array(port).min(1);

/** The values below `networkPolicy`. */
export const networkPolicyValues = z
  .object({
    enabled: z
      .boolean()
      .default(true)
      .describe(
        'Allow only the connections that Danube needs, to and from each component. Policies add ' +
          'up: allow more with one of your own in extraObjects.',
      ),
    clients: networkPeers
      .default([])
      .describe("Who may connect to the brokers' client port; empty: every pod of the cluster."),
    externalClients: z
      .array(ipRange)
      .default([])
      .meta({
        description: 'Addresses outside of the cluster whose clients may connect to it too.',
        examples: [['203.0.113.0/24'], ['0.0.0.0/0', '::/0']],
      }),
    adminNamespaces: z
      .array(namespaceName.min(1))
      .default([])
      .describe(
        'Namespaces whose pods with the label app.kubernetes.io/part-of=danube may connect to ' +
          'the admin port and to Prometheus; empty: every namespace.',
      ),
    scrapers: networkPeers
      .default([])
      .describe('Who may read metrics of brokers and etcd besides the Prometheus of this release.'),
    queriers: networkPeers
      .default([])
      .describe('Who besides parts of Danube may query the Prometheus of this release.'),
    dns: dnsValues('all components ask'),
    apiServer: z
      .object({
        peers: networkPeers.default([]).describe('Where it runs; empty: anywhere.'),
        ports: ports.default([443, 6443]).describe('Its ports.'),
      })
      .prefault({})
      .describe('The API server, which Prometheus asks for its targets.'),
    objectStores: z
      .object({
        peers: networkPeers.default([]).describe('Where they run; empty: anywhere.'),
        ports: ports
          .default([443])
          .describe('Their ports; that of an endpoint in broker.config.storage is added to them.'),
      })
      .prefault({})
      .describe('Object stores that brokers write to, for cloudBackend s3, gcs and azblob.'),
  })
  .prefault({})
  .meta({ section: 'Network', description: 'Network policies.' });
