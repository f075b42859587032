import type { z } from 'zod';
import { Expr } from '../expression/expression';
import { isSet, not, regexMatch, toJson } from '../expression/operators';
import { refusedKeysOf } from '../values/refused-key';
import type { RuleProps } from './rule';

/** In JSON a quote inside a string is escaped, so this finds keys only. */
const keyInJson = (key: string) => `[{,]"${key}":`;

function referenceTo(root: Expr, path: readonly string[]): Expr {
  return path.reduce((reference, key) => {
    const field: unknown = Reflect.get(reference, key);
    if (!(field instanceof Expr)) {
      throw new Error(`there is no value '${path.join('.')}'`);
    }
    return field;
  }, root);
}

/** The rules that refuse the refused keys of a chart's values. */
export function refusalRules(schema: z.ZodObject, v: Expr): readonly RuleProps[] {
  return refusedKeysOf(schema).map(({ path, inItems, problem, fix }) => {
    const value = referenceTo(v, path);
    const name = path.join('.');
    return inItems === undefined
      ? { path: name, holds: not(isSet(value)), problem, fix }
      : {
          path: `${name}[].${inItems}`,
          holds: not(regexMatch(keyInJson(inItems), toJson(value))),
          problem,
          fix,
        };
  });
}
