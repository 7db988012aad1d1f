import { BtError } from '../src/domain/errors.ts';

/** A function that is known by its name only and says what to do instead; `shown`: the name in that sentence. */
export function refusal(name: string, advice: string, shown = `${name}()`): (...values: readonly unknown[]) => never {
  // A function declaration, because `new SubPortfolioConfig(…)` must meet the same words.
  function refuse(): never {
    throw new BtError('UNSUPPORTED', `${shown} is not supported. ${advice}`, { fault: 'strategy' });
  }
  Object.defineProperty(refuse, 'name', { value: name });
  return refuse;
}
