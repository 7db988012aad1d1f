import { canonicalSecurity, normalizeCode } from '../../domain/market/symbol.ts';
import { positionRow } from '../../protocol/encode/account-answers.ts';
import { orderRow, orderWord, tradeRow } from '../../protocol/encode/order-answers.ts';
import { liveCurrentAnswer, snapshotAnswer, tickPayload } from '../../protocol/encode/quote-answers.ts';
import { securityInfoAnswer } from '../../protocol/encode/security-answers.ts';
import { isTruthy, requestFailed, toText } from '../python.ts';
import type { Dialect, OrderFilter } from './dialect.ts';
import { readDays, readHistory } from './native-data.ts';
import { readOrder } from './native-order.ts';

/** Our way: a request that cannot be meant is refused in words that say what can, and answers say all there is. */
export const NATIVE: Dialect = {
  comparesMeaning: true,
  guessesAccounts: false,
  waits: true,
  fits: true,

  // Who looks may leave the market out, as QMT's services let him; an order names it.
  security: (value) => {
    if (!isTruthy(value)) throw requestFailed('缺少 security');
    return normalizeCode(toText(value));
  },
  checkSymbol: (symbol) => {
    canonicalSecurity(symbol);
  },
  order: readOrder,
  orderFilter: (filter) => {
    const isOne = rowFilter(filter);
    return (order) => isOne(order) && (filter.status === null || orderWord(order) === filter.status);
  },
  tradeFilter: rowFilter,
  history: readHistory,
  days: readDays,

  orderRow,
  tradeRow,
  positionRow,
  shownCloseable: ({ closeableAmount }) => closeableAmount,
  snapshot: snapshotAnswer,
  liveCurrent: liveCurrentAnswer,
  tick: tickPayload,
  securityInfo: (info) => securityInfoAnswer(info),
};

/** A security may be spelled in any known way; one that is none at all matches nothing. */
function rowFilter({ orderId, security }: OrderFilter) {
  const wanted = security === null ? null : knownSpelling(security);
  return (row: { readonly orderId: string; readonly security: string }): boolean =>
    (orderId === null || row.orderId === orderId) && (wanted === null || row.security === wanted);
}

function knownSpelling(security: string): string {
  try {
    return normalizeCode(security);
  } catch {
    return security;
  }
}
