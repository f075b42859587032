import { App } from 'cdk8s';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml, parseAllDocuments } from 'yaml';
import { CONNECTION_CHECK } from '../../../src/danube/connectors/connector-liveness';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import type { HelmChart } from '../../../src/helm';
import { isMap } from '../../../src/helm/expression/go-value';
import { evaluateManifest } from '../../../src/helm/manifest/evaluate-manifest';
import { TextFile } from '../../../src/helm/manifest/node';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import { namespace, releaseName, type ReleaseSet } from '../../property/release-arbitrary';
import type { NamedSet } from '../../property/leaves';
import { proveChart, type MisspeltValues, type RefusedSet } from '../chart-proof';
import { at } from '../core/core-sets';
import { decoded } from '../core/decoded';
import { checkObjects } from '../core/object-check';
import {
  keepingSharedRules,
  merged,
  sharedRefusals,
  sharedSets,
  type ConnectorSetsProps,
  type Values,
} from './connector-sets';

export interface ConnectorProof extends ConnectorSetsProps {
  readonly newChart: (app: App) => HelmChart;
  /** Sets besides `sharedSets` that use what only this connector has. */
  readonly named: readonly NamedSet[];
  /** Sets besides `sharedRefusals`, for the rules and refused keys of this connector. */
  readonly refused: readonly RefusedSet[];
  readonly misspelt: readonly MisspeltValues[];
  /** Random values that keep the shared rules, changed as this connector's rules demand. */
  readonly keepingRules: (values: Values) => Values;
  /**
   * Folder with a folder for each set of values whose objects were written by hand: `values.yaml`,
   * `objects.yaml` and `connector.toml`.
   */
  readonly expected: string;
}

const CONFIG_FILE = 'connector.toml';

/** The text of connector.toml in rendered objects; undefined when there is none. */
export function configOf(objects: readonly KubernetesObject[]): string | undefined {
  const texts = objects.map(({ data }) => (isMap(data) ? data[CONFIG_FILE] : undefined));
  return texts.find((text) => typeof text === 'string');
}

/** Whole numbers as a TOML parser reads them: a float where an integer was meant would differ. */
function withBigInts(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withBigInts);
  }
  if (isMap(value)) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(entries.map(([key, inner]) => [key, withBigInts(inner)]));
  }
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

/** The tree that connector.toml is written from, evaluated without any TOML. */
export function configTree(chart: HelmChart, set: ReleaseSet): unknown {
  const name = `${chart.metadata.name}.config`;
  const template = chart.definition.templates.find((one) => one.name === name);
  const file = template?.body;
  if (!(file instanceof TextFile)) {
    throw new Error(`no template ${name}`);
  }
  return evaluateManifest(file.tree, chart.environmentOf(set));
}

/** What is wrong with connector.toml: a parser has to read the evaluated tree from it. */
export function checkConfig(
  chart: HelmChart,
  objects: readonly KubernetesObject[],
  set: ReleaseSet,
): readonly string[] {
  const text = configOf(objects);
  if (text === undefined) {
    return [];
  }
  const read = parseToml(text, { integersAsBigInt: true });
  const meant = withBigInts(configTree(chart, set));
  try {
    expect(JSON.parse(comparable(read))).toEqual(JSON.parse(comparable(meant)));
    return [];
  } catch (error) {
    return [`${CONFIG_FILE}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** A rule of a network policy without ports would allow all of them. */
function openRules(objects: readonly KubernetesObject[]): readonly string[] {
  return objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ metadata, spec }) =>
      ['ingress', 'egress'].flatMap((direction) => {
        const rules = at(spec, direction);
        const list: readonly unknown[] = Array.isArray(rules) ? rules : [];
        const open = list.filter((rule) => !Array.isArray(at(rule, 'ports')));
        return open.map(() => `${metadata.name}: a rule of ${direction} has no ports`);
      }),
    );
}

function comparable(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? `integer ${String(inner)}` : inner,
  );
}

/** Tests for the chart of one connector, to be called in a file of its own. */
export function proveConnectorChart(proof: ConnectorProof): void {
  const chart = proof.newChart(new App());
  const named = [...sharedSets(proof), ...proof.named];
  proveChart({
    newChart: proof.newChart,
    named,
    refused: [...sharedRefusals(proof), ...proof.refused],
    misspelt: proof.misspelt,
    keepingRules: (values) => proof.keepingRules(keepingSharedRules(proof, values)),
    check: (objects, set) => [
      ...checkObjects(objects, set),
      ...checkConfig(chart, objects, set),
      ...openRules(objects),
    ],
  });

  test('a core is found whatever names and namespaces there are', () => {
    const core = new DanubeCoreChart(new App(), 'danube-core');
    fc.assert(
      fc.property(releaseName, namespace, releaseName, namespace, (name, space, own, ownSpace) => {
        const objects = decoded(chart, {
          values: merged(proof.minimal, { core: { releaseName: name, namespace: space } }),
          releaseName: own,
          namespace: ownSpace,
        });
        const services = decoded(core, { values: {}, releaseName: name, namespace: space }).filter(
          ({ kind, metadata, spec }) =>
            kind === 'Service' &&
            metadata.labels?.['app.kubernetes.io/component'] === 'broker' &&
            at(spec, 'clusterIP') !== 'None',
        );
        const host = `${services[0].metadata.name}.${space}.svc.cluster.local`;
        const config = parseToml(configOf(objects) ?? '');
        expect(config.danube_service_url).toBe(`http://${host}:6650`);
      }),
      { numRuns: 100 },
    );
  });

  test.each(readdirSync(proof.expected))('the objects of %s are those written by hand', (name) => {
    const path = (file: string) => join(proof.expected, name, file);
    const values: unknown = parseYaml(readFileSync(path('values.yaml'), 'utf8'));
    const release = { values: isMap(values) ? values : {}, releaseName: 'pipe', namespace: 'ops' };
    const objects = decoded(chart, release);
    expect(configOf(objects)).toBe(readFileSync(path(CONFIG_FILE), 'utf8'));
    if (existsSync(path('objects.yaml'))) {
      const documents = parseAllDocuments(readFileSync(path('objects.yaml'), 'utf8'));
      const written = documents.map((document) => document.toJS() as unknown);
      expect(byName(withPlaceholders(objects))).toEqual(byName(written));
    }
  });
}

/** Texts that are compared apart; words in brackets stand for them. */
function withPlaceholders(objects: readonly KubernetesObject[]): readonly unknown[] {
  const config = configOf(objects) ?? '';
  const checksum = createHash('sha256').update(config.replace(/\n$/, '')).digest('hex');
  const words = new Map([
    [config, '<connector.toml>'],
    [checksum, '<sha256 of connector.toml>'],
    [CONNECTION_CHECK, '<connection check>'],
  ]);
  const read: unknown = JSON.parse(JSON.stringify(objects), (_key, value: unknown): unknown =>
    typeof value === 'string' ? (words.get(value) ?? withoutScript(value)) : value,
  );
  return Array.isArray(read) ? read : [];
}

/** The script that waits for topics is run in a test of its own. */
function withoutScript(text: string): string {
  return text.includes('echo "waiting for topics:') ? '<wait for topics>' : text;
}

function byName(objects: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    objects.map((object) => [
      `${String(at(object, 'kind'))}/${String(at(object, 'metadata.name'))}`,
      object,
    ]),
  );
}
