import { Expr } from '../expression/expression';
import { isMap } from '../expression/go-value';
import type { NamedTemplate } from '../expression/named-template';
import { AT_ROOT, printCondition, printPipeline } from '../expression/print';
import { assuming, IN_MANIFEST } from '../manifest/guard';
import { withJoinedConditions } from '../manifest/joined-conditions';
import { text, type Line } from '../manifest/line';
import { isStatic } from '../manifest/lower-json';
import { lowerJsonTree, lowerMap, lowerTextFile } from '../manifest/lower-yaml';
import { Each, TextFile } from '../manifest/node';
import { printLines } from '../manifest/print-lines';
import { heldTemplates, includeOnce, type HeldTemplates } from './include-once';
import type { Rule } from './rule';
import { linesOfRule } from './rule-lines';

const TOP_KEYS = ['apiVersion', 'kind', 'metadata'];
const METADATA_KEYS = ['name', 'namespace', 'labels', 'annotations'];

/** In the order in which people write Kubernetes objects; the other keys as they come. */
function ordered(map: Record<string, unknown>, first: readonly string[]): Record<string, unknown> {
  const keys = [...first.filter((key) => key in map)];
  keys.push(...Object.keys(map).filter((key) => !first.includes(key)));
  return Object.fromEntries(keys.map((key) => [key, map[key]]));
}

function orderedManifest(manifest: Record<string, unknown>): Record<string, unknown> {
  const { metadata } = manifest;
  const withMetadata = isMap(metadata)
    ? { ...manifest, metadata: ordered(metadata, METADATA_KEYS) }
    : manifest;
  return ordered(withMetadata, TOP_KEYS);
}

/** Several objects in one file, each after a line of dashes. */
function repeatedObjects(loop: Each): readonly Line[] {
  const object: readonly Line[] = isMap(loop.body)
    ? lowerMap(orderedManifest(loop.body), IN_MANIFEST)
    : [{ line: 'insert', expression: objectExpression(loop), as: 'yaml' }];
  return [
    {
      line: 'range',
      over: loop.list,
      variables: loop.index === undefined ? [loop.item] : [loop.index, loop.item],
      body: [text('---'), ...object],
    },
  ];
}

function objectExpression({ body }: Each): Expr {
  if (!(body instanceof Expr)) {
    throw new Error('a repeated object is written out, or an element of the list itself');
  }
  return body;
}

/** The template of one object: its remark, its gate, its fields. */
export function objectTemplate(
  manifest: Record<string, unknown> | Each,
  gate: Expr<boolean> | undefined,
  remark: string | undefined,
  held: HeldTemplates,
): string {
  const context = gate === undefined ? IN_MANIFEST : assuming(gate, IN_MANIFEST);
  const fields =
    manifest instanceof Each
      ? repeatedObjects(manifest)
      : lowerMap(orderedManifest(manifest), context);
  const remarks: readonly Line[] = remark === undefined ? [] : [{ line: 'remark', text: remark }];
  const body = includeOnce(printLines(fields), held);
  const gated =
    gate === undefined
      ? body
      : [`{{- if ${printCondition(gate, AT_ROOT)} }}`, ...body, '{{- end }}'];
  return [...printLines(remarks), ...gated].join('\n') + '\n';
}

/** A string expression as the body of a definition: conditions become `if` and `else`. */
function printChoice(expression: Expr): readonly string[] {
  const operation = expression.$operation;
  if (operation.op === 'join-each') {
    const { list, variable, item, separator } = operation;
    // The first item of a list of numbers from 0 is the one without a separator.
    const between = `{{- if ${variable} }}${separator}{{ end }}`;
    return [
      `{{- range ${variable} := ${printPipeline(list, AT_ROOT)} }}`,
      between,
      `{{- ${printStagesIn(item)} }}`,
      '{{- end }}',
    ];
  }
  if (operation.op !== 'conditional') {
    return [`{{- ${printPipeline(expression, AT_ROOT)} }}`];
  }
  const otherwise = printChoice(operation.otherwise);
  const rest = otherwise[0].startsWith('{{- if ')
    ? ['{{- else ' + otherwise[0].slice('{{- '.length), ...otherwise.slice(1)]
    : ['{{- else }}', ...otherwise, '{{- end }}'];
  return [
    `{{- if ${printCondition(operation.condition, AT_ROOT)} }}`,
    ...printChoice(operation.then),
    ...rest,
  ];
}

/** Inside a range the root is `$`. */
function printStagesIn(item: Expr): string {
  return printPipeline(item, { rebound: true });
}

function definition(name: string, description: string, body: readonly string[]): string {
  const remark = description === '' ? [] : ['{{/*', description, '*/}}'];
  return [...remark, `{{- define "${name}" -}}`, ...body, '{{- end }}', ''].join('\n');
}

function printTextDefinition(template: NamedTemplate, file: TextFile, held: HeldTemplates): string {
  if (file.format !== 'json' || isStatic(file.tree)) {
    const lines = printLines(lowerTextFile(file));
    // The `-}}` of `define` would swallow blanks at the start of the first line.
    const first = lines.slice(0, 1).map((line) => line.replace(/^ +/, '{{ "$&" }}'));
    const body = includeOnce([...first, ...lines.slice(1)], held);
    return definition(template.name, template.description, body);
  }
  const treeName = `${template.name}.tree`;
  const parse = Array.isArray(file.tree) ? 'fromYamlArray' : 'fromYaml';
  const tree = printLines(lowerJsonTree(file.tree));
  return [
    definition(template.name, template.description, [
      `{{- include "${treeName}" . | ${parse} | toPrettyJson }}`,
    ]),
    definition(treeName, '', tree),
  ].join('\n');
}

function printDefinition(template: NamedTemplate, held: HeldTemplates): string {
  const { name, description, body } = template;
  if (body instanceof Expr) {
    return definition(name, description, includeOnce(printChoice(body), held));
  }
  if (body instanceof TextFile) {
    return printTextDefinition(template, body, held);
  }
  return definition(name, description, printLines(lowerMap(isMap(body) ? body : {}, IN_MANIFEST)));
}

/** The text of _helpers.tpl. */
export function definitionsFile(templates: readonly NamedTemplate[]): string {
  const held = heldTemplates(templates);
  return templates.map((template) => printDefinition(template, held)).join('\n');
}

/** A template without output that refuses values which break a rule. */
export function rulesFile(rules: readonly Rule[]): string {
  const head: Line = {
    line: 'remark',
    text: 'Rules between values, which the schema cannot say.',
  };
  return printLines([head, ...withJoinedConditions(rules.flatMap(linesOfRule))]).join('\n') + '\n';
}

/** The text of NOTES.txt. */
export function notesFile(notes: TextFile, held: HeldTemplates): string {
  return includeOnce(printLines(lowerTextFile(notes)), held).join('\n') + '\n';
}
