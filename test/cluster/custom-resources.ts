import {
  allTypeSchemas,
  findKindDeclaration,
  typeSchemaId,
  type JsonSchema,
} from '../objects/type-schema';

interface CustomKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  /** For kinds that no installed package declares. */
  readonly spec?: JsonSchema;
}

const secretName: JsonSchema = { type: 'string' };

/** What the charts may emit beside the kinds of Kubernetes. */
const KINDS: readonly CustomKind[] = [
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', plural: 'servicemonitors' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'PodMonitor', plural: 'podmonitors' },
  { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', plural: 'prometheusrules' },
  { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', plural: 'certificates' },
  { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', plural: 'issuers' },
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', plural: 'httproutes' },
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GRPCRoute', plural: 'grpcroutes' },
  { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'TLSRoute', plural: 'tlsroutes' },
  { apiVersion: 'gateway.networking.k8s.io/v1alpha2', kind: 'TLSRoute', plural: 'tlsroutes' },
  {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'Middleware',
    plural: 'middlewares',
    spec: objectOf({
      basicAuth: objectOf({ secret: secretName, realm: { type: 'string' } }),
      forwardAuth: objectOf({
        address: { type: 'string' },
        authResponseHeaders: { type: 'array', items: { type: 'string' } },
      }),
    }),
  },
];

/**
 * Definitions of these kinds, with schemas as strict as the declarations of the packages: the API
 * server warns of a field that they do not know.
 */
export function customResourceDefinitions(): object[] {
  const known = KINDS.filter((kind) => kind.spec !== undefined || declarationOf(kind));
  const names = [...new Set(known.map(definitionName))];
  return names.map((name) => definition(known.filter((kind) => definitionName(kind) === name)));
}

function declarationOf({ apiVersion, kind }: CustomKind) {
  return findKindDeclaration(apiVersion, kind);
}

function definitionName(kind: CustomKind): string {
  return `${kind.plural}.${groupOf(kind)}`;
}

function groupOf({ apiVersion }: CustomKind): string {
  return apiVersion.split('/')[0];
}

/** One definition holds all versions of a kind; the first is stored. */
function definition(versions: readonly CustomKind[]): object {
  const [first] = versions;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: definitionName(first),
      // Groups of Kubernetes are protected; this says that the definition is none of its own.
      annotations: { 'api-approved.kubernetes.io': 'unapproved, for tests' },
    },
    spec: {
      group: groupOf(first),
      scope: 'Namespaced',
      names: {
        kind: first.kind,
        listKind: `${first.kind}List`,
        plural: first.plural,
        singular: first.kind.toLowerCase(),
      },
      versions: versions.map((version) => ({
        name: version.apiVersion.split('/')[1],
        served: true,
        storage: version === first,
        schema: { openAPIV3Schema: schemaOf(version) },
      })),
    },
  };
}

function schemaOf(kind: CustomKind): JsonSchema {
  const declaration = declarationOf(kind);
  if (declaration === undefined) {
    return objectOf({ spec: kind.spec ?? {} });
  }
  const id = typeSchemaId(declaration.file, declaration.interfaceName);
  const schema = structural({ $ref: id });
  const properties = schema.properties as Record<string, JsonSchema>;
  return { ...schema, properties: { ...properties, metadata: { type: 'object' } } };
}

function objectOf(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', properties };
}

const ANYTHING: JsonSchema = { 'x-kubernetes-preserve-unknown-fields': true };

/** As definitions have to write schemas: without references, each part with its type. */
function structural(schema: JsonSchema): JsonSchema {
  if (typeof schema.$ref === 'string') {
    return structural(allTypeSchemas().get(schema.$ref) ?? {});
  }
  if (Array.isArray(schema.type)) {
    return { 'x-kubernetes-int-or-string': true };
  }
  if (Array.isArray(schema.enum)) {
    return { type: typeof schema.enum[0], enum: schema.enum };
  }
  if ('const' in schema) {
    return { type: typeof schema.const, enum: [schema.const] };
  }
  switch (schema.type) {
    case 'object':
      return structuralObject(schema);
    case 'array':
      return { type: 'array', items: structural(schema.items as JsonSchema) };
    case undefined:
      return ANYTHING;
    default:
      return { type: schema.type };
  }
}

function structuralObject(schema: JsonSchema): JsonSchema {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>);
  if (typeof schema.additionalProperties === 'object' && properties.length === 0) {
    const values = structural(schema.additionalProperties as JsonSchema);
    return { type: 'object', additionalProperties: values };
  }
  const parts = properties.map(([name, part]) => [name, structural(part)] as const);
  const required = schema.required as string[] | undefined;
  return {
    type: 'object',
    properties: Object.fromEntries(parts),
    ...(required !== undefined && required.length > 0 ? { required } : {}),
  };
}
