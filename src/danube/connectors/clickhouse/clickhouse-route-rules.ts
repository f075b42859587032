import type { z } from 'zod';
import { and, eq, isSet, ne, not, or, type Ref } from '../../../helm/index';
import type { ConnectorRules } from '../connector-rules';
import type { clickhouseRoute } from './clickhouse-route-values';
import type { clickhouseValues } from './clickhouse-values';

type Route = z.output<typeof clickhouseRoute>;

/** The rules for the routes of a ClickHouse sink. */
export function addClickhouseRouteRules(
  rules: ConnectorRules,
  { config }: Ref<z.output<typeof clickhouseValues>>,
): void {
  const finding = {
    path: 'config.clickhouse.routes',
    list: config.clickhouse.routes,
    named: (route: Ref<Route>) => route.from,
  };
  rules.requireItems<Route>('routesWithoutColumns', {
    ...finding,
    holds: (route) =>
      or(
        and(eq(route.schema_mode, 'explicit'), isSet(route.columns)),
        and(ne(route.schema_mode, 'explicit'), not(isSet(route.columns))),
      ),
    problem: 'has schema_mode explicit without columns, or columns without it',
    fix: 'write columns with schema_mode explicit, and only there',
  });
  rules.requireItems<Route>('tablesWithoutColumns', {
    ...finding,
    holds: (route) => or(not(route.auto_create_table), ne(route.schema_mode, 'passthrough')),
    problem: 'makes its table without knowing the columns',
    fix: 'write schema_mode explicit or auto, or make the table yourself',
  });
  rules.requireItems<Route>('tablesWithoutOrder', {
    ...finding,
    holds: (route) => or(not(route.auto_create_table), isSet(route.order_by)),
    problem: 'makes its table without a sorting key',
    fix: 'write order_by',
  });
  rules.requireItems<Route>('keysWithoutTable', {
    ...finding,
    holds: (route) => or(route.auto_create_table, not(saysHowToMake(route))),
    problem: 'says how to make a table, and makes none',
    fix:
      'write auto_create_table, or leave engine, order_by, primary_key, partition_by, ' +
      'ttl_column, on_cluster and table_settings out',
  });
  rules.requireItems<Route>('partitionsWithoutKey', {
    ...finding,
    holds: (route) => and(hasItsColumn(route), hasItsExpression(route)),
    problem: 'has partition_by that does not go with partition_column or partition_expression',
    fix: 'write the column for a time, the expression for expression, and neither for none',
  });
  rules.requireItems<Route>('ttlWithoutHalf', {
    ...finding,
    holds: (route) =>
      or(
        and(isSet(route.ttl_column), isSet(route.ttl_days)),
        not(or(isSet(route.ttl_column), isSet(route.ttl_days))),
      ),
    problem: 'has one of ttl_column and ttl_days',
    fix: 'write both or neither',
  });
}

function saysHowToMake(route: Ref<Route>) {
  return or(
    ne(route.engine, 'MergeTree'),
    isSet(route.order_by),
    isSet(route.primary_key),
    ne(route.partition_by, 'none'),
    isSet(route.ttl_column),
    isSet(route.on_cluster),
    isSet(route.table_settings),
  );
}

function hasItsColumn({ partition_by: unit, partition_column: column }: Ref<Route>) {
  const isNoTime = or(eq(unit, 'none'), eq(unit, 'expression'));
  return or(and(isNoTime, not(isSet(column))), and(not(isNoTime), isSet(column)));
}

function hasItsExpression({ partition_by: unit, partition_expression: expression }: Ref<Route>) {
  const isOne = eq(unit, 'expression');
  return or(and(isOne, isSet(expression)), and(not(isOne), not(isSet(expression))));
}
