import type { Expr } from '../expression/expression';
import { isMap } from '../expression/go-value';
import { concat } from '../expression/operators';
import { AT_ROOT, printPipeline } from '../expression/print';
import { holdsToken, issueToken, splitTokens } from '../expression/token';

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
    const { token, number } = issueToken(expression);
    this.expressions.set(number, expression);
    this.tokens.set(key, token);
    return token;
  }

  /** A tree with expressions where it had tokens. */
  replaceIn(tree: unknown): unknown {
    if (typeof tree === 'string') {
      return holdsToken(tree) ? this.expressionOf(tree) : tree;
    }
    if (Array.isArray(tree)) {
      return tree.map((item) => this.replaceIn(item));
    }
    if (!isMap(tree)) {
      return tree;
    }
    const entries = Object.entries(tree).map(([key, value]) => {
      if (holdsToken(key)) {
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
    const parts = splitTokens(text);
    for (const part of parts) {
      if (typeof part !== 'string') {
        this.checkOwn(part.number);
        this.arrived.add(part.number);
      }
    }
    const [only] = parts;
    return parts.length === 1 && typeof only !== 'string' ? only.expression : concat([text]);
  }

  private checkOwn(number: number): void {
    if (!this.expressions.has(number)) {
      throw new Error('a Helm expression of one chart was used in another');
    }
  }
}
