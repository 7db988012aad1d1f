import type { DepthQuote } from '../../../domain/gateway.ts';
import type { Bars, SecurityInfo } from '../../../domain/trading.ts';
import type { JsonObject } from '../../json.ts';
import { tableAnswer } from '../answers.ts';
import { quoteTime } from '../quote-time.ts';
import { securityInfoAnswer } from '../security-answers.ts';

const QMT_SUFFIX: Readonly<Record<string, string>> = { XSHE: 'SZ', XSHG: 'SH' };

/** The recorded stub says three things of a security. */
export function recordedSnapshot(quote: DepthQuote): JsonObject {
  return { sid: quote.security, last_price: quote.lastPrice, dt: quoteTime(quote.time) };
}

export function recordedLiveCurrent(quote: DepthQuote): JsonObject {
  const { lastPrice, highLimit, lowLimit, paused } = quote;
  return { last_price: lastPrice, high_limit: highLimit, low_limit: lowLimit, paused };
}

export function recordedTick(symbol: string, quote: DepthQuote): JsonObject {
  const time = quoteTime(quote.time);
  return {
    symbol,
    sid: symbol,
    last_price: quote.lastPrice,
    dt: time,
    time,
    volume: quote.volume,
    provider: 'stub',
  };
}

/** Its tables have no times; a column it does not know is null. */
export function recordedBarTable(bars: Bars, columns: readonly string[]): JsonObject {
  const sources = columns.map((column) => bars.columns[column]);
  const records = Array.from(bars.time, (_, row) => sources.map((source) => source?.[row] ?? null));
  return tableAnswer(columns, records);
}

/** It takes any text for a code. */
export function recordedSecurityInfo(info: SecurityInfo): JsonObject {
  const [number = '', suffix = ''] = info.security.split('.');
  return securityInfoAnswer(info, suffix === '' ? info.security : `${number}.${QMT_SUFFIX[suffix] ?? suffix}`);
}
