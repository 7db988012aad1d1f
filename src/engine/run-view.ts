import type { AccountView, OrderView, TradeView } from '../domain/order/types.ts';
import type { Events } from './events.ts';

/** A run as those see it who tell of it (messages, a page): they hear what happens, look, and change nothing. */
export interface RunView {
  readonly events: Pick<Events, 'on'>;
  /** The account as the strategy may see it; null before it has been read. */
  account(): AccountView | null;
  /** Orders of the day that is read, oldest first. */
  orders(): readonly OrderView[];
  trades(day: string): readonly TradeView[];
  /** What keeps orders from being sent now, in words; null = nothing of ours. The exchange's hours are not looked at. */
  obstacle(): string | null;
  /** How the strategy stands; null = it has not been loaded. `why`: why nothing of it may be called. */
  strategy(): StrategyStanding | null;
  /** Market time of the newest quote that has been seen, epoch ms; null = none has. */
  newestQuote(): number | null;
  /** Market time from which the account's values are of the part that is seen now, epoch ms; 0 = all are. */
  seenSince(): number;
  /** Of a follower: how many signals have not ended. Absent where none are followed. */
  readonly openSignals?: () => number;
  /** Lists and account as of now, where the gateway answers. Never rejects. */
  fresh(): Promise<void>;
}

export interface StrategyStanding {
  readonly state: 'runs' | 'waits' | 'ended';
  readonly why: string | null;
  /** Process ids: of its own process, and of its Python. */
  readonly pids: readonly number[];
}

/** Who hears of a run. */
export interface RunListener {
  /** Nothing of later days is waited for any more: a clock that jumps would jump there. */
  endDays(): void;
  end(): void;
}

/** Several who hear of one run. */
export function listenAll(listeners: readonly ((run: RunView) => RunListener)[]): (run: RunView) => RunListener {
  return (run) => {
    const all = listeners.map((listen) => listen(run));
    const each = (work: (listener: RunListener) => void): void => {
      for (const listener of all) work(listener);
    };
    return { endDays: () => each((one) => one.endDays()), end: () => each((one) => one.end()) };
  };
}

interface Viewed {
  obstacle(): string | null;
  readonly portfolios: { view(): AccountView | null };
  readonly book: { views(): readonly OrderView[]; trades(day: string): readonly TradeView[] };
  readonly freshness: { bring(): Promise<void> };
  readonly state: { seenSince(): number };
}

export function runView(
  trading: Viewed,
  events: Pick<Events, 'on'>,
  strategy: { standing(): StrategyStanding | null },
  quotes: { newest(): number | null },
  follows?: { readonly openSignals: () => number },
): RunView {
  return {
    ...follows,
    events,
    obstacle: () => trading.obstacle(),
    strategy: () => strategy.standing(),
    newestQuote: () => quotes.newest(),
    account: () => trading.portfolios.view(),
    orders: () => trading.book.views(),
    trades: (day) => trading.book.trades(day),
    seenSince: () => trading.state.seenSince(),
    fresh: () => trading.freshness.bring(),
  };
}
