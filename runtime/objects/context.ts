import type { DateTime } from 'luxon';
import { currentHost } from '../host.ts';
import { chinaDateTime } from './datetime/china-time.ts';
import { strictObject } from './attributes.ts';
import { date } from './datetime/date.ts';
import { guardGetters } from './guard.ts';
import { SubPortfolio } from './portfolio.ts';
import type { Portfolio } from './portfolio.ts';
import { runState, shared } from './shared.ts';

/** How the strategy is run. */
export interface ContextRunParams {
  readonly type: 'live' | 'sim_trade';
  readonly frequency: 'minute' | 'day';
  readonly start_date: date;
  /** The day of `--until`; null: a run without it has no end. */
  readonly end_date: date | null;
}

/**
 * The first argument of every hook and task. Its own members only report (a write throws READ_ONLY);
 * attributes of yours (`context.count = 0`) are free.
 */
export class Context {
  /** Attributes of the strategy. */
  [name: string]: unknown;

  readonly #whole = new SubPortfolio(null);
  readonly #undivided: readonly SubPortfolio[] = Object.freeze([this.#whole]);
  #subs: readonly SubPortfolio[] = [];

  /** All sub-portfolios together; where there is none, the same as subportfolios[0]. */
  get portfolio(): Portfolio {
    return this.#whole;
  }

  /** As set_subportfolios() has made them, by pindex; without that a list of one, the whole. */
  get subportfolios(): readonly SubPortfolio[] {
    const count = currentHost().account().subs?.length ?? null;
    if (count === null) return this.#undivided;
    if (this.#subs.length !== count)
      this.#subs = Object.freeze(Array.from({ length: count }, (_, pindex) => new SubPortfolio(pindex)));
    return this.#subs;
  }

  /** Logical time of the running hook: when it was due, not when it began. Asia/Shanghai. */
  get current_dt(): DateTime {
    return chinaDateTime(currentHost().dispatch().logicalTime);
  }

  /** The trading day before the present one. */
  get previous_date(): date {
    return date.fromisoformat(currentHost().dispatch().previousDate);
  }

  /** From set_universe(). */
  get universe(): readonly string[] {
    return runState(currentHost()).universe;
  }

  get run_params(): ContextRunParams {
    const { type, frequency, startDate, endDate } = currentHost().runParams;
    const start_date = date.fromisoformat(startDate);
    const end_date = endDate === undefined ? null : date.fromisoformat(endDate);
    return strictObject({ type, frequency, start_date, end_date }, 'context.run_params');
  }

  toString(): string {
    return `Context(current_dt=${this.current_dt.strftime('%F %T')}, portfolio=${this.portfolio.toString()})`;
  }
}

guardGetters(Context, 'context');

/** The one context of the process. */
export const context: Context = shared('context', () => new Context());
