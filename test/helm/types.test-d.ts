/* eslint-disable @typescript-eslint/no-unsafe-argument, @typescript-eslint/restrict-plus-operands
   -- wrong lines are the point of this file */
/**
 * What must not compile: `npm run typecheck` fails when a line under `@ts-expect-error` is taken,
 * and when any other line is not.
 */
import { App } from 'cdk8s';
import type { Deployment, StatefulSet } from 'kubernetes-types/apps/v1';
import type { ConfigMap, Container, EnvVar, Service } from 'kubernetes-types/core/v1';
import type { Ingress, IngressRule } from 'kubernetes-types/networking/v1';
import { z } from 'zod';
import {
  and,
  asString,
  choose,
  composeValues,
  each,
  eachEntry,
  entries,
  eq,
  Gate,
  gt,
  HelmChart,
  isSet,
  join,
  joinEach,
  KubernetesObject,
  literal,
  nonEmpty,
  not,
  orElse,
  Release,
  splice,
  spread,
  str,
  tomlFile,
  trunc,
  valuesPart,
  when,
  yamlFile,
  type Dynamic,
  type Ref,
} from '../../src/helm';
import { sampleValues } from './sample-values';

const metadata = { name: 'types', version: '1.0.0', description: 'Types.' };
const chart = new HelmChart(new App(), 'types', { metadata, values: sampleValues });
const { v } = chart;

type StatefulSetSpec = Dynamic<NonNullable<StatefulSet['spec']>>;
const base = { serviceName: 'a', selector: {}, template: {} };

/** Only its types count. */
function statefulSet(spec: StatefulSetSpec): void {
  new KubernetesObject<StatefulSet>(chart, 'types', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'types' },
    spec,
  });
}

function container(made: Dynamic<Container>): void {
  statefulSet({ ...base, template: { spec: { containers: [made] } } });
}

// Fields take a value, an expression of its type, a condition, a choice.
statefulSet({ ...base, replicas: v.replicas });
statefulSet({ ...base, replicas: when(v.enabled, v.replicas) });
statefulSet({ ...base, replicas: when(v.enabled, v.replicas, 1) });
statefulSet({ ...base, replicas: choose(v.enabled, v.replicas, 1) });
statefulSet({ ...base, replicas: v.port });
statefulSet({ ...base, selector: { matchLabels: v.labels } });
statefulSet(when(v.enabled, base, { ...base, replicas: 2 }));

// @ts-expect-error a string where a number belongs
statefulSet({ ...base, replicas: v.text });
// @ts-expect-error a number where a string belongs
statefulSet({ ...base, serviceName: v.replicas });
// @ts-expect-error a boolean where a number belongs
statefulSet({ ...base, replicas: eq(v.text, 'a') });
// @ts-expect-error a field that does not exist
statefulSet({ ...base, replcas: 1 });
// @ts-expect-error a list where a map belongs
statefulSet({ ...base, selector: { matchLabels: v.args } });
// @ts-expect-error a map where a list belongs
container({ name: 'a', args: v.labels });
// @ts-expect-error numbers where strings belong
container({ name: 'a', args: v.ports });
// @ts-expect-error numbers as the values of labels
statefulSet({ ...base, selector: { matchLabels: v.weights } });

// A required field takes only what is surely there.
container({ name: v.text, image: v.class });
container({ name: when(v.enabled, 'a', v.text) });
container({ name: orElse(v.class, 'none') });
// @ts-expect-error an optional value in a required field
container({ name: v.class });
// @ts-expect-error a field of an optional map in a required field
container({ name: v.limits.cpu });
// @ts-expect-error a condition without `otherwise` in a required field
container({ name: when(v.enabled, 'a') });
// @ts-expect-error a value that is left out when empty, in a required field
container({ name: nonEmpty(v.text) });
// @ts-expect-error one side of the condition may be absent
container({ name: when(v.enabled, v.class, 'a') });

// Both sides of a condition are checked.
// @ts-expect-error a misspelt field inside a branch
container(when(v.enabled, { name: 'a', imagePullPolcy: 'Always' }, { name: 'b' }));
// @ts-expect-error a misspelt field inside the other branch
container(when(v.enabled, { name: 'a' }, { name: 'b', imagePullPolcy: 'Always' }));
// @ts-expect-error a wrong type inside a branch
container({ name: 'a', ports: when(v.enabled, [{ containerPort: v.text }]) });

// Lists take items, conditional items, loops and inserts.
container({
  name: 'a',
  args: [
    '-v',
    when(v.enabled, '-x'),
    v.class,
    splice(v.args),
    each(v.ports, (port) => asString(port)),
  ],
  env: [
    { name: 'A', value: asString(v.replicas) },
    each(v.hosts, (host): Dynamic<EnvVar> => ({ name: host.host, value: host.tls })),
    eachEntry(v.labels, (name, value): Dynamic<EnvVar> => ({ name, value })),
  ],
});
container({ name: 'a', args: literal(['-v', '-x']) });
// @ts-expect-error the value of an environment variable is a string
container({ name: 'a', env: [{ name: 'PORT', value: v.replicas }] });
// @ts-expect-error a wrong type in a loop's body
container({ name: 'a', ports: [each(v.hosts, (host) => ({ containerPort: host.host }))] });
// @ts-expect-error a required field missing in a loop's body
container({ name: 'a', ports: [each(v.hosts, (host) => ({ name: host.host }))] });
container({
  name: 'a',
  // @ts-expect-error a misspelt field, found where the callback says what it makes
  env: [each(v.hosts, (host): Dynamic<EnvVar> => ({ name: host.host, valeu: host.tls }))],
});
// @ts-expect-error items of the wrong type inserted
container({ name: 'a', args: [splice(v.ports)] });
// @ts-expect-error a loop over what is no list
each(v.labels, (label) => label);
// @ts-expect-error the items of a list have no such field
each(v.hosts, (host) => host.hostname);
// @ts-expect-error a field that cannot be absent in an item that may lack it
each(v.hosts, (host): Dynamic<IngressRule['http']> => ({ paths: host.tls }));

// Maps of free keys take spread values, computed entries and conditional entries.
new KubernetesObject<ConfigMap>(chart, 'config', {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: str`${Release.name}-config`, labels: { ...spread(v.labels), a: v.text } },
  data: {
    ...entries(v.weights, (_key, weight) => asString(weight)),
    text: v.text,
    maybe: when(v.enabled, 'x'),
    optional: v.class,
    'a.yaml': yamlFile({ any: [v.replicas, { x: when(v.debug, 1) }] }),
    'a.toml': tomlFile({ port: v.port }),
  },
});
new KubernetesObject<ConfigMap>(chart, 'config', {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  // @ts-expect-error labels are strings
  metadata: { name: 'a', labels: { a: v.replicas } },
});
new KubernetesObject<ConfigMap>(chart, 'config', {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a' },
  // @ts-expect-error the data of a ConfigMap are strings
  data: { a: v.replicas },
});
new KubernetesObject<ConfigMap>(chart, 'config', {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  // @ts-expect-error the values of the map are numbers
  metadata: { name: 'a', labels: { ...spread(v.weights) } },
});

new KubernetesObject<Service>(chart, 'service', {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'a' },
  spec: {
    ports: [
      { port: v.metrics.port, targetPort: v.metrics.port },
      { port: 1, targetPort: 'a' },
    ],
  },
});
new KubernetesObject<Deployment>(chart, 'a', {
  // @ts-expect-error the API version of another kind
  apiVersion: 'v1',
  kind: 'Deployment',
  metadata: {},
});
new KubernetesObject<Ingress>(chart, 'a', {
  apiVersion: 'networking.k8s.io/v1',
  // @ts-expect-error a misspelt kind
  kind: 'Ingres',
  metadata: {},
});
// @ts-expect-error metadata is never left out
new KubernetesObject<ConfigMap>(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap' });

// References.
// @ts-expect-error a value that does not exist
and(v.replicaCount);
// @ts-expect-error a nested value that does not exist
and(v.metrics.prot);
// @ts-expect-error the keys of a free map are not known
and(v.labels.app);
// @ts-expect-error an index into a list
and(v.args[0]);
// @ts-expect-error arithmetic on an expression
gt(v.replicas + 1, 1);
// @ts-expect-error an expression compared as a number
and(v.replicas > 1);

// Functions.
and(eq(v.mode, 'safe'), gt(v.replicas, 1), not(v.args), isSet(v.port), v.class);
// @ts-expect-error what no choice of the enum is
eq(v.mode, 'slow');
// @ts-expect-error a number compared with a string
eq(v.replicas, '1');
// @ts-expect-error texts have no order
gt(v.text, 1);
// @ts-expect-error an optional number compared
gt(v.port, 1);
// @ts-expect-error `default` would replace false
orElse(v.debug, true);
// @ts-expect-error `default` would replace 0
orElse(v.port, 80);
// @ts-expect-error Sprig joins large integers as 1e+06
join(',', v.ports);
// @ts-expect-error a boolean inside text needs asString()
and(str`${v.enabled}`);
// @ts-expect-error an optional value inside text
and(str`${v.class}`);
// @ts-expect-error a list inside text
and(str`${v.args}`);
// @ts-expect-error the text of an optional value
asString(v.port);
// @ts-expect-error part of a number
trunc(2, v.replicas);
// @ts-expect-error the sides of a choice differ
const mixed: Dynamic<number> = choose(v.enabled, v.replicas, 'a');

// Charts.
const address = chart.templateFunction(
  'address',
  z.object({ host: z.string(), port: z.int() }),
  ({ host, port }) => str`${host}:${port}`,
);
address({ host: v.text, port: v.metrics.port });
// @ts-expect-error an argument of the wrong type
address({ host: v.text, port: v.text });
// @ts-expect-error an argument is missing
address({ host: v.text });
// @ts-expect-error an argument that is no parameter
address({ host: v.text, port: v.replicas, path: v.text });
chart.template(
  'peers',
  joinEach(v.replicas, ',', (ordinal) => str`${ordinal}`),
);
// @ts-expect-error a template is a text
chart.template('replicas', v.replicas);
// @ts-expect-error the entries of a map template are texts
chart.mapTemplate('labels', { a: v.replicas });
chart.require({ path: 'replicas', holds: gt(v.replicas, 0), problem: 'p', fix: str`${v.mode}` });
// @ts-expect-error a message is a text
chart.require({ path: 'replicas', holds: gt(v.replicas, 0), problem: v.replicas, fix: 'f' });
new Gate(chart, 'gate', v.metrics.enabled);
// @ts-expect-error a text is no condition
new Gate(chart, 'gate', 'yes');

chart.manifests({ values: { replicas: 1, hosts: [{ host: 'a', paths: [] }] }, releaseName: 'a' });
// @ts-expect-error values of a release are checked
chart.manifests({ values: { replicas: 'one' } });
// @ts-expect-error a value that the schema does not know
chart.manifests({ values: { replica: 1 } });
// @ts-expect-error a list item without what it must have
chart.manifests({ values: { hosts: [{ host: 'a' }] } });
// @ts-expect-error the release of the props is checked too
new HelmChart(new App(), 'x', { metadata, values: sampleValues, release: { values: { text: 1 } } });
// @ts-expect-error a chart has a version
new HelmChart(new App(), 'x', { metadata: { name: 'a', description: 'b' }, values: sampleValues });

const part = valuesPart(sampleValues.schema, {
  defaults: { replicas: 4, metrics: { port: 1 } },
  fixed: { mode: 'off', metrics: { enabled: true } },
});
const parts: Ref<z.output<typeof sampleValues.schema>> = composeValues({ a: part }).parts.a;
// @ts-expect-error a default of the wrong type
valuesPart(sampleValues.schema, { defaults: { replicas: 'four' } });
// @ts-expect-error a default of a value that is not there
valuesPart(sampleValues.schema, { defaults: { metrics: { prot: 1 } } });
// @ts-expect-error a fixed value of the wrong type
valuesPart(sampleValues.schema, { fixed: { metrics: { enabled: 'yes' } } });
const composed = composeValues({ a: part });
// @ts-expect-error there is no such part
export type NoPart = (typeof composed.parts)['b'];

export { composed, mixed, parts };
