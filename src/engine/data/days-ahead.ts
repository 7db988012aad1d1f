import type { DispatchContext, StrategyHost } from '../../../runtime/host.ts';

/** The longest answer up to one day. */
interface Longest {
  readonly dispatch: DispatchContext;
  readonly start: string;
  readonly end: string | null;
  readonly days: readonly string[];
}

/**
 * Trading days of a loop that asks of each security for those since its listing: the same calendar, thousands of days of it, from another
 * beginning on. What lies in a longer answer of the same dispatch is not asked for again.
 */
export class DaysAhead {
  readonly #host: Pick<StrategyHost, 'dispatch' | 'tradeDays'>;
  #longest: Longest | null = null;

  constructor(host: Pick<StrategyHost, 'dispatch' | 'tradeDays'>) {
    this.#host = host;
  }

  read(start: string | null, end: string | null, count: number | null): readonly string[] {
    if (start === null || count !== null) return this.#host.tradeDays(start, end, count);
    const dispatch = this.#host.dispatch();
    const known = this.#longest;
    if (known?.dispatch === dispatch && known.end === end && known.start <= start) return since(known.days, start);
    const days = this.#host.tradeDays(start, end, null);
    this.#longest = { dispatch, start, end, days };
    return days;
  }
}

/** The days from one on; they ascend. */
function since(days: readonly string[], start: string): readonly string[] {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? '') < start) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? days : days.slice(low);
}
