import { existsSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import * as ts from 'typescript';

export type JsonSchema = { [keyword: string]: unknown };

/** Where the declaration of a kind was found, and the package that ships it. */
export interface KindDeclaration {
  file: string;
  interfaceName: string;
  packageDirectory: string;
}

/** The packages whose type declarations are read; the ones not installed are passed over. */
const modelPackages = [
  'kubernetes-models',
  '@kubernetes-models/prometheus-operator',
  '@kubernetes-models/cert-manager',
  '@kubernetes-models/gateway-api',
];

const quantityPattern =
  '^[+-]?([0-9]+|[0-9]+\\.[0-9]*|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$';

/** Types whose declaration says less than the API server checks. */
const knownTypes: Record<string, JsonSchema> = {
  'api/resource/Quantity.d.ts': { type: ['string', 'number'], pattern: quantityPattern },
  'util/intstr/IntOrString.d.ts': { type: ['string', 'integer'] },
};

/** JSON schemas of types, by id. A schema refers to the others by `$ref` to their id. */
const typeSchemas = new Map<string, JsonSchema>();
const sourceFiles = new Map<string, ts.SourceFile>();

export function findKindDeclaration(apiVersion: string, kind: string): KindDeclaration | undefined {
  for (const name of modelPackages) {
    if (name === 'kubernetes-models' && isUnstable(apiVersion)) {
      continue;
    }
    const packageDirectory = findInNodeModules(__dirname, name);
    const file = join(packageDirectory ?? '', apiVersion, `${kind}.d.ts`);
    if (packageDirectory && existsSync(file) && declaresKind(file, kind)) {
      return { file, interfaceName: `I${kind}`, packageDirectory };
    }
  }
  return undefined;
}

/** kubernetes-models keeps beta versions that clusters no longer serve. */
function isUnstable(apiVersion: string): boolean {
  return /v[0-9]+(alpha|beta)[0-9]+$/.test(apiVersion);
}

/** The packages also hold a file for each part of a kind, such as v1/Container.d.ts. */
function declaresKind(file: string, kind: string): boolean {
  const declaration = findDeclaration(file, `I${kind}`);
  return (
    ts.isInterfaceDeclaration(declaration) &&
    declaration.members.some((member) => member.name?.getText() === '"kind"')
  );
}

/** The id of the schema of a declared type; `allTypeSchemas` then holds it and all it refers to. */
export function typeSchemaId(file: string, name: string): string {
  const id = `file://${file}/${name}`;
  if (!typeSchemas.has(id)) {
    // Set before the conversion, as types may refer to themselves.
    typeSchemas.set(id, {});
    typeSchemas.set(id, { $id: id, ...convertDeclaration(file, name) });
  }
  return id;
}

export function objectMetadataSchemaId(): string {
  const path = '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta.d.ts';
  const file = findInNodeModules(__dirname, path);
  if (!file) {
    throw new Error(`cannot find ${path}`);
  }
  return typeSchemaId(file, 'IObjectMeta');
}

export function allTypeSchemas(): ReadonlyMap<string, JsonSchema> {
  return typeSchemas;
}

function convertDeclaration(file: string, name: string): JsonSchema {
  const known = Object.keys(knownTypes).find((suffix) => file.endsWith(suffix));
  if (known !== undefined) {
    return knownTypes[known];
  }
  const declaration = findDeclaration(file, name);
  if (ts.isInterfaceDeclaration(declaration)) {
    return convertObject(allMembers(file, declaration), true);
  }
  return convertType(file, declaration.type, true);
}

type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

function findDeclaration(file: string, exportedName: string): TypeDeclaration {
  const name = localName(file, exportedName);
  for (const statement of sourceFile(file).statements) {
    const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
    if (isType && statement.name.text === name) {
      return statement;
    }
  }
  throw new Error(`${file} declares no type ${exportedName}`);
}

/** Follows `export { IDeployment as IIoK8sApiAppsV1Deployment }`. */
function localName(file: string, exportedName: string): string {
  for (const statement of sourceFile(file).statements) {
    if (!ts.isExportDeclaration(statement)) {
      continue;
    }
    if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) {
      continue;
    }
    for (const element of statement.exportClause.elements) {
      if (element.name.text === exportedName) {
        return element.propertyName?.text ?? exportedName;
      }
    }
  }
  return exportedName;
}

function sourceFile(file: string): ts.SourceFile {
  let source = sourceFiles.get(file);
  if (!source) {
    const text = readFileSync(file, 'utf8');
    source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    sourceFiles.set(file, source);
  }
  return source;
}

/** A member and the file that its type's names are to be looked up in. */
interface Member {
  file: string;
  element: ts.TypeElement;
}

function allMembers(file: string, declaration: ts.InterfaceDeclaration): Member[] {
  const members: Member[] = [];
  for (const parent of parentNames(declaration)) {
    // TypeMeta is apiVersion and kind, which each kind declares by itself.
    if (parent !== 'TypeMeta') {
      const target = referencedFile(file, parent);
      const parentDeclaration = findDeclaration(target, parent);
      if (!ts.isInterfaceDeclaration(parentDeclaration)) {
        throw new Error(`${file}: ${parent} is no interface`);
      }
      members.push(...allMembers(target, parentDeclaration));
    }
  }
  const own = declaration.members.map((element) => ({ file, element }));
  return [...members, ...own];
}

function parentNames(declaration: ts.InterfaceDeclaration): string[] {
  const clauses = declaration.heritageClauses ?? [];
  return clauses.flatMap((clause) => clause.types.map((type) => type.expression.getText()));
}

function convertObject(members: readonly Member[], closed: boolean): JsonSchema {
  // The declarations write a field of any JSON value as a type without members.
  if (members.length === 0) {
    return {};
  }
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  let additionalProperties: JsonSchema | boolean = !closed;
  for (const { file, element } of members) {
    if (ts.isIndexSignatureDeclaration(element)) {
      additionalProperties = convertType(file, element.type, true);
    } else if (ts.isPropertySignature(element) && element.type) {
      const name = propertyName(element.name);
      properties[name] = convertType(file, element.type, true);
      if (!element.questionToken) {
        required.push(name);
      }
    } else {
      throw new Error(`${file}: cannot read the member ${element.getText()}`);
    }
  }
  return { type: 'object', properties, required, additionalProperties };
}

function propertyName(name: ts.PropertyName): string {
  return ts.isStringLiteral(name) || ts.isIdentifier(name) ? name.text : name.getText();
}

/** `closed`: fields that are not declared are errors. */
function convertType(file: string, type: ts.TypeNode, closed: boolean): JsonSchema {
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword:
      return { type: 'string' };
    case ts.SyntaxKind.NumberKeyword:
      return { type: 'number' };
    case ts.SyntaxKind.BooleanKeyword:
      return { type: 'boolean' };
    case ts.SyntaxKind.AnyKeyword:
    case ts.SyntaxKind.UnknownKeyword:
      return {};
  }
  if (ts.isLiteralTypeNode(type)) {
    return { const: literalValue(type) };
  }
  if (ts.isParenthesizedTypeNode(type)) {
    return convertType(file, type.type, closed);
  }
  if (ts.isUnionTypeNode(type)) {
    return convertUnion(file, type, closed);
  }
  if (ts.isIntersectionTypeNode(type)) {
    const allOf = type.types.map((part) => convertType(file, part, false));
    return closed ? { allOf, unevaluatedProperties: false } : { allOf };
  }
  if (ts.isTypeLiteralNode(type)) {
    const members = type.members.map((element) => ({ file, element }));
    return convertObject(members, closed);
  }
  if (ts.isTypeReferenceNode(type)) {
    return convertReference(file, type);
  }
  throw new Error(`${file}: cannot read the type ${type.getText()}`);
}

function literalValue(type: ts.LiteralTypeNode): string | number | boolean | null {
  if (ts.isStringLiteral(type.literal)) {
    return type.literal.text;
  }
  return JSON.parse(type.literal.getText()) as number | boolean | null;
}

function convertUnion(file: string, union: ts.UnionTypeNode, closed: boolean): JsonSchema {
  const parts = union.types;
  if (parts.every(ts.isLiteralTypeNode)) {
    return { enum: parts.map(literalValue) };
  }
  const anyOf = parts.map((part) => convertType(file, part, closed));
  if (anyOf.every((part) => typeof part.type === 'string' && Object.keys(part).length === 1)) {
    return { type: anyOf.map((part) => part.type) };
  }
  return { anyOf };
}

function convertReference(file: string, reference: ts.TypeReferenceNode): JsonSchema {
  const name = reference.typeName.getText();
  if (name === 'Array' && reference.typeArguments) {
    return { type: 'array', items: convertType(file, reference.typeArguments[0], true) };
  }
  const target = referencedFile(file, name);
  return { $ref: typeSchemaId(target, name) };
}

/** The file that declares `name` as `file` sees it: an imported one, or the file itself. */
function referencedFile(file: string, name: string): string {
  for (const statement of sourceFile(file).statements) {
    if (!ts.isImportDeclaration(statement)) {
      continue;
    }
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) {
      continue;
    }
    if (bindings.elements.some((element) => element.name.text === name)) {
      const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
      return declarationFile(file, specifier);
    }
  }
  return file;
}

function declarationFile(importer: string, specifier: string): string {
  const path = `${specifier.replace(/\.js$/, '')}.d.ts`;
  if (path.startsWith('.')) {
    return join(dirname(importer), path);
  }
  const found = findInNodeModules(dirname(importer), path);
  if (!found) {
    throw new Error(`${importer}: cannot find ${specifier}`);
  }
  return found;
}

/** Node's own lookup refuses paths that a package does not export, so this walks up by itself. */
function findInNodeModules(directory: string, path: string): string | undefined {
  const candidate = join(directory, 'node_modules', path);
  if (existsSync(candidate)) {
    return candidate;
  }
  const parent = dirname(directory);
  return parent === directory ? undefined : findInNodeModules(parent, path);
}
