import fc from 'fast-check';
import { hostileText } from './random-trees-values';

const below = (limit: number): fc.Arbitrary<number> => fc.nat(limit - 1);
const text = (): fc.Arbitrary<string> => hostileText;

/** Random decisions; fast-check makes them, so that a seed repeats them. */
export class Choices {
  constructor(private readonly generate: fc.GeneratorValue) {}

  below(limit: number): number {
    return this.generate(below, limit);
  }

  oneIn(chances: number): boolean {
    return this.below(chances) === 0;
  }

  pick<T>(options: readonly T[]): T {
    return options[this.below(options.length)];
  }

  oneOf<T>(...makers: readonly (() => T)[]): T {
    return this.pick(makers)();
  }

  text(): string {
    return this.generate(text);
  }
}
