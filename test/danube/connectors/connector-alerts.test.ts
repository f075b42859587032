import { App } from 'cdk8s';
import { QdrantConnectorChart, TRAIN_0_7 } from '../../../src';
import { at } from '../core/core-sets';
import { decoded } from '../core/decoded';
import { metricNames } from '../core/metric-names';
import { describeWithPromtool, promtool } from '../core/promtool';

const chart = new QdrantConnectorChart(new App(), 'danube-connector-qdrant');
const route = { from: '/default/a', subscription: 's', to: 'a', vector_dimension: 3 };
const objects = decoded(chart, {
  releaseName: 'pipe',
  namespace: 'ops',
  values: {
    core: { brokerVersion: '0.8' },
    connector: {
      configVersion: '0.3',
      image: { tag: TRAIN_0_7.connectors.qdrant.tags['0.3'] },
      prometheusRule: { enabled: true },
      config: { qdrant: { url: 'http://qdrant:6334', routes: [route] } },
    },
  },
});
const rule = objects.find(({ kind }) => kind === 'PrometheusRule');
const groups = at(rule, 'spec.groups');

/** Those of connect-core 0.5 (facts on connectors, 2.5). */
const METRICS = [
  'danube_connector_messages_received_total',
  'danube_connector_messages_processed_total',
  'danube_connector_messages_failed_total',
  'danube_connector_messages_retried_total',
  'danube_connector_health',
  'up',
];

function expressions(): readonly string[] {
  const rules = Array.isArray(groups) ? at(groups[0], 'rules') : [];
  return Array.isArray(rules) ? rules.map((one) => String(at(one, 'expr'))) : [];
}

test('alerts use metrics that connectors have, of this connector only', () => {
  expect(expressions()).toHaveLength(6);
  for (const expression of expressions()) {
    expect(METRICS).toEqual(
      expect.arrayContaining([...metricNames(expression.replace(' offset 1h', ''))]),
    );
    expect(expression).toContain("{namespace='ops',job='pipe-connector-qdrant'}");
  }
});

const METRIC = 'danube_connector_messages_processed_total';
const series = (name: string) =>
  `${name}{namespace="ops",job="pipe-connector-qdrant",pod="p",connector="c",topic="multi-topic"}`;

function alertTest(alert: string, time: string, input: readonly object[], fires: boolean): string {
  const rules = { groups };
  return promtool(['test', 'rules'], {
    'rules.yml': rules,
    'test.yml': {
      rule_files: ['rules.yml'],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: input,
          promql_expr_test: [
            {
              expr: `count(ALERTS{alertname="${alert}",alertstate="firing"})`,
              eval_time: time,
              exp_samples: fires ? [{ labels: '{}', value: 1 }] : [],
            },
          ],
        },
      ],
    },
  });
}

describeWithPromtool('promtool', () => {
  test('takes the rules', () => {
    expect(promtool(['check', 'rules'], { 'rules.yml': { groups } })).toBe('');
  });

  test.each([
    ['DanubeConnectorDown', '4m', [{ series: series('up'), values: '0x10' }], true],
    ['DanubeConnectorDown', '4m', [{ series: series('up'), values: '1x10' }], false],
    ['DanubeConnectorMissing', '6m', [], true],
    ['DanubeConnectorMissing', '6m', [{ series: series('up'), values: '1x10' }], false],
    [
      'DanubeConnectorUnhealthy',
      '3m',
      [{ series: series('danube_connector_health'), values: '0x10' }],
      true,
    ],
    // It moved messages for an hour, and then none.
    [
      'DanubeConnectorStalled',
      '100m',
      [{ series: series(METRIC), values: '0+60x60 3600x60' }],
      true,
    ],
    ['DanubeConnectorStalled', '100m', [{ series: series(METRIC), values: '0+60x120' }], false],
    ['DanubeConnectorStalled', '100m', [{ series: series(METRIC), values: '0x120' }], false],
    [
      'DanubeConnectorFailing',
      '20m',
      [{ series: series('danube_connector_messages_failed_total'), values: '0+6x30' }],
      true,
    ],
    [
      'DanubeConnectorRestarts',
      '50m',
      [{ series: series(METRIC), values: '0+1x10 0+1x10 0+1x10 0+1x10 0+1x10' }],
      true,
    ],
    ['DanubeConnectorRestarts', '50m', [{ series: series(METRIC), values: '0+1x60' }], false],
  ] as const)('%s at %s', (alert, time, input, fires) => {
    expect(alertTest(alert, time, input, fires)).toBe('');
  });
});
