import { z } from 'zod';
import {
  each,
  eq,
  lower,
  lt,
  str,
  when,
  and,
  type Condition,
  type Expr,
  type Ref,
} from '../../helm/index';
import type { ConnectorRules } from './connector-rules';

/** Where a value stands in a message: dots lead into objects. */
export const jsonPath = z
  .string()
  .regex(/^[^.\x7f-\x9f]+(\.[^.\x7f-\x9f]+)*$/)
  .describe('Where the value stands in the message; dots lead into objects: order.total.');

/** A column of a table with files of Parquet or Lance. */
export const columnName = z
  .string()
  .regex(/^[^ ,;{}()\n\t=\x7f-\x9f]+$/)
  .max(255);

/** What becomes of a value of a message: a column, of one of the types. */
export function fieldMapping<const Type extends string>(types: readonly Type[], about: string) {
  return z.object({
    json_path: jsonPath,
    column: columnName.describe('Column of the table.'),
    data_type: z.enum(types).describe(about),
    nullable: z
      .boolean()
      .default(true)
      .describe('Whether it may be missing; without, a message that lacks it ends the connector.'),
  });
}

/** The columns of a route. */
export interface MappedColumns {
  /** What messages call the route. */
  readonly route: Expr<string>;
  readonly mappings: Expr<readonly { column: string }[] | undefined>;
  /** Whether the sink writes a column of this name by itself. */
  readonly isOwn: (column: Expr<string>) => Condition;
}

/** No column is there twice, and none is one that the sink writes by itself. */
export function requireDistinctColumns<Route>(
  rules: ConnectorRules,
  path: string,
  routes: Expr<readonly Route[]>,
  columnsOf: (route: Ref<Route>) => MappedColumns,
): void {
  rules.requireNone('columnsTwice', {
    path,
    found: [
      each(routes, (one) => {
        const { route, mappings, isOwn } = columnsOf(one);
        return [
          each(mappings, ({ column }, index) => [
            each(mappings, ({ column: other }, otherIndex) =>
              when(and(lt(index, otherIndex), eq(lower(column), lower(other))), [
                str`${other} of ${route}`,
              ]),
            ),
            when(isOwn(column), [str`${column} of ${route}`]),
          ]),
        ];
      }),
    ],
    problem: 'is a column twice; capitals make no difference',
    fix: 'leave one out, or call it otherwise',
  });
}
