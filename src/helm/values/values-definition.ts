import type { ErrorObject, ValidateFunction } from 'ajv';
import type { z } from 'zod';
import { isMap } from '../expression/go-value';
import { onceForEach } from '../expression/once-for-each';
import { path, reference, type Ref } from '../expression/references';
import type * as AjvModule from './ajv';
import { coalesce } from './coalesce';
import { defaultValues } from './default-values';
import { jsonSchemaOf } from './json-schema';
import { placePart, SHARED, type PlacedPart } from './place-part';
import { mayRefine } from './refinements';
import { checkedSchema } from './schema-file';
import { valueTypeOf } from './value-type-of';
import type { ValuesPart } from './values-part';

/** Values that do not fit a chart's schema. The message names each path and what is wrong. */
export class ValuesError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`values do not fit the chart's schema:\n${problems.map((p) => `  ${p}`).join('\n')}`);
    this.name = 'ValuesError';
  }
}

function describe(error: ErrorObject): string {
  const path = error.instancePath.slice(1).replace(/\//g, '.') || '(root)';
  const params: Record<string, unknown> = error.params;
  const extra = params.additionalProperty ?? params.propertyName ?? params.allowedValues;
  const named = extra === undefined ? '' : `: ${JSON.stringify(extra)}`;
  return `${path}: ${error.message ?? 'is wrong'}${named}`;
}

/** As zod wants it: absent instead of null. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  if (!isMap(value)) {
    return value;
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNulls(inner)]));
}

/** What zod knows beyond the JSON schema, which is most of the work where there is nothing. */
function checkRefinements(schema: z.ZodObject, values: unknown): void {
  const parsed = schema.safeParse(withoutNulls(values));
  if (!parsed.success) {
    throw new ValuesError(
      parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
    );
  }
}

/** Charts of the same schema, as tests make them, share what validates it. */
const validatorOf = onceForEach((schema: z.ZodObject): ValidateFunction => {
  // Loaded for a release: who prints charts does not wait for it.
  const { newAjv } = require('./ajv') as typeof AjvModule;
  return newAjv().compile(checkedSchema(jsonSchemaOf(schema)));
});

/** A chart's values: one zod schema and everything that follows from it. */
export class ValuesDefinition<S extends z.ZodObject = z.ZodObject> {
  private references: Ref<z.output<S>> | undefined;
  private knownDefaults: unknown;

  constructor(private current: S) {
    this.references = referencesTo(current);
  }

  get schema(): S {
    return this.current;
  }

  /** Typed references: `v.broker.replicaCount` is an expression of a number. */
  get v(): Ref<z.output<S>> {
    this.references ??= referencesTo(this.current);
    return this.references;
  }

  /**
   * Adds the values of a part, below its own keys or, without keys, at the root. What it shares
   * with other parts stands at the root, once.
   *
   * @returns references to its values, and the schema of what users can set below its keys.
   */
  add<P extends z.ZodObject>(
    keys: readonly string[],
    part: ValuesPart<P>,
    shared: readonly string[] = SHARED,
  ): Pick<PlacedPart<P>, 'references' | 'schema'> {
    const { root, schema, references } = placePart(this.schema, keys, part, shared);
    this.current = widened(this.schema, root);
    this.references = undefined;
    this.knownDefaults = undefined;
    return { references, schema };
  }

  /** What values.yaml holds. */
  get defaults(): unknown {
    this.knownDefaults ??= defaultValues(this.schema);
    return this.knownDefaults;
  }

  /**
   * The `.Values` that a template sees when the user gives `overrides`.
   *
   * @throws ValuesError when they do not fit the schema: what Helm refuses is refused.
   */
  resolve(overrides: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const merged = coalesce(this.defaults, overrides);
    const validate = validatorOf(this.schema);
    if (!validate(merged)) {
      throw new ValuesError((validate.errors ?? []).map(describe));
    }
    if (mayRefine(this.schema)) {
      checkRefinements(this.schema, merged);
    }
    return { global: {}, ...(isMap(merged) ? merged : {}) };
  }
}

function referencesTo<S extends z.ZodObject>(schema: S): Ref<z.output<S>> {
  return reference<z.output<S>>(path('.Values', [], valueTypeOf(schema)));
}

/** A schema that has all of another and more is one of its kind. */
function widened<S extends z.ZodObject>(narrow: S, wide: z.ZodObject): S;
function widened(_narrow: z.ZodObject, wide: z.ZodObject): z.ZodObject {
  return wide;
}

/** Defines a chart's values by one zod schema. */
export function defineValues<S extends z.ZodObject>(schema: S): ValuesDefinition<S> {
  return new ValuesDefinition(schema);
}
