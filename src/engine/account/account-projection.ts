import { previousKnown, type TradingCalendar } from '../../domain/market/calendar.ts';
import { movesShares } from '../../domain/market/repo.ts';
import { project, type HeldSince } from '../../domain/order/projection.ts';
import type { AccountView } from '../../domain/order/types.ts';
import type { FillRow } from '../../domain/order/rows.ts';
import type { SubTally } from '../../domain/order/sub-tally.ts';
import { chinaDay } from '../../domain/time.ts';
import type { BrokerPosition } from '../../domain/trading.ts';
import type { InstanceState } from '../../ledger/instance-state.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { HoldingRow } from '../../ledger/rows.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Events } from '../events.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import { foundSince, stillUnlisted, type AccountBase, type BrokerLists } from './account-base.ts';
import type { AccountReader } from './account-reader.ts';
import { LeftOut } from './left-out.ts';
import { bonusesOf, nightChanges, nightText, sharesOf } from './night-changes.ts';
import { storedScope, type PositionScope } from './scope.ts';
import { keepStartingCash } from './starting-cash.ts';

export interface AccountProjectionOptions {
  readonly reader: AccountReader;
  readonly book: OrderBook;
  readonly lists: BrokerLists;
  readonly ledger: Ledger;
  readonly state: InstanceState;
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
  readonly events: Events;
  /** What of the account the strategy sees. */
  readonly scope: () => PositionScope;
  /** What the sub-portfolios other than the first have, by their own orders. */
  readonly tallies: () => ReadonlyMap<number, SubTally>;
  /** From now on it sees another part of the account than before. Throws LEDGER_WRITE_FAILED. */
  readonly onOtherPart: () => void;
  readonly onFatal: (error: unknown) => void;
}

/** The account as one owner sees it: his part of the last reading that is believed, and his fills since. Computed when it is read. */
export class AccountProjection {
  readonly #options: AccountProjectionOptions;
  #version = 0;
  #view: { readonly version: number; readonly day: string; readonly view: AccountView } | null = null;
  /** His shares in the base; null = all are. */
  #owned: ReadonlyMap<string, number> | null = null;
  #heldSince: Map<string, HeldSince> = new Map();
  readonly #leftOut = new LeftOut();
  /** Holdings that no earlier run has traded: the ledger looks through all its fills to say so. */
  readonly #neverTraded = new Set<string>();

  constructor(options: AccountProjectionOptions) {
    this.#options = options;
    options.reader.onChange((taken) => {
      if (taken !== null) this.#taken(taken);
      this.#changed();
    });
  }

  /** The current view, or null before the first whole reading. Computed at most once a version and day. */
  view(): AccountView | null {
    const { reader, clock } = this.#options;
    const base = reader.base();
    if (base === null) return null;
    const day = chinaDay(clock.now());
    if (this.#view?.version === this.#version && this.#view.day === day) return this.#view.view;
    const view = this.#project(base, day, this.#owned);
    this.#view = { version: this.#version, day, view };
    return view;
  }

  #project(base: AccountBase, day: string, owned: ReadonlyMap<string, number> | null): AccountView {
    const { reader, book, state } = this.#options;
    const unlisted = stillUnlisted(book, base);
    return project({
      base,
      fills: reader.fillsSince(),
      working: book.working(day, 'all', unlisted),
      found: foundSince(book, base),
      prices: reader.prices(),
      owned,
      heldSince: this.#heldSince,
      boughtToday: this.#boughtToday(base, unlisted, day),
      day,
      startingCash: state.startingCash() ?? base.account.totalValue,
      version: this.#version,
    });
  }

  /** What is shown is older than it should be when it is read next: whoever keeps a copy asks again. */
  expire(): void {
    this.#changed();
  }

  /** Grows with each change of what is shown. */
  version(): number {
    return this.#version;
  }

  /** Positions as the broker listed them in the reading that the view stands on. */
  listed(): readonly BrokerPosition[] {
    return this.#options.reader.base()?.positions ?? [];
  }

  disputed(): ReadonlySet<string> {
    return this.#options.reader.disputed();
  }

  /** The account counts more than its list of positions shows, and nobody knows that the list is whole. */
  mayLackRows(): boolean {
    return this.#options.reader.figures.mayLackRows;
  }

  /** What is the owner's has changed without a reading: the scope was chosen, or a person told of a fill. */
  rescope(): void {
    this.#neverTraded.clear();
    const base = this.#options.reader.base();
    if (base !== null) this.#taken(base);
    this.#changed();
  }

  #taken(base: AccountBase): void {
    const { scope, events, onFatal } = this.#options;
    this.#leftOut.tell(base.positions, events);
    try {
      this.#keepHoldings(base);
      this.#owned = scope() === 'own' ? this.#ownedIn(base) : null;
      this.#keepStartingCash(base);
    } catch (error) {
      onFatal(error);
    }
  }

  #keepStartingCash(base: AccountBase): void {
    const { clock, ledger, scope } = this.#options;
    const [now, former] = [clock.now(), storedScope(ledger)];
    const worthOf = (part: PositionScope): number =>
      this.#project(base, chinaDay(now), part === 'own' ? this.#ownedIn(base) : null).totalValue;
    keepStartingCash({ ...this.#options, scope: scope(), former, now, whole: base.account.totalValue, worthOf });
  }

  /** What the ledger has of it, without the fills that the base does not contain, and with those that it contains unlisted. */
  #ownedIn(base: AccountBase): Map<string, number> {
    const { ledger, reader, book } = this.#options;
    const owned = ledger.holdings(chinaDay(base.requestedAt));
    const add = (security: string, amount: number): void => {
      if (movesShares(security)) owned.set(security, (owned.get(security) ?? 0) + amount);
    };
    for (const { security, side, amount } of reader.fillsSince()) add(security, side === 'buy' ? -amount : amount);
    for (const [clientId, amount] of stillUnlisted(book, base)) {
      const { security, side } = book.intent(clientId);
      add(security, side === 'buy' ? amount : -amount);
    }
    return owned;
  }

  /** Since when what is held is held, and what a night has changed; in the ledger, for the next run. */
  #keepHoldings({ positions, requestedAt }: AccountBase): void {
    const { ledger, book, lists, scope, calendar, events, tallies } = this.#options;
    const day = chinaDay(requestedAt);
    const traded = Map.groupBy(book.fillLog(), ({ clientId }) => book.intent(clientId).security);
    const others = new Set(lists.others().trades.map(({ security }) => security));
    const known = ledger.heldSince();
    const [isOwn, subs] = [scope() === 'own', tallies()];
    const changes = nightChanges({
      day,
      lastTradingDay: previousKnown(calendar, day),
      known,
      positions,
      isTraded: (before) =>
        traded.has(before.security) ||
        others.has(before.security) ||
        // One whose end was not seen may have been filled.
        book.doubtful().has(before.security) ||
        ledger.tradedSince(before),
      owned: isOwn ? ledger.holdings(day) : sharesOf(subs),
    });
    for (const change of changes) events.emit({ kind: 'external_change', text: nightText(change) });
    const held = positions.filter(({ amount }) => amount > 0);
    const rows = held.map(({ security, amount }) => {
      const before = known.get(security);
      const fills = traded.get(security) ?? [];
      const fill = fills.at(-1);
      const since = this.#boughtAt(fills, before) ?? requestedAt;
      // One that is held for the first time may have been bought by an earlier run.
      const transacted = fill?.time ?? before?.transacted ?? this.#lastTrade(security);
      return { security, amount, since, transacted, readAt: requestedAt };
    });
    ledger.keepHoldings(
      rows,
      isOwn ? changes.flatMap(({ day, security, own }) => (own === null ? [] : [{ day, security, own }])) : [],
      bonusesOf(changes, subs),
    );
    this.#heldSince = new Map(rows.map(({ security, since, transacted }) => [security, { since, transacted }]));
  }

  /** Of an earlier run: what this one trades is in the book. */
  #lastTrade(security: string): number | null {
    if (this.#neverTraded.has(security)) return null;
    const time = this.#options.ledger.lastTrade(security);
    if (time === null) this.#neverTraded.add(security);
    return time;
  }

  /** When what is held of it now began to be held: it may have been sold out and bought again since it was read. */
  #boughtAt(fills: readonly FillRow[], before: HoldingRow | undefined): number | null {
    let held = before?.amount ?? 0;
    let since = before?.since ?? null;
    for (const { clientId, amount, time } of fills) {
      if (before !== undefined && time <= before.readAt) continue;
      const { side } = this.#options.book.intent(clientId);
      if (side === 'buy' && held <= 0) since = time;
      held += side === 'buy' ? amount : -amount;
    }
    return since;
  }

  /** Own shares, and those of others that the base holds. */
  #boughtToday(base: AccountBase, unlisted: ReadonlyMap<string, number>, day: string): Map<string, number> {
    const { book, lists } = this.#options;
    const bought = new Map<string, number>();
    const add = (security: string, amount: number): void => {
      bought.set(security, (bought.get(security) ?? 0) + amount);
    };
    for (const fill of book.fillLog()) {
      const { side, security } = book.intent(fill.clientId);
      if (side === 'buy' && fill.day === day) add(security, fill.amount);
    }
    for (const [clientId, amount] of unlisted) {
      const intent = book.intent(clientId);
      if (intent.side === 'buy' && intent.day === day) add(intent.security, amount);
    }
    if (this.#owned === null)
      for (const { key, side, security, amount } of lists.others().trades)
        if (side === 'buy' && base.foreign.has(key)) add(security, amount);
    return bought;
  }

  #changed(): void {
    this.#version += 1;
    this.#options.events.emit({ kind: 'account', version: this.#version });
  }
}
