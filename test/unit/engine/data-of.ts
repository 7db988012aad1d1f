import type { Quote } from '../../../src/domain/trading.ts';
import type { Provider } from '../../../src/venues/provider.ts';

/** A source of one quote for every security, that tells no trading days. */
export function dataOf(quote: () => Quote): Provider {
  const unused = (): Promise<never> => Promise.reject(new Error('not used here'));
  const everything = { securities: 'any' } as const;
  const read = (security: string): Quote => ({ ...quote(), security });
  return {
    name: 'fake',
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    offers: {
      quotes: {
        serves: everything,
        quote: (security) => Promise.resolve(read(security)),
        quotes: (securities) => Promise.resolve(new Map(securities.map((security) => [security, read(security)]))),
      },
      ticks: { serves: everything, subscribe: unused, unsubscribe: unused, onTick: () => () => undefined },
      calendar: { serves: { days: { from: null, to: null } }, tradeDays: unused },
    },
  };
}
