import { App } from 'cdk8s';
import { parse } from 'yaml';
import type { PrometheusRule } from '../../../imports/monitoring.coreos.com';
import { DanubeCoreChart } from '../../../src/danube/core/danube-core-chart';
import { isMap } from '../../../src/helm/expression/go-value';
import { ALERT_CASES, RELEASE, type AlertCase, type Samples } from './alert-cases';
import { decoded } from './decoded';
import { KNOWN_METRICS } from './known-metrics';
import { metricNames } from './metric-names';
import { describeWithPromtool, promtool } from './promtool';

type Groups = NonNullable<PrometheusRule['spec']['groups']>;
type Rule = NonNullable<Groups[number]['rules']>[number];

const chart = new DanubeCoreChart(new App(), 'danube-core');
const values = {
  prometheus: { prometheusRule: { enabled: true } },
  grafanaDashboard: { enabled: true },
};
const objects = decoded(chart, { values, ...RELEASE });

/** A key of the data of the release's ConfigMaps. */
function file(key: string): string {
  const data = objects.map((object) => (isMap(object.data) ? object.data[key] : undefined));
  const text = data.find((found) => typeof found === 'string');
  if (typeof text !== 'string') {
    throw new Error(`no ConfigMap has ${key}`);
  }
  return text;
}

const RULES = file('alerts.yml');
const { groups } = parse(RULES) as { groups: Groups };
const rules = groups.flatMap((group) => group.rules ?? []);

function ruleOf(alert: string): Rule {
  const found = rules.find((rule) => rule.alert === alert);
  if (found === undefined) {
    throw new Error(`no alert ${alert}`);
  }
  return found;
}

function runCase({ series, at }: Samples, alert: string, expected: readonly object[]): object {
  return {
    interval: '1m',
    input_series: Object.entries(series).map(([name, samples]) => ({
      series: name,
      values: samples,
    })),
    alert_rule_test: [{ eval_time: at, alertname: alert, exp_alerts: expected }],
  };
}

function firing({ alert, fires }: AlertCase): object {
  const { labels, annotations } = ruleOf(alert);
  const written = (text = '') =>
    text.replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => fires.labels[label]);
  const description = written(annotations?.description);
  return runCase(fires, alert, [
    {
      exp_labels: { ...fires.labels, ...labels },
      exp_annotations: { summary: fires.summary, description },
    },
  ]);
}

/** The same samples of a release that has another name. */
function elsewhere({ alert, fires }: AlertCase): object {
  const series = Object.fromEntries(
    Object.entries(fires.series).map(([name, samples]) => [
      name.replace('job="prod-', 'job="other-'),
      samples,
    ]),
  );
  return runCase({ ...fires, series }, alert, []);
}

function testFile(...tests: readonly object[]): object {
  return { rule_files: ['alerts.yml'], evaluation_interval: '1m', tests };
}

function dashboardQueries(): readonly string[] {
  const { panels } = JSON.parse(file('danube.json')) as {
    panels: { targets?: { expr: string }[] }[];
  };
  return panels.flatMap(({ targets }) => (targets ?? []).map(({ expr }) => expr));
}

test('every alert has its cases, and no alert is there twice', () => {
  const names = rules.map(({ alert }) => alert);
  expect(names).toEqual(ALERT_CASES.map(({ alert }) => alert));
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(rules.map(({ expr }) => expr)).size).toBe(names.length);
});

test('the bundled server and the PrometheusRule have the same alerts', () => {
  const rule = objects.find(({ kind }) => kind === 'PrometheusRule');
  expect(rule?.spec).toEqual({ groups });
});

test('the alerts of etcd are left out with etcd', () => {
  const external = { etcd: { enabled: false, external: { host: 'etcd.example.com' } } };
  const rule = decoded(chart, { values: { ...values, ...external }, ...RELEASE }).find(
    ({ kind }) => kind === 'PrometheusRule',
  );
  expect(rule?.spec).toEqual({ groups: [groups[0]] });
});

test('the server reads the file of the alerts', () => {
  expect(parse(file('prometheus.yml'))).toMatchObject({ rule_files: ['alerts.yml'] });
});

test('every metric in alerts and dashboard exists', () => {
  const queries = [...rules.map(({ expr }) => String(expr)), ...dashboardQueries()];
  expect(queries.length).toBeGreaterThan(50);
  const unknown = queries.flatMap(metricNames).filter((name) => !KNOWN_METRICS.has(name));
  expect(unknown).toEqual([]);
});

describeWithPromtool('promtool', () => {
  test('takes the rules', () => {
    expect(promtool(['check', 'rules'], { 'alerts.yml': RULES })).toBe('');
  });

  test.each(ALERT_CASES)('$alert fires, and says what is wrong', (alertCase) => {
    const files = { 'alerts.yml': RULES, 'test.yml': testFile(firing(alertCase)) };
    expect(promtool(['test', 'rules'], files)).toBe('');
  });

  test.each(ALERT_CASES)('$alert is silent', ({ alert, silent }) => {
    const files = { 'alerts.yml': RULES, 'test.yml': testFile(runCase(silent, alert, [])) };
    expect(promtool(['test', 'rules'], files)).toBe('');
  });

  const ofOneRelease = ALERT_CASES.filter(({ alert }) => alert !== 'DanubeBrokersMissing');

  test.each(ofOneRelease)('$alert is silent for another release', (alertCase) => {
    const files = { 'alerts.yml': RULES, 'test.yml': testFile(elsewhere(alertCase)) };
    expect(promtool(['test', 'rules'], files)).toBe('');
  });

  test('parses every query of the dashboard', () => {
    const rulesOfQueries = dashboardQueries().map((expr, index) => ({
      record: `dashboard:query_${index}`,
      expr,
    }));
    const queries = { groups: [{ name: 'dashboard', rules: rulesOfQueries }] };
    expect(promtool(['check', 'rules'], { 'queries.yml': queries })).toBe('');
  });
});
