import { ApiObject, App, Chart, DependencyGraph } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { z } from 'zod';
import { Release } from '../expression/built-in-objects';
import { evaluate, type Environment } from '../expression/evaluate';
import { Expr, PARAMETERS } from '../expression/expression';
import { isMap, isTruthy, toText } from '../expression/go-value';
import type { NamedTemplate } from '../expression/named-template';
import { onceForEach } from '../expression/once-for-each';
import { constantTruth } from '../expression/operators';
import { reference, path, type Ref } from '../expression/references';
import { splitTokens } from '../expression/token';
import type { StringContent, ValueType } from '../expression/value-type';
import type { DynamicFields } from '../manifest/dynamic';
import { evaluateManifest, renderFileTemplate } from '../manifest/evaluate-manifest';
import { Each, TemplateTree, TextFile } from '../manifest/node';
import { messageOf } from '../manifest/refusal';
import { textLines, yamlFile, type YamlTemplate } from '../manifest/text-file';
import { valueTypeOf } from '../values/value-type-of';
import type { ValuesPart } from '../values/values-part';
import { ValuesDefinition } from '../values/values-definition';
import { checkMetadata, type ChartMetadata } from './chart-metadata';
import { checkParametersOnly, checkReferences, type Referable } from './check-references';
import { evaluateObject, type ObjectTree } from './evaluate-object';
import { Gate } from './gate';
import { HelmResolver, withNodes, type ReadChart, type Reading } from './helm-resolver';
import { namedIds } from './named-ids';
import { qualifiedRule } from './qualified-text';
import { refusalRules } from './refusal-rules';
import { RepeatedObject } from './repeated-object';
import { RuleError, ruleOf, type Rule, type RuleProps } from './rule';
import { roundsOf } from './rule-loop';
import { definitionsFile } from './template-file';
import {
  dependencyOf,
  isSubchartEnabled,
  subchartKey,
  typeWithSubcharts,
  valuesForSubchart,
  withSubchartValues,
  type Subchart,
} from './subchart';
import { Tokens } from './tokens';

/** Key of construct metadata that holds the remark of an object's template. */
export const REMARK = 'helm:remark';

/** What a HelmChart is known by. */
const HELM_CHART = Symbol.for('cdk8s-danube.helm.HelmChart');

/** What a release is: the values that its user gives, its name, its namespace. */
export interface ReleaseOptions<V = Readonly<Record<string, unknown>>> {
  /** The user's values, merged over the chart's defaults. */
  readonly values?: V;
  /** Default: the chart's name. */
  readonly releaseName?: string;
  /** Default: `default`. */
  readonly namespace?: string;
  /** Default: `v1.33.0`. */
  readonly kubeVersion?: string;
  /** Whether it is an upgrade of an installed release; default: false. */
  readonly isUpgrade?: boolean;
}

export interface HelmChartProps<S extends z.ZodObject> {
  readonly metadata: ChartMetadata;
  /** The values of the chart itself; default: none. Parts may add theirs. */
  readonly values?: ValuesDefinition<S>;
  /** Charts that this one brings along in `charts/`; Chart.yaml then names them. */
  readonly subcharts?: readonly Subchart<HelmChart>[];
  /** The release that `cdk8s synth` writes plain manifests of; default: all defaults. */
  readonly release?: ReleaseOptions<z.input<S>>;
}

/** One object of a chart as its template needs it. */
export interface ChartObjectTree extends ObjectTree {
  readonly id: string;
  readonly file: string;
  readonly remark: string | undefined;
}

export interface NamedTemplateOptions {
  /** Printed above the definition. */
  readonly description?: string;
  /** What the string is known to consist of, where its parts do not prove it. */
  readonly content?: StringContent;
  /** A file that includes the template several times does it once, into this: `$fullname`. */
  readonly variable?: `$${string}`;
}

/** A chart as it was when `evaluator()` read its constructs. */
export interface ChartEvaluator<V> {
  /** As `HelmChart.manifests`. */
  manifests(release?: ReleaseOptions<V>): Record<string, unknown>[];
}

interface ReleaseReader<V> {
  /** Evaluates a release of a chart, and before it those of its subcharts, one after the other. */
  read(release: ReleaseOptions<V>, name: string): readonly (() => Record<string, unknown>[])[];
}

/**
 * A Helm chart: a cdk8s chart whose objects may hold expressions.
 *
 * It has two readings. `writeChart` prints it as templates, for `helm install`; `manifests` and
 * `cdk8s synth` evaluate it for one set of values. Both give the same objects.
 */
export class HelmChart<S extends z.ZodObject = z.ZodObject> extends Chart implements ReadChart {
  /** The class `Chart` of cdk8s claims every chart for its subclasses too. */
  static override [Symbol.hasInstance](value: unknown): value is HelmChart {
    return typeof value === 'object' && value !== null && HELM_CHART in value;
  }

  /** The HelmChart that a construct is in, if it is in one. */
  static find(construct: IConstruct): HelmChart | undefined {
    return construct.node.scopes.findLast(
      (scope): scope is HelmChart => scope instanceof HelmChart,
    );
  }

  /** As `find`. @throws when the construct is in none. */
  static override of(construct: IConstruct): HelmChart {
    const chart = HelmChart.find(construct);
    if (chart === undefined) {
      throw new Error(`${construct.node.path} is not inside a HelmChart`);
    }
    return chart;
  }

  readonly [HELM_CHART] = true;
  readonly metadata: ChartMetadata;
  /** The values of the chart and of all its parts. */
  readonly values: ValuesDefinition<S>;
  /** The charts that this one brings along. */
  readonly subcharts: readonly Subchart<HelmChart>[];
  readonly tokens = new Tokens();

  private readonly namedTemplates = new Map<string, NamedTemplate>();
  private readonly ruleList: Rule[] = [];
  private noteLines: readonly unknown[] = [];
  private isReadAsTemplate = false;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: HelmChartProps<S>,
  ) {
    super(scope, id, { disableResourceNameHashes: true });
    this.subcharts = props.subcharts ?? [];
    checkMetadata(props.metadata);
    this.metadata = metadataOf(props.metadata, this.subcharts);
    // A copy, because parts may add values to it.
    this.values = new ValuesDefinition(schemaOf(props.values));
    refusalRules(this.values.schema, this.v).forEach((rule) => {
      this.require(rule);
    });
    App.of(this).resolvers.unshift(new HelmResolver(this));
  }

  /** Typed references to the chart's values. */
  get v(): Ref<z.output<S>> {
    return this.values.v;
  }

  /**
   * Adds the values of a part, below its own keys or, without keys, at the root. What it shares
   * with other parts stands at the root, once.
   *
   * @returns references to its values, as its construct takes them.
   * @throws when values are there already, or a default or fixed value does not fit.
   */
  addValues<P extends z.ZodObject>(
    path: readonly string[],
    part: ValuesPart<P>,
    shared?: readonly string[],
  ): Ref<z.output<P>> {
    const { references, schema } = this.values.add(path, part, shared);
    const place = { path, values: references };
    refusalRules(schema, references).forEach((rule) => {
      this.require(qualifiedRule(rule, place));
    });
    return references;
  }

  /** How the chart is being read right now. */
  get reading(): Reading {
    return this.isReadAsTemplate
      ? { as: 'template' }
      : { as: 'manifest', environment: this.environment() };
  }

  contains(construct: IConstruct): boolean {
    return HelmChart.find(construct)?.node === this.node;
  }

  /**
   * A string template: `{{ define "<chart>.<name>" }}`. Where the same name is computed in several
   * places, the chart's reader finds it once. `choose(...)` becomes `if` and `else`.
   */
  template(name: string, body: Expr<string>, options: NamedTemplateOptions = {}): Expr<string> {
    const content = options.content ?? body.$type.content;
    return this.include(this.define(name, body, { kind: 'string', content }, options));
  }

  /**
   * A string template with parameters, given as a zod object:
   * `include "<chart>.<name>" (dict "image" .Values.broker.image)`.
   */
  templateFunction<P extends z.ZodObject>(
    name: string,
    parameters: P,
    body: (parameters: Ref<z.output<P>>) => Expr<string>,
    options: NamedTemplateOptions = {},
  ): (args: { readonly [K in keyof z.output<P>]: Expr<z.output<P>[K]> }) => Expr<string> {
    const made = body(reference(path(PARAMETERS, [], valueTypeOf(parameters))));
    checkParametersOnly(made, name);
    const content = options.content ?? made.$type.content;
    const template = this.define(name, made, { kind: 'string', content }, options, isSameTemplate);
    return (args) => new Expr({ op: 'include', template, args: { ...args } }, template.type);
  }

  /** A template of map entries, for example labels, to be spread into maps. */
  mapTemplate(
    name: string,
    body: DynamicFields<Record<string, string>>,
    options: NamedTemplateOptions = {},
  ): Expr<Readonly<Record<string, string>>> {
    const type: ValueType = { kind: 'map', item: { kind: 'string' } };
    return this.include(this.define(name, body, type, options));
  }

  /** A template of a whole text file, so that `sha256(...)` of it changes only with its text. */
  textTemplate(name: string, file: TextFile, options: NamedTemplateOptions = {}): Expr<string> {
    return this.include(this.define(name, file, { kind: 'string' }, options));
  }

  /** A template of a YAML document that text files and objects hold: printed once for both. */
  yamlTemplate<X extends object>(
    name: string,
    tree: DynamicFields<X>,
    options: NamedTemplateOptions = {},
  ): YamlTemplate<X> {
    const text = this.textTemplate(name, yamlFile(tree), options);
    return { text, tree: new TemplateTree<X>(text, tree) };
  }

  /**
   * What must hold between values. Where it does not, `helm` fails and `manifests` throws, both
   * with one line that names the path, the problem and the fix.
   */
  require(rule: RuleProps): void {
    const made = ruleOf(rule);
    // Where the program itself fixed the values, a rule may have nothing left to refuse.
    if (constantTruth(made.violation) !== false) {
      this.ruleList.push(made);
    }
  }

  /**
   * NOTES.txt: lines of text, expressions, `when(condition, [lines])`, `each(...)`. Further notes
   * stand below, after an empty line.
   */
  notes(lines: readonly unknown[]): void {
    this.noteLines = this.noteLines.length === 0 ? lines : [...this.noteLines, '', ...lines];
  }

  private get notesFile(): TextFile | undefined {
    return this.noteLines.length === 0 ? undefined : textLines(this.noteLines);
  }

  /**
   * An expression for a construct that is not ours (cdk8s-plus, imported ones): a string that
   * stands for it. Emitting the chart fails if the construct drops it.
   */
  token<X>(expression: Expr<X>): X;
  token(expression: Expr): unknown {
    return this.tokens.tokenOf(expression);
  }

  /** Names of objects that were given none start with the release's name. */
  override generateObjectName(object: ApiObject): string {
    const generated = super.generateObjectName(object);
    const prefix = this.tokens.tokenOf(Release.name);
    return `${prefix}-${generated.replace(new RegExp(`^${this.node.id}-`), '')}`;
  }

  /**
   * The plain objects of a release: what `helm template` renders, decoded. Those of subcharts are
   * among them.
   */
  manifests(release: ReleaseOptions<z.input<S>> = {}): Record<string, unknown>[] {
    return this.evaluator().manifests(release);
  }

  /**
   * `manifests` for many releases of the chart as it is now: its constructs are read once. What is
   * added to it later is not seen.
   */
  evaluator(): ChartEvaluator<z.input<S>> {
    const reader = this.reader();
    return {
      manifests: (release = {}) =>
        reader.read(release, this.metadata.name).flatMap((evaluate) => evaluate()),
    };
  }

  /**
   * The messages of all rules that the values of a release break; Helm says only the first.
   *
   * @throws ValuesError when they do not even fit the schema.
   */
  violations(release: ReleaseOptions<z.input<S>> = {}): readonly string[] {
    return [...this.brokenRules(this.environmentOf(release))];
  }

  /** The text that `helm install` prints after a release, for given values. */
  renderNotes(release: ReleaseOptions<z.input<S>> = {}): string {
    const environment = this.environmentOf(release);
    return this.notesFile === undefined
      ? ''
      : renderFileTemplate(this.notesFile, environment) + '\n';
  }

  /** For `cdk8s synth`: the objects of the release that the chart's props describe. */
  override toJson(): Record<string, unknown>[] {
    return this.manifests(this.props.release);
  }

  /** What the chart consists of, for printing it. */
  get definition(): {
    readonly templates: readonly NamedTemplate[];
    readonly rules: readonly Rule[];
    readonly notes: TextFile | undefined;
  } {
    const templates = [...this.namedTemplates.values()];
    return { templates, rules: this.ruleList, notes: this.notesFile };
  }

  /** The objects as trees with expressions. @throws when an expression got lost on the way. */
  objectTrees(): readonly ChartObjectTree[] {
    const referable = this.referable();
    this.checkDefinition(referable);
    this.tokens.startAccounting();
    const trees = this.readObjects((object) => this.checkedTreeOf(object, referable));
    this.tokens.checkArrival();
    return trees.filter(({ gate }) => gate === undefined || constantTruth(gate) !== false);
  }

  /** What a template of this chart sees in a release, by which name it may be a subchart. */
  environmentOf(
    release: ReleaseOptions<z.input<S>>,
    name: string = this.metadata.name,
  ): Environment {
    const values = this.values.resolve(release.values ?? {});
    const isUpgrade = release.isUpgrade ?? false;
    return {
      Values: withSubchartValues(values, this.enabledSubcharts(values)),
      Release: {
        Name: release.releaseName ?? this.metadata.name,
        Namespace: release.namespace ?? 'default',
        Service: 'Helm',
        IsInstall: !isUpgrade,
        IsUpgrade: isUpgrade,
        Revision: isUpgrade ? 2 : 1,
      },
      Chart: {
        Name: name,
        Version: this.metadata.version,
        AppVersion: this.metadata.appVersion ?? '',
      },
      Capabilities: { KubeVersion: { Version: release.kubeVersion ?? 'v1.33.0' } },
      variables: {},
      bodies: new Map(),
      evaluateBody,
    };
  }

  private enabledSubcharts(
    values: Readonly<Record<string, unknown>>,
  ): readonly Subchart<HelmChart>[] {
    return this.subcharts.filter((subchart) => isSubchartEnabled(subchart, values));
  }

  /** Evaluates subcharts and then itself, as Helm does, once all values fit. */
  private reader(): ReleaseReader<z.input<S>> {
    const trees = this.readObjects((object) => this.treeOf(object));
    const readerOf = onceForEach((chart: HelmChart) => chart.reader());
    const read: ReleaseReader<z.input<S>>['read'] = (release, name) => {
      const environment = this.environmentOf(release, name);
      const { Values: values, Release: about } = environment;
      const below = this.enabledSubcharts(values).flatMap((subchart) => {
        const options = {
          ...release,
          releaseName: about.Name,
          values: valuesForSubchart(subchart, values),
        };
        const key = subchartKey(subchart);
        const theirs = readerOf(subchart.chart).read(options, key);
        return theirs.map((evaluate) => () => refusedBelow(key, evaluate));
      });
      return [...below, () => this.evaluatedObjects(trees, environment)];
    };
    return { read };
  }

  private environment(): Environment {
    return this.environmentOf(this.props.release ?? {});
  }

  private define(
    name: string,
    body: unknown,
    type: ValueType,
    options: NamedTemplateOptions,
    isSame: (before: NamedTemplate, now: NamedTemplate) => boolean = () => false,
  ): NamedTemplate {
    const fullName = `${this.metadata.name}.${name}`;
    const { description = '', variable } = options;
    const template = { name: fullName, body, type, description, variable };
    const before = this.namedTemplates.get(fullName);
    if (before !== undefined && isSame(before, template)) {
      return before;
    }
    if (before !== undefined) {
      throw new Error(`the chart already has a template '${fullName}'`);
    }
    this.namedTemplates.set(fullName, template);
    return template;
  }

  private include<X>(template: NamedTemplate): Expr<X> {
    return new Expr<X>({ op: 'include', template }, template.type);
  }

  /** What is made of the objects in turn, which show their expressions meanwhile. */
  private readObjects<R>(make: (object: ApiObject | RepeatedObject<object>) => R): readonly R[] {
    this.isReadAsTemplate = true;
    try {
      return withoutKeySorting(() => this.orderedObjects().map(make));
    } finally {
      this.isReadAsTemplate = false;
    }
  }

  private referable(): Referable {
    const templates = new Set(this.namedTemplates.values());
    const values = typeWithSubcharts(this.v.$type, this.subcharts);
    return { chartName: this.metadata.name, values, templates, checked: new Set() };
  }

  private checkDefinition(referable: Referable): void {
    for (const { name, body } of referable.templates) {
      checkReferences(body, name, referable);
    }
    for (const { violation, message } of this.ruleList) {
      checkReferences([violation, ...message], 'a rule', referable);
    }
    checkReferences(this.notesFile, 'NOTES.txt', referable);
  }

  private orderedObjects(): (ApiObject | RepeatedObject<object>)[] {
    const constructs = new DependencyGraph(this.node).topology();
    return constructs.filter(
      (construct): construct is ApiObject | RepeatedObject<object> =>
        (construct instanceof ApiObject || construct instanceof RepeatedObject) &&
        this.contains(construct),
    );
  }

  private evaluatedObjects(
    trees: readonly ObjectTree[],
    environment: Environment,
  ): Record<string, unknown>[] {
    const violation = this.brokenRules(environment).next();
    if (violation.done !== true) {
      throw new RuleError(violation.value);
    }
    return trees.flatMap((tree) => evaluateObject(tree, environment));
  }

  /** One after the other, since a rule may rest on those before it. */
  private *brokenRules(environment: Environment): Generator<string, void, undefined> {
    for (const rule of this.ruleList) {
      for (const round of roundsOf(rule.loop, environment)) {
        if (isTruthy(evaluate(rule.violation, round))) {
          yield toText(evaluate(messageOf(rule.message), round));
        }
      }
    }
  }

  private treeOf(object: ApiObject | RepeatedObject<object>): ObjectTree {
    const tree =
      object instanceof ApiObject ? this.tokens.replaceIn(withNodes(object.toJson())) : object.loop;
    if (!isMap(tree) && !(tree instanceof Each)) {
      throw new Error(`${object.node.path} is not an object`);
    }
    return { manifest: tree, gate: Gate.conditionOf(object, this) };
  }

  private checkedTreeOf(
    object: ApiObject | RepeatedObject<object>,
    referable: Referable,
  ): ChartObjectTree {
    const { manifest, gate } = this.treeOf(object);
    checkReferences([manifest, gate], object.node.path, referable);
    const remark = object.node.metadata.find(({ type }) => type === REMARK);
    return {
      id: object.node.path,
      file: this.fileOf(object),
      manifest,
      gate,
      remark: remark === undefined ? undefined : String(remark.data),
    };
  }

  /** Construct ids make the file's name; `Default` and `Resource` are left out, as in cdk8s. */
  private fileOf(object: IConstruct): string {
    const name = namedIds(object, this).map((id) =>
      withoutTokens(id)
        .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
        .toLowerCase(),
    );
    return `templates/${name.join('-')}.yaml`;
  }
}

/** A rule that a subchart's values break is named with the key of the subchart. */
function refusedBelow<R>(key: string, act: () => R): R {
  try {
    return act();
  } catch (error) {
    throw error instanceof RuleError ? error.inSubchart(key) : error;
  }
}

function metadataOf(metadata: ChartMetadata, subcharts: readonly Subchart[]): ChartMetadata {
  const dependencies = [...(metadata.dependencies ?? []), ...subcharts.map(dependencyOf)];
  return dependencies.length === 0 ? metadata : { ...metadata, dependencies };
}

/** A chart without values of its own may still get those of parts. */
function schemaOf<S extends z.ZodObject>(values: ValuesDefinition<S> | undefined): S;
function schemaOf(values: ValuesDefinition | undefined): z.ZodObject {
  return values?.schema ?? z.object({});
}

/** Parts of a chart may define the same function; one definition then serves all. */
function isSameTemplate(before: NamedTemplate, now: NamedTemplate): boolean {
  return definitionsFile([before]) === definitionsFile([now]);
}

/** Some constructs put the names of objects into ids. */
function withoutTokens(id: string): string {
  return splitTokens(id)
    .filter((part) => typeof part === 'string')
    .join('');
}

/** What a named template yields. */
function evaluateBody(template: NamedTemplate, environment: Environment): unknown {
  const { body } = template;
  if (body instanceof Expr) {
    return toText(evaluate(body, environment));
  }
  return body instanceof TextFile
    ? renderFileTemplate(body, environment)
    : evaluateManifest(body, environment);
}

/** cdk8s sorts keys unless told not to by an environment variable, which it reads at each call. */
function withoutKeySorting<R>(act: () => R): R {
  const before = process.env.CDK8S_DISABLE_SORT;
  process.env.CDK8S_DISABLE_SORT = '1';
  try {
    return act();
  } finally {
    if (before === undefined) {
      delete process.env.CDK8S_DISABLE_SORT;
    } else {
      process.env.CDK8S_DISABLE_SORT = before;
    }
  }
}
