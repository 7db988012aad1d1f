import type { DispatchContext, StrategyHost } from '../../../runtime/host.ts';
import type { Quote } from '../../domain/trading.ts';
import type { CodeLists } from './code-lists.ts';

/** Securities asked for at once, at most. */
export const MOST_AT_ONCE = 500;
/** Milliseconds of the strategy's own time: what was asked for ahead is as good as asked for now. Ticks come each second. */
export const FRESH_MS = 3_000;
/** After a request for many has failed the next is for so many times fewer. */
const FEWER = 4;

interface Entry {
  readonly quote: Quote | null;
  readonly readAt: number;
}

/**
 * Quotes that are read ahead. JoinQuant's `get_current_data()` is read code by code in loops; a code that stands in a list the
 * strategy is known to work on is asked for together with that list (`CodeLists`), so that a loop costs one request or a few.
 *
 * What was read ahead serves until the dispatch ends, an order or a cancel is asked for (they let market time pass), or 3 s have passed by
 * the strategy's clock (`now`, epoch ms). Nobody may see an error that a request for the one code would not have given: when a request
 * for many fails, the one is asked for alone.
 */
export class QuotesAhead {
  readonly lists: CodeLists;
  readonly #host: StrategyHost;
  readonly #now: () => number;
  #dispatch: DispatchContext | null = null;
  /** Codes read in this dispatch, in order. */
  #used = new Set<string>();
  #known = new Map<string, Entry>();
  /** Codes that cannot be read in this dispatch. */
  readonly #failing = new Set<string>();
  /** How many may be asked for at once: fewer after a failure, and where what was read ahead grew old unread. */
  #most = MOST_AT_ONCE;
  /** Reads served since the last request. */
  #served = 0;

  constructor(host: StrategyHost, now: () => number, lists: CodeLists) {
    this.lists = lists;
    this.#host = host;
    this.#now = now;
  }

  read(codes: readonly string[]): readonly (Quote | null)[] {
    this.#enter(this.#host.dispatch());
    for (const code of codes) this.#used.add(code);
    if (codes.length !== 1) return this.#ask(codes);
    const [code = ''] = codes;
    const known = this.#known.get(code);
    if (known !== undefined && this.#isFresh(known)) {
      this.#served += 1;
      return [known.quote];
    }
    if (known !== undefined) this.#most = Math.max(1, Math.min(this.#most, 2 * this.#served));
    return [this.#askAround(code)];
  }

  /** What was read belongs to a moment that is over. */
  forget(): void {
    this.#known.clear();
  }

  /** Another dispatch is another moment; what the last one read is likely to be read again. */
  #enter(dispatch: DispatchContext): void {
    if (dispatch === this.#dispatch) return;
    this.#dispatch = dispatch;
    this.lists.used([...this.#used]);
    this.#used = new Set();
    this.#most = MOST_AT_ONCE;
    this.#failing.clear();
    this.forget();
  }

  #askAround(code: string): Quote | null {
    const isOut = (other: string): boolean => {
      const entry = this.#known.get(other);
      return this.#failing.has(other) || (entry !== undefined && this.#isFresh(entry));
    };
    const wanted = this.lists.around(code, this.#most, isOut);
    if (wanted.length === 1) return this.#askAlone(code);
    try {
      return this.#ask(wanted)[0] ?? null;
    } catch (error) {
      if (isOfTheLink(error)) throw error;
      this.#most = Math.max(1, Math.floor(wanted.length / FEWER));
      return this.#askAlone(code);
    }
  }

  /** One that fails alone is what made others fail: without it they can be asked for together again. */
  #askAlone(code: string): Quote | null {
    try {
      return this.#ask([code])[0] ?? null;
    } catch (error) {
      if (!isOfTheLink(error)) {
        this.#failing.add(code);
        this.#most = MOST_AT_ONCE;
      }
      throw error;
    }
  }

  #ask(codes: readonly string[]): readonly (Quote | null)[] {
    const answer = this.#host.quotes(codes);
    const readAt = this.#now();
    this.#served = 1;
    for (const [index, code] of codes.entries()) this.#known.set(code, { quote: answer[index] ?? null, readAt });
    return answer;
  }

  #isFresh({ readAt }: Entry): boolean {
    const age = this.#now() - readAt;
    return age >= 0 && age <= FRESH_MS;
  }
}

/** The same would happen to the one code. */
export function isOfTheLink(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'fault' in error && error.fault === 'network';
}
