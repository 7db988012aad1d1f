import type { DeviationRow } from '../../domain/follow/deviation.ts';
import type { FollowRules } from '../../domain/follow/rules.ts';
import type { SignalRow } from '../../domain/follow/row.ts';
import type { SourcePicture } from '../../domain/follow/signal.ts';
import type { AccountView, SubView } from '../../domain/order/types.ts';
import type { Events } from '../events.ts';

/** A strategy as it stands: what it has, what its source says, and what was last found to differ. */
export interface FollowedView {
  readonly rules: FollowRules;
  /** Its part of the account; null before it has been read. */
  readonly own: Pick<SubView, 'availableCash' | 'lockedCash' | 'totalValue' | 'startingCash' | 'positions'> | null;
  readonly picture: SourcePicture | null;
  readonly deviation: { readonly at: number; readonly rows: readonly DeviationRow[] } | null;
}

/** What is followed, as those see it who write it down: they hear what happens, look, and change nothing. */
export interface FollowView {
  readonly events: Pick<Events, 'on'>;
  account(): AccountView | null;
  strategies(): readonly FollowedView[];
  /** Signals that came on that day, are open, or ended on it; in the order in which they came. */
  signals(day: string): readonly SignalRow[];
}

export interface FollowListener {
  /** After the close of a day, when the account is as the day has left it. */
  dayEnds(day: string): void;
  end(): Promise<void> | void;
}
