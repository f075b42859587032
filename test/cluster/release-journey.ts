import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';
import type { HelmBinary } from '../real-helm/binaries';
import { helmTemplate } from '../real-helm/run-helm';
import type { NamedObject, NamespacedKind } from './api-client';
import type { Cluster, Json, LiveObject } from './cluster';
import { chartDirectory, type Change, type Journey } from './journeys';
import { authoredState, podsBehindServices } from './live-release';
import { leftovers, warnings } from './namespace-state';

const WAIT = ['--wait', '--timeout', '5m'];
const SETTLE_MS = 60_000;

/**
 * Helm reads all documents of the API, which takes most of its time, to see that the server checks
 * fields. Installations do as users do; the rest can do without, as `accepted` asks for strictness.
 */
export const WITHOUT_API_DOCUMENTS = '--disable-openapi-validation';

const PODS = { group: '/api/v1', name: 'pods' };
const SERVICES = { group: '/api/v1', name: 'services' };
const CLAIMS = { group: '/api/v1', name: 'persistentvolumeclaims' };
const ENDPOINT_SLICES = { group: '/apis/discovery.k8s.io/v1', name: 'endpointslices' };

/** One release of a chart in a namespace, driven by Helm as users do. */
export class ReleaseJourney {
  private readonly chart: string;

  constructor(
    private readonly cluster: Cluster,
    private readonly helm: HelmBinary,
    chart: string,
    private readonly release: string,
    private readonly namespace: string,
  ) {
    this.chart = chartDirectory(chart);
  }

  /** Everything that a journey names, from the installation to the last trace. */
  async run({ values, changes, given, leavesNothing }: Journey): Promise<void> {
    await this.cluster.createNamespace(this.namespace);
    const objects = (given ?? []).map((object) => withNamespace(object, this.namespace));
    await this.cluster.create(objects);
    await this.install(values);
    const installed = await this.state();
    for (const change of changes) {
      await this.upgrade(change);
    }
    if (changes.length > 0) {
      await this.rollBack();
      expect(await this.state()).toEqual(installed);
    }
    await this.uninstall(leavesNothing ?? false, objects);
  }

  async install(values: Json, ...options: readonly string[]): Promise<void> {
    const file = this.valuesFile(values);
    await this.accepted(file, this.chart);
    await this.command('install', this.chart, ...WAIT, '--values', file, ...options);
    await this.cluster.helm(this.helm, ['test', this.release, ...this.inNamespace]);
    await this.expectSound();
  }

  async upgrade(change: Change): Promise<void> {
    const before = await this.pods();
    const chart = this.chartAt(change.chartVersion);
    const file = this.valuesFile(change.values);
    await this.accepted(file, chart);
    await this.command('upgrade', chart, ...WAIT, '--values', file, WITHOUT_API_DOCUMENTS);
    await this.expectSound(change);
    if (change.keepsPods === true) {
      const uids = new Set((await this.pods()).map(({ metadata }) => metadata.uid));
      const restarted = before.filter(({ metadata }) => !uids.has(metadata.uid));
      expect(restarted.map(({ metadata }) => metadata.name)).toEqual([]);
    }
  }

  /** Back to what was installed first. */
  async rollBack(): Promise<void> {
    const args = ['rollback', this.release, '1', ...this.inNamespace, ...WAIT];
    await this.cluster.helm(this.helm, args);
    await this.expectSound();
  }

  /** Takes this release away; what the namespace still holds is not looked at. */
  async remove(): Promise<void> {
    await this.cluster.helm(this.helm, ['uninstall', this.release, ...this.inNamespace, ...WAIT]);
  }

  /** Nothing stays but volume claims of StatefulSets, unless their policy deletes them too. */
  private async uninstall(leavesNothing: boolean, given: readonly object[]): Promise<void> {
    const claims = await this.claims();
    await this.remove();
    // All kinds are many lists: they are asked for when the slowest to go are gone.
    await this.eventually(async () => {
      for (const kind of [PODS, ENDPOINT_SLICES]) {
        expect((await this.cluster.api.list(kind, this.namespace)).map(nameOf)).toEqual([]);
      }
    });
    await this.eventually(async () => {
      const left = await leftovers(this.cluster, this.namespace);
      const kept = left.filter(isClaimOfSet);
      expect(left.filter((name) => !kept.includes(name))).toEqual(given.map(nameOf).sort());
      // An autoscaler may have made more of them in the meantime.
      expect(kept).toEqual(leavesNothing ? [] : expect.arrayContaining(claims));
    });
  }

  /** The objects of the release as their author wrote them. */
  async state(): Promise<Record<string, unknown>> {
    return authoredState(await this.objects());
  }

  /** No pod but of this release stands behind its Services, and each has one unless paused. */
  async expectSound({ isPaused = false }: Partial<Change> = {}): Promise<void> {
    const services = (await this.listed(SERVICES)).filter(hasSelector);
    await this.eventually(async () => {
      const slices = await this.cluster.api.list(ENDPOINT_SLICES, this.namespace);
      const behind = podsBehindServices(slices);
      const own = new Set((await this.pods()).map(({ metadata }) => metadata.name));
      for (const { metadata } of services) {
        const names = [...(behind.get(metadata.name) ?? [])];
        expect([metadata.name, names.length > 0]).toEqual([metadata.name, !isPaused]);
        expect(names.filter((name) => !own.has(name))).toEqual([]);
      }
    });
    expect(await warnings(this.cluster, this.namespace)).toEqual([]);
  }

  /**
   * The API server takes all objects, with no field that it does not know. Every Helm renders the
   * same bytes, and most objects stay as they are: each is asked about once.
   */
  private async accepted(valuesFile: string, chart: string): Promise<void> {
    const files = [path.join(chart, 'Chart.yaml'), valuesFile];
    const question = files.map((file) => fs.readFileSync(file, 'utf8')).join('\n');
    if (!isFirst(this.cluster, question)) {
      return;
    }
    const rendered = await helmTemplate({
      helm: this.helm,
      chart,
      release: this.release,
      namespace: this.namespace,
      args: ['--values', valuesFile],
    });
    expect([rendered.ok, rendered.stderr]).toEqual([true, '']);
    const documents = rendered.stdout
      .split(SEPARATOR)
      .filter((text) => isFirst(this.cluster, text.replaceAll(this.namespace, 'namespace')));
    const answers = documents
      .flatMap(manifestObjects)
      .map((object) => this.cluster.api.dryRun(object, this.namespace));
    expect((await Promise.all(answers)).flat()).toEqual([]);
  }

  private async command(name: string, chart: string, ...args: readonly string[]): Promise<void> {
    const all = [name, this.release, chart, ...this.inNamespace, ...args];
    await this.cluster.helm(this.helm, all);
  }

  private async objects(): Promise<LiveObject[]> {
    const args = ['get', 'manifest', this.release, ...this.inNamespace];
    const manifest = await this.cluster.helm(this.helm, args);
    const objects = manifestObjects(manifest);
    return Promise.all(objects.map((object) => this.cluster.api.get(object, this.namespace)));
  }

  private pods(): Promise<LiveObject[]> {
    return this.listed(PODS);
  }

  /** Those of a kind with the label of this release. */
  private listed(kind: NamespacedKind): Promise<LiveObject[]> {
    const labelSelector = `app.kubernetes.io/instance=${this.release}`;
    return this.cluster.api.list(kind, this.namespace, { labelSelector });
  }

  private async claims(): Promise<string[]> {
    const claims = await this.cluster.api.list(CLAIMS, this.namespace);
    return claims.map(nameOf).filter(isClaimOfSet);
  }

  private async eventually(check: () => Promise<void>): Promise<void> {
    const end = Date.now() + SETTLE_MS;
    for (;;) {
      try {
        await check();
        return;
      } catch (error) {
        if (Date.now() > end) {
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }

  /** A copy of the chart that says another version, as a later release of it would. */
  private chartAt(version: string | undefined): string {
    if (version === undefined) {
      return this.chart;
    }
    const copy = this.cluster.path(`${this.namespace}-chart-${version}`);
    fs.cpSync(this.chart, copy, { recursive: true });
    const file = path.join(copy, 'Chart.yaml');
    const chart = parse(fs.readFileSync(file, 'utf8')) as Json;
    fs.writeFileSync(file, stringify({ ...chart, version }));
    return copy;
  }

  private valuesFile(values: Json): string {
    const file = this.cluster.path(`${this.namespace}-${this.release}-values.yaml`);
    fs.writeFileSync(file, stringify(values));
    return file;
  }

  private get inNamespace(): string[] {
    return ['--namespace', this.namespace];
  }
}

const asked = new WeakMap<Cluster, Set<string>>();

function isFirst(cluster: Cluster, question: string): boolean {
  const known = asked.get(cluster) ?? new Set<string>();
  asked.set(cluster, known);
  const isKnown = known.has(question);
  known.add(question);
  return !isKnown;
}

const SEPARATOR = /^---$/m;

/** What was parsed before: most documents of a chart are the same with other values. */
const parsed = new Map<string, NamedObject | null>();

function manifestObjects(manifest: string): NamedObject[] {
  const documents = manifest.split(SEPARATOR).map((text) => {
    const object = parsed.get(text) ?? (parse(text) as NamedObject | null);
    parsed.set(text, object);
    return object;
  });
  return documents.filter((object) => object !== null);
}

function withNamespace(object: object, namespace: string): object {
  const { metadata } = object as { metadata: object };
  return { ...object, metadata: { ...metadata, namespace } };
}

function nameOf(object: object): string {
  const { kind, metadata } = object as LiveObject;
  return `${kind}/${metadata.name}`;
}

function isClaimOfSet(name: string): boolean {
  return name.startsWith('PersistentVolumeClaim/data-');
}

function hasSelector({ kind, spec }: LiveObject): boolean {
  return kind === 'Service' && (spec as Json).selector !== undefined;
}
