import type { HelmChart } from '../../src/helm';
import type { Rule } from '../../src/helm/chart/rule';
import { roundsOf } from '../../src/helm/chart/rule-loop';
import { emptyEnvironment, evaluate, type Environment } from '../../src/helm/expression/evaluate';
import { Expr } from '../../src/helm/expression/expression';
import { isTruthy } from '../../src/helm/expression/go-value';
import { AT_ROOT, printCondition } from '../../src/helm/expression/print';
import { evaluateManifest } from '../../src/helm/manifest/evaluate-manifest';
import { When } from '../../src/helm/manifest/node';
import { walk, walkExpressions } from '../../src/helm/manifest/walk';
import type { ReleaseSet } from './release-arbitrary';

/** A condition that had the same outcome wherever it was asked. */
export interface OneWayCondition {
  readonly kind: 'gate' | 'when' | 'rule';
  /** The template file, or the name of the named template. */
  readonly where: string;
  /** As it is printed after `if`. For a rule: when it is broken. */
  readonly condition: string;
  /** The outcomes that no set has; both when the condition was never asked. */
  readonly missing: readonly boolean[];
}

interface Tally {
  readonly kind: OneWayCondition['kind'];
  readonly where: string;
  readonly condition: Expr;
  readonly seen: Set<boolean>;
}

/** Something that holds conditions: an object, a named template, the rules, the notes. */
interface Place {
  readonly content: unknown;
  readonly own: readonly Tally[];
}

function dependsOnLoop(condition: Expr): boolean {
  let depends = false;
  walkExpressions(condition, ({ $operation }) => {
    depends ||= $operation.op === 'reference' && $operation.root.startsWith('$');
  });
  return depends;
}

/** The conditions of every `when` and `choose` below a node that can be asked outside of loops. */
function conditionsIn(node: unknown): ReadonlySet<Expr> {
  const found = new Set<Expr>();
  walk(node, (inner) => {
    if (inner instanceof When) {
      found.add(inner.condition);
    }
    if (inner instanceof Expr && inner.$operation.op === 'conditional') {
      found.add(inner.$operation.condition);
    }
  });
  return new Set([...found].filter((condition) => !dependsOnLoop(condition)));
}

/** As `conditionsIn`, without those that stand in the bodies of named templates. */
function ownConditionsIn(node: unknown): readonly Expr[] {
  const included = new Set<Expr>();
  walkExpressions(node, ({ $operation }) => {
    if ($operation.op === 'include') {
      conditionsIn($operation.template.body).forEach((condition) => included.add(condition));
    }
  });
  return [...conditionsIn(node)].filter((condition) => !included.has(condition));
}

function tally(kind: Tally['kind'], where: string, condition: Expr): Tally {
  return { kind, where, condition, seen: new Set() };
}

function place(where: string, content: unknown): Place {
  // The same condition at several fields is one condition.
  const own = new Map(
    ownConditionsIn(content).map((each) => [printCondition(each, AT_ROOT), each] as const),
  );
  return { content, own: [...own.values()].map((each) => tally('when', where, each)) };
}

function ask({ condition, seen }: Tally, environment: Environment): boolean {
  const outcome = isTruthy(evaluate(condition, environment));
  seen.add(outcome);
  return outcome;
}

/** The names of the templates without parameters that a node includes. */
function plainIncludesIn(node: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  walkExpressions(node, ({ $operation }) => {
    if ($operation.op === 'include' && $operation.args === undefined) {
      names.add($operation.template.name);
    }
  });
  return names;
}

type Templates = ReadonlyMap<string, Place>;

/** Notes the outcomes of a place's conditions, and of those in the templates that it includes. */
function visit({ content, own }: Place, environment: Environment, templates: Templates): void {
  const askIn = (name: string, inside: Environment) =>
    templates.get(name)?.own.forEach((each) => ask(each, inside));
  own.forEach((each) => ask(each, environment));
  plainIncludesIn(content).forEach((name) => {
    askIn(name, environment);
  });
  // What a template with parameters is given is known only where it is evaluated.
  evaluateManifest(content, {
    ...environment,
    evaluateBody: (template, inner) => {
      askIn(template.name, inner);
      return environment.evaluateBody(template, inner);
    },
  });
}

/** A rule in a loop counts for each of its rounds. */
function roundsOfRule(rule: Rule) {
  const { violation, message } = rule;
  return roundsOf(rule.loop, emptyEnvironment()).map(({ variables }, index) => {
    const round = Object.values(variables).map((text) => ` (${String(text)})`);
    const where = ['templates/validate.yaml', ...round].join('');
    return {
      environmentIn: (environment: Environment) => roundsOf(rule.loop, environment)[index],
      place: place(where, [violation, ...message]),
      broken: tally('rule', where, violation),
    };
  });
}

const OUTCOMES = [true, false];

/**
 * The gates, `when` and `choose` conditions and rules of a chart that do not go both ways over
 * some sets. A condition counts only in sets in which its object is part of the release; one that
 * depends on a loop variable does not count.
 */
export function oneWayConditions(
  chart: HelmChart,
  sets: readonly ReleaseSet[],
): readonly OneWayCondition[] {
  const { definition } = chart;
  const templates = new Map(
    definition.templates.map(({ name, body }) => [name, place(name, body)] as const),
  );
  const objects = chart.objectTrees().map(({ file, manifest, gate }) => ({
    place: place(file, manifest),
    gate: gate === undefined ? undefined : tally('gate', file, gate),
  }));
  const notes = place('templates/NOTES.txt', definition.notes);
  const rules = definition.rules.flatMap(roundsOfRule);
  for (const set of sets) {
    const environment = chart.environmentOf(set);
    for (const rule of rules) {
      visit(rule.place, rule.environmentIn(environment), templates);
    }
    const broken = rules.filter((rule) => ask(rule.broken, rule.environmentIn(environment)));
    if (broken.length > 0) {
      continue;
    }
    for (const object of objects) {
      if (object.gate === undefined || ask(object.gate, environment)) {
        visit(object.place, environment, templates);
      }
    }
    visit(notes, environment, templates);
  }
  const tallies = [
    ...objects.flatMap((object) => [object.gate ?? [], object.place.own].flat()),
    ...[...templates.values()].flatMap(({ own }) => own),
    ...notes.own,
    ...rules.flatMap((rule) => [rule.broken, ...rule.place.own]),
  ];
  return tallies
    .map(({ kind, where, condition, seen }) => ({
      kind,
      where,
      condition: printCondition(condition, AT_ROOT),
      missing: OUTCOMES.filter((outcome) => !seen.has(outcome)),
    }))
    .filter(({ missing }) => missing.length > 0);
}
