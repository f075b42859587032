import { Expr } from '../expression/expression';
import { isMap } from '../expression/go-value';
import { concat } from '../expression/operators';
import { AT_ROOT, printPipeline } from '../expression/print';

const OPEN = '\u27e6helm:';
const TOKEN = /\u27e6helm:(\d+)\u27e7/g;

/** Token numbers are unique in a process, so that a token in a foreign chart is noticed. */
let issued = 0;

/**
 * Expressions on their way through constructs that know only strings: names of our own objects, and
 * everything that is given to cdk8s-plus. One that does not arrive in a template is an error.
 */
export class Tokens {
  private readonly expressions = new Map<number, Expr>();
  private readonly tokens = new Map<string, string>();
  private readonly arrived = new Set<number>();

  /** The same expression is the same string: cdk8s-plus compares ports and names. */
  tokenOf(expression: Expr): string {
    const key = `${expression.$type.kind} ${printPipeline(expression, AT_ROOT)}`;
    const known = this.tokens.get(key);
    if (known !== undefined) {
      return known;
    }
    issued += 1;
    const token = `${OPEN}${String(issued)}\u27e7`;
    this.expressions.set(issued, expression);
    this.tokens.set(key, token);
    return token;
  }

  /** A tree with expressions where it had tokens. */
  replaceIn(tree: unknown): unknown {
    if (typeof tree === 'string') {
      return tree.includes(OPEN) ? this.expressionOf(tree) : tree;
    }
    if (Array.isArray(tree)) {
      return tree.map((item) => this.replaceIn(item));
    }
    if (!isMap(tree)) {
      return tree;
    }
    const entries = Object.entries(tree).map(([key, value]) => {
      if (key.includes(OPEN)) {
        throw new Error('a Helm expression was used as a map key: use entries()');
      }
      return [key, this.replaceIn(value)] as const;
    });
    return Object.fromEntries(entries);
  }

  /** Forgets which tokens arrived, before a chart is emitted. */
  startAccounting(): void {
    this.arrived.clear();
  }

  /** @throws when a token was given out and never came back. */
  checkArrival(): void {
    const lost = [...this.expressions].filter(([number]) => !this.arrived.has(number));
    if (lost.length > 0) {
      const names = lost.map(([, expression]) => printPipeline(expression, AT_ROOT));
      throw new Error(
        'these Helm expressions were given to a construct that dropped them, ' +
          `so they are in no template: ${names.join(', ')}`,
      );
    }
  }

  private expressionOf(text: string): Expr {
    const parts: (string | Expr<string>)[] = [];
    let end = 0;
    for (const match of text.matchAll(TOKEN)) {
      const number = Number(match[1]);
      const expression = this.expressions.get(number);
      if (expression === undefined) {
        throw new Error('a Helm expression of one chart was used in another');
      }
      this.arrived.add(number);
      parts.push(text.slice(end, match.index));
      if (match[0] === text) {
        return expression;
      }
      parts.push(new Expr<string>(expression.$operation, expression.$type));
      end = match.index + match[0].length;
    }
    return concat([...parts, text.slice(end)]);
  }
}
