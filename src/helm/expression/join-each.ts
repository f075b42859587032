import { Expr } from './expression';
import { path } from './references';
import { INTEGER } from './value-type';
import { until } from './operators';

/**
 * The texts made from 0, 1, ... up to `count`, joined. It can only be the body of a named template:
 * `chart.template('peers', joinEach(v.replicaCount, ',', (ordinal) => str`peer-${ordinal}`))`.
 */
export function joinEach(
  count: Expr<number>,
  separator: string,
  item: (ordinal: Expr<number>) => Expr<string>,
): Expr<string> {
  const variable = '$ordinal';
  return new Expr<string>(
    {
      op: 'join-each',
      list: until(count),
      variable,
      separator,
      item: item(path<number>(variable, [], INTEGER)),
    },
    { kind: 'string' },
  );
}
