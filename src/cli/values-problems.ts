import { coalesce } from '../helm/index';
import type { OpenChart, ReleaseToRender } from './open-chart';
import { schemaProblems } from './schema-problems';
import { problemOfRule, type ValuesProblem } from './values-problem';

type Question = (chart: OpenChart, release: ReleaseToRender) => readonly ValuesProblem[];

/** Asks a chart and the charts inside it. */
function askAll(ask: Question, chart: OpenChart, release: ReleaseToRender): ValuesProblem[] {
  const inside = chart.parts(release.values).flatMap(({ key, chart: part, values }) =>
    askAll(ask, part, { ...release, values }).map((problem) => ({
      ...problem,
      path: [key, ...problem.path],
    })),
  );
  return [...ask(chart, release), ...inside];
}

const askSchema: Question = (chart, { values }) =>
  chart.schema === undefined ? [] : schemaProblems(chart.schema, coalesce(chart.defaults, values));

const askRules: Question = (chart, release) => chart.violations(release).map(problemOfRule);

/** What a chart has against values. Its rules are asked once the schema is content. */
export function problemsOf(chart: OpenChart, release: ReleaseToRender): readonly ValuesProblem[] {
  const problems = askAll(askSchema, chart, release);
  return problems.length > 0 ? problems : askAll(askRules, chart, release);
}
