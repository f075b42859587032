import {
  and,
  each,
  eq,
  isSet,
  len,
  ne,
  not,
  or,
  orElse,
  required,
  when,
  type Expr,
  type Ref,
} from '../../../helm/index';
import type { z } from 'zod';
import type { ConnectorRules } from '../connector-rules';
import type { greptimedbRoute } from './greptimedb-route-values';
import type { GreptimedbValues } from './greptimedb-values';

type Route = z.output<typeof greptimedbRoute>;

/** The rules for the routes of a GreptimeDB sink. */
export function addGreptimedbRouteRules(
  rules: ConnectorRules,
  { config }: Ref<GreptimedbValues>,
): void {
  const {
    routes,
    http_endpoint: http,
    write_api: api,
    table_defaults: defaults,
  } = config.greptimedb;
  const finding = {
    path: 'config.greptimedb.routes',
    list: routes,
    named: (route: Ref<Route>) => route.from,
  };
  rules.requireItems<Route>('routesWithoutFields', {
    ...finding,
    holds: (route) => or(isLog(route), isSet(route.fields)),
    problem: 'has metrics or events and no fields',
    fix: 'write fields, or signal logs or traces',
  });
  rules.requireItems<Route>('routesWithoutHttp', {
    ...finding,
    holds: (route) =>
      or(
        http,
        not(
          or(
            usesPipeline(route),
            isSet(route.storage),
            isSet(route.compaction),
            isSet(route.partition_columns),
            isSet(route.downsample),
          ),
        ),
      ),
    problem: 'needs the HTTP endpoint',
    fix:
      'write connector.config.greptimedb.http_endpoint, or no signal without fields, storage, ' +
      'compaction, partition_columns and downsample',
  });
  rules.requireItems<Route>('bulkTablesWithoutHttp', {
    ...finding,
    holds: (route) => or(http, ne(api, 'bulk'), not(route.auto_create_table), usesPipeline(route)),
    problem: 'makes its table, which write_api bulk does through the HTTP endpoint',
    fix: 'write connector.config.greptimedb.http_endpoint, or auto_create_table false',
  });
  rules.requireItems<Route>('pipelinesOfRows', {
    ...finding,
    holds: (route) =>
      or(
        usesPipeline(route),
        not(or(isSet(route.pipeline_name), isSet(route.pipeline_version), route.skip_error)),
      ),
    problem: 'says how a pipeline reads it, and goes through none',
    fix:
      'leave pipeline_name, pipeline_version and skip_error out, or write signal logs or traces ' +
      'without fields',
  });
  rules.requireItems<Route>('rowsOfPipelines', {
    ...finding,
    holds: (route) =>
      or(not(usesPipeline(route)), not(or(isSet(route.tags), isSet(route.time_index)))),
    problem: 'goes through a pipeline, which knows tags and time by itself',
    fix: 'leave tags and time_index out, or write fields',
  });
  rules.requireItems<Route>('mergedAppends', {
    ...finding,
    holds: (route) => not(and(isSet(route.merge_mode), appends(route, defaults))),
    problem: 'has merge_mode, and keeps rows apart (append_mode), as logs and traces do',
    fix: 'leave merge_mode out, or write append_mode false',
  });
  rules.requireItems<Route>('physicalTablesOfNone', {
    ...finding,
    holds: (route) => or(not(isSet(route.physical_table)), usesMetricEngine(route, defaults)),
    problem: 'has physical_table, which only the engine metric has',
    fix: 'write engine metric, or leave it out',
  });
  rules.requireItems<Route>('otherSignalsOfPrometheus', {
    ...finding,
    holds: (route) =>
      or(
        not(route.promql_compatible),
        and(eq(route.signal, 'metrics'), not(isSet(route.time_index.column))),
      ),
    problem: 'is promql_compatible without signal metrics, or with a time column of its own',
    fix: 'write signal metrics and leave time_index.column out, or promql_compatible false',
  });
  rules.requireNone('fieldsOfPrometheus', {
    path: finding.path,
    found: [
      each(routes, (route) =>
        when(and(route.promql_compatible, isSet(route.fields)), [
          when(ne(len(required(route.fields)), 1), [route.from]),
        ]),
      ),
    ],
    problem: 'is promql_compatible with several fields, and a metric has one value',
    fix: 'write one field, and a route for each of the others',
  });
}

type Defaults = Ref<GreptimedbValues['config']['greptimedb']['table_defaults']>;

function isLog({ signal }: Ref<Route>): Expr<boolean> {
  return or(eq(signal, 'logs'), eq(signal, 'traces'));
}

/** Logs and traces without fields are read by a pipeline of GreptimeDB. */
function usesPipeline(route: Ref<Route>): Expr<boolean> {
  return and(isLog(route), not(isSet(route.fields)));
}

function appends(route: Ref<Route>, defaults: Defaults): Expr<boolean> {
  return or(
    route.append_mode,
    and(not(isSet(route.append_mode)), or(defaults.append_mode, isLog(route))),
  );
}

function usesMetricEngine(route: Ref<Route>, defaults: Defaults): Expr<boolean> {
  return eq(orElse(route.engine, orElse(defaults.engine, 'mito')), 'metric');
}
