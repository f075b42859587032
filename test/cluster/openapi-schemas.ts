import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Json } from './cluster';

interface Definition extends Json {
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

const REFERENCE = '#/definitions/';
const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

/** How kubeconform finds the file of a kind in the directory that `writeSchemas` fills. */
export const SCHEMA_LOCATION = '{{ .Group }}_{{ .ResourceAPIVersion }}_{{ .ResourceKind }}.json';

/** What an API server says of its kinds, as JSON schemas that take no field beyond. */
export function writeSchemas(openApi: Json, directory: string): void {
  const definitions = openApi.definitions as Record<string, Definition>;
  const strict = new Map(
    Object.entries(definitions).map(([name, definition]) => [
      name,
      name === QUANTITY ? { type: ['string', 'number'] } : strictSchema(definition),
    ]),
  );
  for (const [name, definition] of Object.entries(definitions)) {
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      // kubeconform has no name for the group of the core.
      const file = `${group === '' ? version : group}_${version}_${kind.toLowerCase()}.json`;
      const needed = new Map<string, Json>();
      addDefinition(name, strict, needed);
      const schema = { $ref: REFERENCE + name, definitions: Object.fromEntries(needed) };
      fs.writeFileSync(path.join(directory, file), JSON.stringify(schema));
    }
  }
}

/** Adds a definition and those that it refers to: reading all of them takes half a second. */
function addDefinition(
  name: string,
  all: ReadonlyMap<string, Json>,
  needed: Map<string, Json>,
): void {
  const definition = all.get(name);
  if (definition === undefined || needed.has(name)) {
    return;
  }
  needed.set(name, definition);
  const references = JSON.stringify(definition).matchAll(/"\$ref":"#\/definitions\/([^"]+)"/g);
  for (const [, reference] of references) {
    addDefinition(reference, all, needed);
  }
}

function strictSchema(schema: Json): Json {
  if (schema.format === 'int-or-string' || schema['x-kubernetes-int-or-string'] === true) {
    return { type: ['string', 'integer'] };
  }
  const strict: Json = { ...schema };
  if (Array.isArray(schema.enum)) {
    // Kubernetes 1.28 says some values twice.
    strict.enum = [...new Set(schema.enum)];
  }
  if (schema.properties !== undefined) {
    const properties = Object.entries(schema.properties as Record<string, Json>);
    strict.properties = Object.fromEntries(
      properties.map(([name, property]) => [name, strictSchema(property)]),
    );
    strict.additionalProperties = schema['x-kubernetes-preserve-unknown-fields'] === true;
  } else if (schema.additionalProperties !== undefined) {
    strict.additionalProperties = strictSchema(schema.additionalProperties as Json);
  }
  if (schema.items !== undefined) {
    strict.items = strictSchema(schema.items as Json);
  }
  return strict;
}
