import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2019';
import addFormats from 'ajv-formats';
import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { join } from 'path';
import { checkKind } from './kind-rules';
import { childPath, describeProblem, type KubernetesObject, reportOn } from './kubernetes-object';
import { checkMetadata } from './metadata-rules';
import { checkPod } from './pod-rules';
import {
  allTypeSchemas,
  findKindDeclaration,
  type JsonSchema,
  type KindDeclaration,
  objectMetadataSchemaId,
  typeSchemaId,
} from './type-schema';

/** Gives the errors of one object's fields. */
type FieldValidator = (object: KubernetesObject) => ErrorObject[];

interface ModelClass {
  prototype: { validate(): void };
}

// All errors: of a union type, the first one may not be the telling one.
const ajv = new Ajv({ allErrors: true, strict: false, logger: false });
addFormats(ajv);

/** The types leave `spec` out of the required fields, but these kinds are nothing without it. */
const kindsWithSpec = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Ingress',
  'Job',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'ReplicaSet',
  'Service',
  'StatefulSet',
]);

const validators = new Map<string, FieldValidator[]>();
const requirePackage = createRequire(__filename);

/**
 * What the API server would refuse of `object`, one line each, and fields it does not know.
 * Needs no network: the types come from the kubernetes-models packages and `registerSchema`.
 */
export function validateObject(object: KubernetesObject): string[] {
  if (!object.apiVersion || !object.kind) {
    return [describeProblem(object, '', 'apiVersion or kind is missing')];
  }
  const kindValidators = validatorsOf(object.apiVersion, object.kind);
  if (!kindValidators) {
    return [describeProblem(object, '', `no schema for ${object.apiVersion} ${object.kind}`)];
  }
  const problems = new Set<string>();
  for (const validate of kindValidators) {
    for (const error of validate(object)) {
      problems.add(describeProblem(object, errorPath(error), errorMessage(error)));
    }
  }
  const { metadata } = object as Partial<KubernetesObject>;
  if (!metadata?.name) {
    problems.add(describeProblem(object, 'metadata.name', 'is missing'));
  }
  if (!object.spec && kindsWithSpec.has(object.kind)) {
    problems.add(describeProblem(object, 'spec', 'is missing'));
  }
  // The rules rely on the types of the fields.
  return problems.size > 0 ? [...problems] : ruleProblems(object);
}

function ruleProblems(object: KubernetesObject): string[] {
  const problems: string[] = [];
  const report = reportOn(object, problems);
  checkMetadata(object, report);
  checkPod(object, report);
  checkKind(object, report);
  return problems;
}

/**
 * Adds a kind that no package declares, by the `openAPIV3Schema` of its custom resource definition.
 * As for built-in kinds, fields that the schema does not list are errors.
 */
export function registerSchema(apiVersion: string, kind: string, schema: JsonSchema): void {
  const strict = strictSchema(schema);
  const metadata = { $ref: objectMetadataSchemaId() };
  strict.properties = { ...(strict.properties as JsonSchema), metadata };
  addTypeSchemas();
  validators.set(`${apiVersion} ${kind}`, [ajvValidator(ajv.compile(strict))]);
}

function strictSchema(schema: JsonSchema): JsonSchema {
  const strict: JsonSchema = { ...schema };
  if (schema['x-kubernetes-int-or-string']) {
    strict.type = ['integer', 'string'];
    delete strict.anyOf;
  }
  if (schema.properties) {
    const properties = Object.entries(schema.properties as Record<string, JsonSchema>);
    strict.properties = Object.fromEntries(
      properties.map(([name, property]) => [name, strictSchema(property)]),
    );
    strict.additionalProperties = Boolean(schema['x-kubernetes-preserve-unknown-fields']);
  } else if (isSchema(schema.additionalProperties)) {
    strict.additionalProperties = strictSchema(schema.additionalProperties);
  }
  if (isSchema(schema.items)) {
    strict.items = strictSchema(schema.items);
  }
  return strict;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Compiled once for each kind. */
function validatorsOf(apiVersion: string, kind: string): FieldValidator[] | undefined {
  const key = `${apiVersion} ${kind}`;
  const cached = validators.get(key);
  if (cached) {
    return cached;
  }
  const declaration = findKindDeclaration(apiVersion, kind);
  if (!declaration) {
    return undefined;
  }
  const compiled = [typeValidator(declaration), ...modelValidators(declaration, kind)];
  validators.set(key, compiled);
  return compiled;
}

/** Checks for unknown fields, types, enums and missing fields. */
function typeValidator(declaration: KindDeclaration): FieldValidator {
  const id = typeSchemaId(declaration.file, declaration.interfaceName);
  addTypeSchemas();
  return ajvValidator(ajv.compile({ $ref: id }));
}

const addedSchemas = new Set<string>();

function addTypeSchemas(): void {
  for (const [id, schema] of allTypeSchemas()) {
    if (!addedSchemas.has(id)) {
      ajv.addSchema(schema);
      addedSchemas.add(id);
    }
  }
}

function ajvValidator(validate: ValidateFunction): FieldValidator {
  return (object) => {
    validate(object);
    return validate.errors ?? [];
  };
}

/** The package's own check: integers, formats, patterns and ranges, which types do not tell. */
function modelValidators(declaration: KindDeclaration, kind: string): FieldValidator[] {
  const { file, packageDirectory } = declaration;
  const text = readFileSync(join(packageDirectory, 'package.json'), 'utf8');
  const manifest = JSON.parse(text) as { type?: string };
  // Newer versions are ES modules, which Jest cannot require.
  if (manifest.type === 'module') {
    return [];
  }
  const models = requirePackage(file.replace(/\.d\.ts$/, '.js')) as Record<string, ModelClass>;
  return [(object) => modelErrors(models[kind], object)];
}

function modelErrors(model: ModelClass, object: KubernetesObject): ErrorObject[] {
  try {
    model.prototype.validate.call(object);
    return [];
  } catch (error) {
    const { errors } = error as { errors?: ErrorObject[] };
    if (!errors) {
      throw error;
    }
    return errors;
  }
}

function errorPath(error: ErrorObject): string {
  const keys = error.instancePath.split('/').slice(1);
  return keys.reduce((path, key) => childPath(path, pointerKey(key)), '');
}

function pointerKey(key: string): string | number {
  if (/^[0-9]+$/.test(key)) {
    return Number(key);
  }
  return key.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** What the keywords below tell of an error, each its own. */
interface ErrorDetails {
  missingProperty: string;
  additionalProperty: string;
  unevaluatedProperty: string;
  allowedValues: unknown[];
  allowedValue: unknown;
  type: string | string[];
  format: string;
}

/** The same words from both validators, so that what both find is told once. */
function errorMessage({ keyword, params, message }: ErrorObject): string {
  const details = params as ErrorDetails;
  switch (keyword) {
    case 'required':
      return `missing field "${details.missingProperty}"`;
    case 'additionalProperties':
      return `unknown field "${details.additionalProperty}"`;
    case 'unevaluatedProperties':
      return `unknown field "${details.unevaluatedProperty}"`;
    case 'enum':
      return `must be one of ${details.allowedValues.join(', ')}`;
    case 'const':
      return `must be ${String(details.allowedValue)}`;
    case 'type':
      return `must be ${[details.type].flat().join(' or ')}`;
    case 'format':
      return `must be ${details.format}`;
    default:
      return message ?? keyword;
  }
}
