import type { z } from 'zod';
import {
  and,
  contains,
  div,
  each,
  eq,
  isSet,
  le,
  mul,
  ne,
  not,
  or,
  orElse,
  regexMatch,
  required,
  when,
  type Expr,
  type Ref,
} from '../../../helm/index';
import type { ConnectorRules } from '../connector-rules';
import { requireDistinctColumns } from '../field-mapping';
import type { lancedbRoute } from './lancedb-route-values';
import type { LancedbValues } from './lancedb-values';

type Route = z.output<typeof lancedbRoute>;

/** The rules for the routes of a LanceDB sink. */
export function addLancedbRouteRules(
  rules: ConnectorRules,
  { config, replicaCount }: Ref<LancedbValues>,
): void {
  const { routes } = config.lancedb;
  const path = 'config.lancedb.routes';
  const finding = { path, list: routes, named: (route: Ref<Route>) => route.from };
  rules.requireItems<Route>('upsertsWithoutId', {
    ...finding,
    holds: (route) => or(ne(route.write_mode, 'upsert'), route.id_json_path),
    problem: 'has write_mode upsert, which merges by the id, and no id',
    fix: 'write id_json_path, or write_mode append',
  });
  rules.requireItems<Route>('routesWithoutColumns', {
    ...finding,
    holds: (route) =>
      or(
        and(eq(route.payload_mode, 'columns'), isSet(route.field_mappings)),
        and(ne(route.payload_mode, 'columns'), not(isSet(route.field_mappings))),
      ),
    problem: 'has payload_mode columns without field_mappings, or field_mappings without it',
    fix: 'write field_mappings with payload_mode columns, and only there',
  });
  requireDistinctColumns(rules, path, routes, (route) => ({
    route: route.from,
    mappings: route.field_mappings,
    isOwn: (column) => or(eq(column, route.vector_column), eq(column, route.id_column)),
  }));
  addIndexRules(rules, path, routes);
  rules.requireItems<Route>('indicesOfSeveralPods', {
    ...finding,
    holds: (route) =>
      or(le(replicaCount, 1), and(not(hasIndex(route)), not(isSet(route.scalar_indices)))),
    problem: 'has indices, which only one pod may build, and there are several',
    fix: 'leave index and scalar_indices out, or write connector.replicaCount 1',
  });
}

function addIndexRules(rules: ConnectorRules, path: string, routes: Expr<readonly Route[]>): void {
  const finding = { path, list: routes, named: (route: Ref<Route>) => route.from };
  rules.requireItems<Route>('indicesOfBits', {
    ...finding,
    holds: (route) =>
      or(ne(route.distance, 'hamming'), regexMatch('^(none|ivf_flat)$', indexOf(route))),
    problem: 'compares bits (distance hamming), and its index numbers',
    fix: 'write index.type ivf_flat, or another distance',
  });
  rules.requireItems<Route>('piecesOfOthers', {
    ...finding,
    holds: ({ index }) =>
      or(
        regexMatch('_(pq|rq)$', orElse(index.type, 'none')),
        not(or(isSet(index.num_sub_vectors), isSet(index.num_bits))),
      ),
    problem: 'has num_sub_vectors or num_bits, which only the indices pq and rq have',
    fix: 'leave them out, or write such an index.type',
  });
  rules.requireItems<Route>('edgesOfOthers', {
    ...finding,
    holds: ({ index }) =>
      or(
        contains('hnsw', orElse(index.type, 'none')),
        not(or(isSet(index.num_edges), isSet(index.ef_construction))),
      ),
    problem: 'has num_edges or ef_construction, which only the indices hnsw have',
    fix: 'leave them out, or write such an index.type',
  });
  rules.requireNone('piecesThatDoNotFit', {
    path,
    found: [
      each(routes, ({ from, vector_dimension: length, index }) =>
        when(isSet(index.num_sub_vectors), [
          when(not(divides(index.num_sub_vectors, length)), [from]),
        ]),
      ),
    ],
    problem: 'has num_sub_vectors that does not divide vector_dimension',
    fix: 'write a divisor of it, such as a 16th',
  });
}

function divides(pieces: Expr<number | undefined>, length: Expr<number>): Expr<boolean> {
  return eq(mul(div(length, required(pieces)), required(pieces)), length);
}

function indexOf({ index }: Ref<Route>): Expr<string> {
  return orElse(index.type, 'none');
}

function hasIndex(route: Ref<Route>): Expr<boolean> {
  return ne(indexOf(route), 'none');
}
