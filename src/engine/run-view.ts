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
  /** Lists and account as of now, where the gateway answers. Never rejects. */
  fresh(): Promise<void>;
}

/** Who hears of a run. */
export interface RunListener {
  /** Nothing of later days is waited for any more: a clock that jumps would jump there. */
  endDays(): void;
  end(): void;
}

interface Viewed {
  readonly portfolios: { view(): AccountView | null };
  readonly book: { views(): readonly OrderView[]; trades(day: string): readonly TradeView[] };
  readonly freshness: { bring(): Promise<void> };
}

export function runView(trading: Viewed, events: Pick<Events, 'on'>): RunView {
  return {
    events,
    account: () => trading.portfolios.view(),
    orders: () => trading.book.views(),
    trades: (day) => trading.book.trades(day),
    fresh: () => trading.freshness.bring(),
  };
}
