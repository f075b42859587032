import { App } from 'cdk8s';
import { z } from 'zod';
import { BootstrapJob } from '../../../src/danube/bootstrap/bootstrap-job';
import { bootstrapValues, topicName } from '../../../src/danube/bootstrap/bootstrap-values';
import { waitForTopics } from '../../../src/danube/bootstrap/wait-for-topics';
import { RESTRICTED_CONTAINER, restrictedPod } from '../../../src/danube/pod/hardening';
import { networkPolicyValues } from '../../../src/danube/core/network-policy-values';
import { ReleaseContext } from '../../../src/danube/release-context';
import { globalValues, releaseValues } from '../../../src/danube/release-values';
import {
  ChartPart,
  defineValues,
  each,
  HelmChart,
  KubernetesObject,
  literal,
  type Dynamic,
} from '../../../src/helm';
import type { Pod } from 'kubernetes-types/core/v1';

const values = defineValues(
  z.object({
    bootstrap: bootstrapValues,
    topics: z.array(topicName).default([]).describe('Topics that a pod waits for.'),
    networkPolicy: z
      .object({
        enabled: networkPolicyValues.unwrap().shape.enabled,
        dns: networkPolicyValues.unwrap().shape.dns,
      })
      .prefault({}),
    ...releaseValues(),
    global: z.object(globalValues()).prefault({}),
  }),
);

/** A chart with the bootstrap Job and a pod that waits for topics, and nothing else. */
export function bootstrapChart() {
  const metadata = { name: 'bootstrap', version: '1.2.3', description: 'For tests.' };
  const chart = new HelmChart(new App(), 'bootstrap', { metadata, values });
  const { v } = chart;
  const release = new ReleaseContext(new ChartPart(chart, v), v);
  const adminUrl = literal('http://danube-broker:50051');
  new BootstrapJob(chart, 'bootstrap', {
    values: v.bootstrap,
    release,
    adminUrl,
    adminPort: literal(50051),
    brokerHosts: literal('danube-broker-headless'),
    networkPolicy: {
      enabled: v.networkPolicy.enabled,
      brokers: [{ podSelector: { matchLabels: { app: 'broker' } } }],
      dns: v.networkPolicy.dns,
    },
  });
  new KubernetesObject<Pod>(chart, 'sink', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: release.metadata(release.fullname, 'sink'),
    spec: {
      initContainers: [
        waitForTopics({
          values: v.bootstrap,
          release,
          adminUrl,
          topics: [each(v.topics, (topic): Dynamic<string> => topic)],
        }),
      ],
      containers: [
        {
          name: 'sink',
          image: 'sink',
          resources: v.bootstrap.resources,
          securityContext: RESTRICTED_CONTAINER,
        },
      ],
      automountServiceAccountToken: false,
      securityContext: restrictedPod(v.bootstrap, v.platformAssignedIds),
    },
  });
  return chart;
}
