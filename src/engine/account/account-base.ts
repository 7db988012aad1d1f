import { movesShares, tradedMoney } from '../../domain/market/repo.ts';
import type { OwnFill, Snapshot } from '../../domain/order/projection.ts';
import type { Working } from '../../domain/order/reserves.ts';
import type { FillRow } from '../../domain/order/rows.ts';
import { chinaDay } from '../../domain/time.ts';
import type { OrderBook } from '../orders/book/order-book.ts';
import type { Others } from '../orders/reading/foreign-trades.ts';
import { ownFills } from './own-fill.ts';

/** The broker's lists, as the tracker reads them. */
export interface BrokerLists {
  /** Reads them again; false when they could not be read. */
  readNow(): Promise<boolean>;
  others(): Others;
}

/** A reading that is believed, and what it holds. */
export interface AccountBase extends Snapshot {
  /** Trades of others that it contains. */
  readonly foreign: ReadonlySet<string>;
  /** So many of the book's fills came before it. */
  readonly fills: number;
  /** Orders of ours, by client id, of which it was not known whether the broker had them. */
  readonly unsure: ReadonlyMap<string, Working>;
  /** Shares of own fills, by client id, that it contains although no list of trades had shown them. */
  readonly unlisted: ReadonlyMap<string, number>;
}

/** Orders of a day of unknown fate: no answer and no list has shown them. */
export function unsureOf(book: OrderBook, today: string): Map<string, Working> {
  const unknown = book.intents().filter(({ state, day, brokerOrderId }) => {
    return state === 'unknown' && day === today && brokerOrderId === null;
  });
  return new Map(
    unknown.map(({ clientId, security, side, amount, price, day }) => {
      return [clientId, { security, side, rest: amount, price, day, filledMoney: 0 }];
    }),
  );
}

/** Those of them that the broker has been seen to have since. */
export function foundSince(book: OrderBook, { unsure }: AccountBase): Working[] {
  return [...unsure].flatMap(([clientId, order]) => {
    return (book.intentOrNull(clientId)?.brokerOrderId ?? null) === null ? [] : [order];
  });
}

/** Own fills that the base does not contain, oldest first. */
export function fillsSince(book: OrderBook, base: AccountBase): OwnFill[] {
  return ownFills(
    newFills(book, base),
    (clientId) => book.intent(clientId),
    (fill) => filledBefore(book.intent(fill.clientId).security, book.fillsOfIntent(fill.clientId), fill),
  );
}

/** Fills of ours that the base does not contain, also not as the trade of somebody unknown or before they were listed. */
export function newFills(book: OrderBook, base: AccountBase): FillRow[] {
  return knownSince(book, base).fresh;
}

/** Shares of own fills, by client id, that the base contains and that are still not listed. */
export function stillUnlisted(book: OrderBook, base: AccountBase): Map<string, number> {
  return knownSince(book, base).unlisted;
}

function knownSince(book: OrderBook, base: AccountBase): { fresh: FillRow[]; unlisted: Map<string, number> } {
  const unlisted = new Map(base.unlisted);
  const fresh = listedSince(book, base).filter(({ clientId, amount }) => {
    const left = (unlisted.get(clientId) ?? 0) - amount;
    if (left < 0) return true;
    unlisted.set(clientId, left);
    return false;
  });
  return { fresh, unlisted: new Map([...unlisted].filter(([, amount]) => amount > 0)) };
}

function listedSince(book: OrderBook, base: AccountBase): FillRow[] {
  const baseDay = chinaDay(base.requestedAt);
  return book
    .fillLog()
    .slice(base.fills)
    .filter(({ day, brokerOrderId, tradeId, price, amount, ordinal }) => {
      // One of an earlier day, of which a person has told, is in it.
      if (day < baseDay) return false;
      return !base.foreign.has(JSON.stringify([brokerOrderId, tradeId, price, amount, ordinal]));
    });
}

/** Shares by security that the account should hold by own fills alone. */
export function expectedAmounts(book: OrderBook, base: AccountBase): Map<string, number> {
  const amounts = new Map(base.positions.map(({ security, amount }) => [security, amount]));
  for (const { security, side, amount } of fillsSince(book, base))
    if (movesShares(security))
      amounts.set(security, (amounts.get(security) ?? 0) + (side === 'buy' ? amount : -amount));
  return amounts;
}

/** CNY of the same order's fills before this one. */
function filledBefore(security: string, fills: readonly FillRow[], fill: FillRow): number {
  const until = fills.indexOf(fill);
  return fills
    .slice(0, Math.max(0, until))
    .reduce((sum, { amount, price }) => sum + tradedMoney(security, amount, price), 0);
}
