import type { DeviationRow } from '../../domain/follow/deviation.ts';
import type { SignalRow } from '../../domain/follow/row.ts';
import type { AccountView, SubView } from '../../domain/order/types.ts';

/** What a day's files are made of: all of it as it stood at one moment. */
export interface DayFacts {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** Market time, epoch ms. */
  readonly at: number;
  /** Null = it has not been read yet: then nothing is written of it. */
  readonly account: AccountView | null;
  readonly strategies: readonly StrategyFacts[];
  /** In the order in which they came. */
  readonly signals: readonly SignalRow[];
}

export interface StrategyFacts {
  readonly name: string;
  /** Its part of the account. */
  readonly own: Pick<SubView, 'availableCash' | 'lockedCash' | 'totalValue' | 'startingCash' | 'positions'> | null;
  readonly deviation: readonly DeviationRow[] | null;
}
