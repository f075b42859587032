import { z } from 'zod';
import { annotations, dnsName, ipRange, port } from '../pod/kubernetes-values';
import { addressDiscoveryValues } from './address-discovery-values';

const SERVICE_CLASS = /^([A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9])?)?$/;

/** `host:port`; a placeholder that no mode knows is refused here. */
const HOST_PLACEHOLDERS =
  'podName|ordinal|headlessService|namespace|clusterDomain|nodeIP|nodeName|loadBalancer';
const ADDRESS_TEMPLATE = new RegExp(
  `^((\\{(${HOST_PLACEHOLDERS})\\}|[a-z0-9.-])+:(\\{(port|nodePort)\\}|[1-9][0-9]{0,4}))?$`,
);

const gatewayReference = z
  .object({
    name: dnsName,
    namespace: dnsName.optional(),
    sectionName: dnsName.optional(),
    port: port.optional(),
  })
  .meta({
    id: 'GatewayReference',
    examples: [
      { name: 'edge', namespace: 'gateways', sectionName: 'grpc' },
      { name: 'danube', port: 6650 },
    ],
  });

/** The values below `broker.externalAccess`. */
export const externalAccessValues = z
  .object({
    enabled: z
      .boolean()
      .optional()
      .meta({
        description: 'Not needed, since type says it. When it is given it has to agree with type.',
        examples: [true, false],
      }),
    type: z
      .enum(['ClusterIP', 'NodePort', 'LoadBalancer', 'Ingress', 'Gateway'])
      .default('ClusterIP')
      .describe(
        'How clients outside of the cluster reach each broker. Only the client port is carried. ' +
          'Every type but ClusterIP makes one Service a broker, for as many as there can be.',
      ),
    advertisedAddrTemplate: z
      .string()
      .regex(ADDRESS_TEMPLATE)
      .default('')
      .meta({
        description:
          'The one address that clients, also those inside the cluster, are sent to; host:port. ' +
          'Placeholders: {podName} {ordinal} {headlessService} {namespace} {clusterDomain} ' +
          '{port}; for NodePort {nodeIP} {nodeName} {nodePort}; for LoadBalancer ' +
          '{loadBalancer}. When empty: the DNS name of the pod, {nodeIP}:{nodePort}, or ' +
          '{loadBalancer}:{port}.',
        examples: [
          'broker-{ordinal}.danube.example.com:6650',
          '{podName}.{headlessService}.{namespace}.svc.cluster.local:6650',
          'danube.example.com:{nodePort}',
          '{nodeName}.example.com:{nodePort}',
        ],
      }),
    annotations: annotations.default({}).meta({
      description:
        "Annotations of each broker's Service. {ordinal} becomes the number of the broker, " +
        '{podName} the name of its pod.',
      examples: [
        { 'external-dns.alpha.kubernetes.io/hostname': 'broker-{ordinal}.danube.example.com' },
        { 'example.com/of': '{podName}' },
      ],
    }),
    nodePortBase: z
      .int()
      .min(0)
      .max(65535)
      .default(0)
      .meta({
        description:
          'NodePort: the node port of broker 0; each other adds its ordinal. 0: the cluster ' +
          'allots ports, and discovery.enabled has to find them.',
        examples: [31650, 32000],
      }),
    externalTrafficPolicy: z
      .enum(['', 'Cluster', 'Local'])
      .default('')
      .describe(
        'NodePort and LoadBalancer: Local keeps the addresses of clients, but then only the node ' +
          'of the broker answers. When empty, Cluster.',
      ),
    loadBalancerSourceRanges: z
      .array(ipRange)
      .default([])
      .meta({
        description:
          'LoadBalancer: the addresses that it lets in; empty: all. The network policy of the ' +
          'brokers lets them in too.',
        examples: [['203.0.113.0/24'], ['198.51.100.0/24', '2001:db8::/32']],
      }),
    loadBalancerClass: z
      .string()
      .regex(SERVICE_CLASS)
      .max(253)
      .default('')
      .meta({
        description: "LoadBalancer: who makes it; when empty, the cluster's default.",
        examples: ['service.k8s.aws/nlb', 'io.cilium/bgp-control-plane'],
      }),
    allocateLoadBalancerNodePorts: z
      .boolean()
      .default(true)
      .describe('LoadBalancer: false where it reaches pods without node ports.'),
    gateway: z
      .object({
        parentRefs: z
          .array(gatewayReference)
          .default([])
          .describe(
            'Gateways, or listeners of them: protocol TLS with mode Passthrough if the brokers ' +
              'speak TLS, else HTTP, which has to carry HTTP/2 in cleartext.',
          ),
        annotations: annotations
          .default({})
          .describe('Annotations of each route; {ordinal} and {podName} are filled in.'),
        tlsRouteVersion: z
          .enum(['v1', 'v1alpha3', 'v1alpha2'])
          .default('v1')
          .describe('API version of TLSRoute; before Gateway API 1.5 it is v1alpha2.'),
      })
      .prefault({})
      .describe('Gateway: one TLSRoute a broker if brokers speak TLS, else one GRPCRoute.'),
    discovery: addressDiscoveryValues,
  })
  .prefault({})
  .describe('How clients outside of the cluster reach the brokers.');
