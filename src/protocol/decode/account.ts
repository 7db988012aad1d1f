import { isTradedHolding } from '../../domain/market/repo.ts';
import type { BrokerAccount, BrokerPosition } from '../../domain/trading.ts';
import {
  answerDict,
  answerRows,
  badAnswer,
  field,
  money,
  nullableText,
  optionalNumber,
  optionalPrice,
  required,
  rowReader,
  securityCode,
  shares,
  Unusable,
} from './fields.ts';
import type { JsonObject } from '../json.ts';

const readAccount = rowReader({
  accountId: field(nullableText, 'account_id'),
  availableCash: field(money, 'available_cash'),
  totalValue: field(money, 'total_value', 'total_asset'),
  frozenCash: field(optionalNumber, 'frozen_cash', 'locked_cash'),
  transferableCash: field(optionalNumber, 'transferable_cash'),
  marketValue: field(optionalNumber, 'market_value'),
});

const readPosition = rowReader({
  security: field(securityCode, 'security'),
  name: field(nullableText, 'name'),
  amount: field(shares, 'amount', 'total_amount'),
  closeableAmount: field(shares, 'closeable_amount', 'available_amount', 'can_use_volume'),
  avgCost: field(optionalNumber, 'avg_cost'),
  lastPrice: field(optionalPrice, 'current_price', 'last_price', 'price'),
  marketValue: field(optionalNumber, 'market_value', 'position_value'),
});

/** `broker.account`. Throws BAD_ANSWER without available cash or total value. */
export function decodeAccount(payload: unknown): BrokerAccount {
  return required(readAccount(answerDict(payload, 'broker.account')), 'broker.account');
}

const readOdd = rowReader({
  security: field(securityCode, 'security'),
  name: field(nullableText, 'name'),
  marketValue: field(optionalNumber, 'market_value', 'position_value'),
});

/**
 * `broker.positions`, rows of amount 0 included. Throws BAD_ANSWER when a row lacks an amount, or has a fraction of one; a row of
 * what cannot be ordered (funds outside the exchange have fractions) says so in `unreadable`.
 */
export function decodePositions(payload: unknown): BrokerPosition[] {
  return answerRows(payload, 'broker.positions').map((row, i) => positionOrOdd(row, `broker.positions row ${i + 1}`));
}

function positionOrOdd(row: JsonObject, what: string): BrokerPosition {
  const read = position(row);
  if (!(read instanceof Unusable)) return read;
  const odd = required(readOdd(row), what);
  if (isTradedHolding(odd.security)) throw badAnswer(what, read.why);
  return { ...odd, amount: 0, closeableAmount: 0, avgCost: null, lastPrice: null, unreadable: read.why };
}

function position(row: JsonObject): BrokerPosition | Unusable {
  const read = readPosition(row);
  if (read instanceof Unusable) return read;
  return {
    ...read,
    // A cost below 0 is real (gains taken out of it); 0 is a vendor's missing price.
    avgCost: read.avgCost === 0 ? null : read.avgCost,
    // Shares that are worth 0 are shares without a price.
    marketValue: read.marketValue === 0 && read.amount > 0 ? null : read.marketValue,
  };
}
