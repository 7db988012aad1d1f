import { canonicalSecurity } from '../../domain/market/symbol.ts';
import type { Quote } from '../../domain/trading.ts';
import { isJsonObject } from '../json.ts';
import type { JsonObject } from '../json.ts';
import {
  answerObject,
  badAnswer,
  field,
  isEmptyAnswer,
  nullableText,
  optionalFlag,
  optionalNumber,
  optionalPrice,
  optionalTime,
  pick,
  required,
  rowReader,
  wireText,
} from './fields.ts';

const readQuote = rowReader({
  time: field(optionalTime, 'dt', 'time', 'datetime'),
  lastPrice: field(optionalPrice, 'last_price', 'lastPrice', 'price'),
  preClose: field(optionalPrice, 'pre_close', 'preClose', 'lastClose'),
  dayOpen: field(optionalPrice, 'day_open', 'open'),
  highLimit: field(optionalPrice, 'high_limit', 'highLimit'),
  lowLimit: field(optionalPrice, 'low_limit', 'lowLimit'),
  bid1: field(optionalPrice, 'bid1'),
  ask1: field(optionalPrice, 'ask1'),
  volume: field(optionalNumber, 'volume'),
  paused: field(optionalFlag, 'paused'),
  isSt: field(optionalFlag, 'is_st'),
  name: field(nullableText, 'name'),
});

/** `data.snapshot`; null for `{}`, the answer for an unknown security. BAD_ANSWER when it is another security's. */
export function decodeSnapshot(payload: unknown, security: string): Quote | null {
  return decodeQuote(payload, security, 'data.snapshot');
}

/** `data.live_current` (limits and the suspension flag); null for `{}`. */
export function decodeLiveCurrent(payload: unknown, security: string): Quote | null {
  return decodeQuote(payload, security, 'data.live_current');
}

/** `data.quotes`: one for each of these securities (canonical codes), in their order; null where there is none. Throws BAD_ANSWER. */
export function decodeQuotes(payload: unknown, securities: readonly string[]): (Quote | null)[] {
  const what = 'data.quotes';
  const { quotes } = answerObject(payload, what);
  if (!Array.isArray(quotes) || quotes.length !== securities.length)
    throw badAnswer(what, `it does not have ${securities.length} quotes`);
  return (quotes as readonly unknown[]).map((quote, at) => {
    const security = securities[at] ?? '';
    if (quote === null) return null;
    if (!isJsonObject(quote) || quote['sid'] !== security) throw badAnswer(what, `that of ${security} is missing`);
    return quoteOf(quote, security, what);
  });
}

/** The payload of a `tick` event; null when it is not one security's (a bad event must not end a session). */
export function decodeTick(payload: unknown): Quote | null {
  if (!isJsonObject(payload)) return null;
  const security = knownSecurity(pick(payload, ['symbol', 'sid']));
  return security === null ? null : quoteOf(payload, security, 'tick');
}

function decodeQuote(payload: unknown, security: string, what: string): Quote | null {
  const answer = answerObject(payload, what);
  if (isEmptyAnswer(answer)) return null;
  const asked = canonicalSecurity(security);
  const named = wireText(pick(answer, ['sid', 'symbol']));
  if (named !== null && knownSecurity(named) !== asked) throw badAnswer(what, `it is about ${named}, not ${asked}`);
  return quoteOf(answer, asked, what);
}

function quoteOf(answer: JsonObject, security: string, what: string): Quote {
  const bids = { bid1: firstLevel(answer, ['bid_prices', 'bidPrice']) };
  const asks = { ask1: firstLevel(answer, ['ask_prices', 'askPrice']) };
  return { security, ...required(readQuote({ ...bids, ...asks, ...answer }), what) };
}

function firstLevel(answer: JsonObject, names: readonly string[]): unknown {
  const levels = pick(answer, names);
  return Array.isArray(levels) ? levels[0] : null;
}

function knownSecurity(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  try {
    return canonicalSecurity(value);
  } catch {
    return null;
  }
}
