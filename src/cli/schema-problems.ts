import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { isMap } from './plain-map';
import type { JsonSchema } from '../helm/index';
import { closestTo } from './closest-word';
import { refusalOf } from './schema-refusal';
import { pathText, type ValuesProblem } from './values-problem';

type Path = readonly (string | number)[];

/** A JSON pointer as keys and numbers of list items. */
function pathOf(pointer: string, root: unknown): Path {
  const path: (string | number)[] = [];
  let inner = root;
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replace(/~1/g, '/').replace(/~0/g, '~');
    path.push(Array.isArray(inner) ? Number(key) : key);
    inner = Array.isArray(inner) || isMap(inner) ? Reflect.get(inner, key) : undefined;
  }
  return path;
}

/** The branch of an `anyOf` that an error below it is about. */
function branchOf(error: ErrorObject, choice: ErrorObject): string | undefined {
  const start = `${choice.schemaPath}/`;
  return error.schemaPath.startsWith(start)
    ? error.schemaPath.slice(start.length).split('/')[0]
    : undefined;
}

/** Where one branch alone takes this type of value, only its errors say something. */
function withoutOtherBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choice = errors.find(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf');
  if (choice === undefined) {
    return errors;
  }
  const outside = errors.filter(
    (error) => error !== choice && branchOf(error, choice) === undefined,
  );
  const names = new Set(errors.map((error) => branchOf(error, choice)));
  names.delete(undefined);
  const fitting = [...names]
    .map((name) => errors.filter((error) => branchOf(error, choice) === name))
    .filter((branch) =>
      branch.every(
        ({ keyword, instancePath }) => keyword !== 'type' || instancePath !== choice.instancePath,
      ),
    );
  const chosen = fitting.length === 1 ? fitting[0] : [{ ...choice, keyword: 'no form' }];
  return withoutOtherBranches([...outside, ...chosen]);
}

/** Every key of a schema, with the path at which it stands. */
function* keysOf(schema: JsonSchema, path: readonly string[] = []): Generator<readonly string[]> {
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    yield [...path, key];
    if (isMap(field)) {
      yield* keysOf(field, [...path, key]);
    }
  }
}

/** What someone meant who wrote a key that does not exist. */
function meantBy(path: Path, siblings: readonly string[], schema: JsonSchema): string | undefined {
  const key = String(path.at(-1));
  const around = path.slice(0, -1);
  const sibling = closestTo(key, siblings);
  if (sibling !== undefined) {
    return pathText([...around, sibling]);
  }
  const elsewhere = [...keysOf(schema)].filter((other) => other.at(-1) === key);
  // Of several, those in the same branch are more likely.
  const near = elsewhere.filter((other) => other[0] === path[0]);
  const found = near.length > 0 ? near : elsewhere;
  return found.length > 0 && found.length < 4 ? found.map(pathText).join(' or ') : undefined;
}

function unknownKey(error: ErrorObject, path: Path, schema: JsonSchema): ValuesProblem {
  const inside = [...path, String(error.params.additionalProperty)];
  const { properties } = (error.parentSchema ?? {}) as JsonSchema;
  const siblings = Object.keys(properties ?? {});
  const meant = meantBy(inside, siblings, schema);
  const isLong = siblings.length > 12 || path.length === 0;
  const known = isLong ? '' : `; ${pathText(path)} has ${siblings.join(', ') || 'no values'}`;
  return {
    path: inside,
    problem: 'there is no such value',
    fix: meant === undefined ? `leave it out${known}` : `did you mean ${meant}?`,
  };
}

function problemOf(error: ErrorObject, root: unknown, schema: JsonSchema): ValuesProblem {
  const path = pathOf(error.instancePath, root);
  if (error.keyword === 'additionalProperties') {
    return unknownKey(error, path, schema);
  }
  if (error.keyword === 'required') {
    const missing = String(error.params.missingProperty);
    const { properties = {} } = (error.parentSchema ?? {}) as JsonSchema;
    const field: unknown = properties[missing];
    const isInList = path.some((key) => typeof key === 'number');
    const written = isInList ? 'write it' : 'leave out the null that deletes it';
    const described = isMap(field) && typeof field.description === 'string';
    return {
      path: [...path, missing],
      problem: 'is missing',
      fix: described ? `${written} (${String(field.description)})` : written,
    };
  }
  return { path, ...refusalOf(error, path) };
}

/** What a JSON schema has against values, as a person would say it, each only once. */
export function schemaProblems(schema: JsonSchema, values: unknown): readonly ValuesProblem[] {
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  if (validate(values)) {
    return [];
  }
  const errors = withoutOtherBranches(validate.errors ?? []);
  const problems = errors
    .filter(({ propertyName }) => propertyName === undefined)
    .map((error) => problemOf(error, values, schema));
  const texts = problems.map((problem) => JSON.stringify(problem));
  return problems.filter((_, index) => texts.indexOf(texts[index]) === index);
}
