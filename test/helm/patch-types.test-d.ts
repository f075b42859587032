/** What must not compile in patches: see `types.test-d.ts`. */
import { App } from 'cdk8s';
import type { StatefulSet } from 'kubernetes-types/apps/v1';
import { HelmChart, KubernetesObject, spread, whole } from '../../src/helm';
import { sampleValues } from './sample-values';

const metadata = { name: 'types', version: '1.0.0', description: 'Types.' };
const chart = new HelmChart(new App(), 'types', { metadata, values: sampleValues });
const { v } = chart;

// Patches are as strict as objects.
const patchable = new KubernetesObject<StatefulSet>(chart, 'patchable', {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'patchable' },
});
patchable.patch({ spec: { replicas: 1, minReadySeconds: v.replicas } });
patchable.patch({ spec: { replicas: null, template: { spec: { nodeSelector: { a: null } } } } });
patchable.patch({ spec: { template: { spec: { affinity: whole({ nodeAffinity: {} }) } } } });
patchable.patch({ spec: { template: { spec: { containers: [{ name: 'a', tty: v.enabled }] } } } });
patchable.patch({ metadata: { labels: { a: v.text, ...spread(v.labels) } } });
// @ts-expect-error a field that does not exist
patchable.patch({ spec: { replcas: 1 } });
// @ts-expect-error a string where a number belongs
patchable.patch({ spec: { replicas: v.text } });
// @ts-expect-error a required field cannot be taken away
patchable.patch({ spec: { serviceName: null } });
// @ts-expect-error an item without the name that it goes by
patchable.patch({ spec: { template: { spec: { containers: [{ tty: true }] } } } });
// @ts-expect-error a misspelt field of an item
patchable.patch({ spec: { template: { spec: { containers: [{ name: 'a', comand: ['b'] }] } } } });
// @ts-expect-error a wrong field in whole()
patchable.patch({ spec: { template: { spec: { affinity: whole({ nodeAfinity: {} }) } } } });
// @ts-expect-error the kind of an object stays
patchable.patch({ kind: 'Deployment' });
// @ts-expect-error its name too
patchable.patch({ metadata: { name: 'other' } });
