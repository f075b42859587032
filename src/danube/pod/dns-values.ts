import { z } from 'zod';
import { networkPeers, port } from './kubernetes-values';

const peers = networkPeers.default([]).describe('Where DNS runs; empty: anywhere.');

const ports = z
  .array(port)
  .min(1)
  .default([53])
  .describe('Its ports, UDP and TCP. OpenShift needs 5353 too.');

/** The values that say where the DNS of the cluster is, for network policies. */
export function dnsValues(askedBy: string) {
  return z.object({ peers, ports }).prefault({}).describe(`DNS, which ${askedBy}.`);
}
