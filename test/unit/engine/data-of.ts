import type { Quote } from '../../../src/domain/trading.ts';
import type { CalendarSource, Capabilities, Provider } from '../../../src/venues/provider.ts';

const unused = (): Promise<never> => Promise.reject(new Error('not used here'));
const everything = { securities: 'any' } as const;

/** A source of one quote for every security, and of what else is given. */
export function dataOf(quote: () => Quote, offers: Capabilities = {}): Provider {
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
      ...offers,
    },
  };
}

/** Tells which of these days trade; null = it does not tell. */
export function calendarOf(listed: readonly string[] | null): CalendarSource {
  return {
    serves: { days: { from: null, to: null } },
    tradeDays: (start, end) =>
      listed === null ? unused() : Promise.resolve(listed.filter((day) => day >= start && day <= end)),
  };
}
