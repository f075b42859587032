import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { MESSAGES_SCRIPT, TARGETS_SCRIPT } from '../../../../src/danube/core/smoke-test-scripts';
import { MEMBER_CHECK } from '../../../../src/danube/core/etcd-member-check-script';
import { isMap } from '../../../../src/helm/expression/go-value';

/** Texts that are compared apart: in the expected objects a word in brackets stands for them. */
const CONFIG_FILES = ['danube_broker.yml', 'prometheus.yml'] as const;
const COMPONENTS = ['etcd', 'broker', 'prometheus', 'monitors', 'tests'] as const;

export type ConfigFile = (typeof CONFIG_FILES)[number];

type Objects = Readonly<Record<string, unknown>>;

export function pathOf(set: string, file: string): string {
  return join(__dirname, set, file);
}

export function readYaml(path: string): unknown {
  const value: unknown = parse(readFileSync(path, 'utf8'));
  return value;
}

export function valuesOf(set: string): Record<string, unknown> {
  const values = readYaml(pathOf(set, 'values.yaml'));
  if (!isMap(values)) {
    throw new Error(`${set}/values.yaml is no map`);
  }
  return values;
}

/** The configuration files that a set expects. */
export function configFilesOf(set: string): readonly ConfigFile[] {
  return CONFIG_FILES.filter((file) => existsSync(pathOf(set, file)));
}

/** Objects by kind and name; two of one name are an error. */
export function byName(objects: readonly unknown[]): Objects {
  const named = objects.map((object) => [nameOf(object), object] as const);
  const names = named.map(([name]) => name);
  expect(names).toEqual([...new Set(names)]);
  return Object.fromEntries(named);
}

/** All objects that a set expects; a component it has no file of is expected to be absent. */
export function expectedObjects(set: string): Objects {
  const files = COMPONENTS.map((component) => pathOf(set, `${component}.yaml`)).filter(existsSync);
  return byName(
    files.flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')).map(documentValue)),
  );
}

/** The texts of the configuration files in rendered objects. */
export function configTexts(objects: readonly unknown[]): Readonly<Record<string, string>> {
  const data = objects.map((object) => mapAt(object, 'data')).flatMap(Object.entries<unknown>);
  return Object.fromEntries(
    data.flatMap(([key, text]) => (typeof text === 'string' ? [[key, text]] : [])),
  );
}

/** The script that waits for etcd. */
export function waitScripts(objects: readonly unknown[]): readonly string[] {
  return initScripts(objects, 'wait-for-etcd');
}

/** The script of an init container: the last word of its command. */
function initScripts(objects: readonly unknown[], name: string): readonly string[] {
  return objects
    .flatMap((object) => listAt(podOf(object), 'initContainers'))
    .filter((container) => isMap(container) && container.name === name)
    .map((container) => listAt(container, 'command').at(-1))
    .filter((word) => typeof word === 'string');
}

/** The script of the brokers' liveness probe: the last word of its command. */
function livenessScripts(objects: readonly unknown[]): readonly string[] {
  return objects
    .flatMap((object) => listAt(podOf(object), 'containers'))
    .map((container) => mapAt(mapAt(container, 'livenessProbe'), 'exec'))
    .map((exec) => listAt(exec, 'command').at(-1))
    .filter((word) => typeof word === 'string');
}

/** The objects with the texts and their checksums replaced by the words that stand for them. */
export function withPlaceholders(objects: readonly unknown[]): readonly unknown[] {
  const words = new Map<string, string>();
  for (const [file, text] of Object.entries(configTexts(objects))) {
    words.set(text, `<${file}>`);
    words.set(sha256(text.replace(/\n$/, '')), `<sha256 of ${file}>`);
  }
  for (const script of waitScripts(objects)) {
    words.set(script, '<wait script>');
  }
  words.set(MEMBER_CHECK, '<member check script>');
  for (const script of livenessScripts(objects)) {
    words.set(script, '<liveness script>');
  }
  words.set(MESSAGES_SCRIPT, '<messages script>');
  words.set(TARGETS_SCRIPT, '<targets script>');
  for (const script of initScripts(objects, 'check-peers')) {
    words.set(script, '<peer check script>');
  }
  return objects.map((object) => replaced(object, words));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function replaced(value: unknown, words: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => replaced(item, words));
  }
  if (isMap(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, replaced(inner, words)]),
    );
  }
  return typeof value === 'string' ? (words.get(value) ?? value) : value;
}

function documentValue(document: { toJS(): unknown }): unknown {
  return document.toJS();
}

function nameOf(object: unknown): string {
  const { kind } = isMap(object) ? object : {};
  const { name } = mapAt(object, 'metadata');
  if (typeof kind !== 'string' || typeof name !== 'string') {
    throw new Error(`no kind and name: ${JSON.stringify(object)}`);
  }
  return `${kind}/${name}`;
}

function podOf(object: unknown): unknown {
  return mapAt(mapAt(mapAt(object, 'spec'), 'template'), 'spec');
}

function mapAt(value: unknown, key: string): Record<string, unknown> {
  const inner = isMap(value) ? value[key] : undefined;
  return isMap(inner) ? inner : {};
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const inner: unknown = isMap(value) ? value[key] : undefined;
  return Array.isArray(inner) ? inner : [];
}
