import { fieldAt, itemsAt, textAt, type ClusterObject } from './cluster-object';
import { connectionsOf, workloadKey, type Connection } from './connections';
import type { OpenChart, ReleaseToRender } from './open-chart';
import { isMap } from './plain-map';
import { secretNeeds, type SecretNeed } from './secret-needs';
import { hookOf, workloadsOf, type Workload } from './workload';

export interface ExplainedService {
  readonly name: string;
  /** `ClusterIP`, `headless`, `LoadBalancer`, `NodePort`. */
  readonly type: string;
  readonly ports: readonly number[];
  /** The workloads whose pods it leads to, as `<kind> <name>`. */
  readonly to: readonly string[];
}

/** A way in from outside of the cluster: an Ingress or a route of a Gateway. */
export interface ExplainedRoute {
  readonly kind: string;
  readonly name: string;
  readonly hosts: readonly string[];
  /** Names of Services. */
  readonly to: readonly string[];
}

export interface ExplainedObject {
  readonly kind: string;
  readonly name: string;
  readonly hook: string | undefined;
}

/** What a release deploys. */
export interface Explanation {
  readonly chart: string;
  readonly version: string;
  readonly release: string;
  readonly namespace: string;
  readonly objects: readonly ExplainedObject[];
  readonly workloads: readonly Workload[];
  readonly services: readonly ExplainedService[];
  readonly routes: readonly ExplainedRoute[];
  readonly connections: readonly Connection[];
  readonly images: readonly string[];
  readonly secrets: readonly SecretNeed[];
}

function serviceOf(object: ClusterObject, workloads: readonly Workload[]): ExplainedService {
  const selector = fieldAt(object, 'spec.selector');
  const wanted = Object.entries(isMap(selector) ? selector : {});
  const chosen = workloads.filter(
    ({ labels, hook }) =>
      hook === undefined &&
      wanted.length > 0 &&
      wanted.every(([key, value]) => key.includes('pod-') || labels[key] === value),
  );
  const isHeadless = fieldAt(object, 'spec.clusterIP') === 'None';
  return {
    name: object.metadata.name,
    type: isHeadless ? 'headless' : textAt(object, 'spec.type', 'ClusterIP'),
    ports: itemsAt(object, 'spec.ports').map(({ port }) => Number(port)),
    to: chosen.map(workloadKey),
  };
}

/** The names of Services anywhere in an Ingress or a route. */
function servicesIn(tree: unknown, key = ''): readonly string[] {
  if (Array.isArray(tree)) {
    return tree.flatMap((item) => servicesIn(item, key));
  }
  if (!isMap(tree)) {
    return [];
  }
  const isService = key === 'service' || key === 'backendRefs';
  const own = isService && typeof tree.name === 'string' ? [tree.name] : [];
  return [...own, ...Object.entries(tree).flatMap(([each, inner]) => servicesIn(inner, each))];
}

function routeOf(object: ClusterObject): ExplainedRoute {
  const hostnames = fieldAt(object, 'spec.hostnames');
  const named: readonly unknown[] = Array.isArray(hostnames) ? hostnames : [];
  const ruled = itemsAt(object, 'spec.rules').flatMap(({ host }) => host ?? []);
  const hosts = [...named, ...ruled].map(String);
  return {
    kind: object.kind,
    name: object.metadata.name,
    hosts: [...new Set(hosts)],
    to: [...new Set(servicesIn(object.spec))],
  };
}

const ROUTES = new Set(['Ingress', 'HTTPRoute', 'GRPCRoute', 'TLSRoute']);

/** @throws when the chart refuses the values. */
export function explanationOf(chart: OpenChart, release: ReleaseToRender): Explanation {
  const objects = chart.objects(release);
  const workloads = workloadsOf(objects);
  return {
    chart: chart.name,
    version: chart.version,
    release: release.releaseName,
    namespace: release.namespace,
    objects: objects.map((object) => ({
      kind: object.kind,
      name: object.metadata.name,
      hook: hookOf(object),
    })),
    workloads,
    services: objects
      .filter(({ kind }) => kind === 'Service')
      .map((service) => serviceOf(service, workloads)),
    routes: objects.filter(({ kind }) => ROUTES.has(kind)).map(routeOf),
    connections: connectionsOf(objects, workloads),
    images: [...new Set(workloads.flatMap(({ images }) => images))].sort(),
    secrets: secretNeeds(objects),
  };
}
