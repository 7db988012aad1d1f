import type { BrokerOrderStatus } from '../domain/trading.ts';

/** QMT's own codes (xtconstant): 未报 待报 已报 已报待撤 部成待撤 部撤 已撤 部成 已成 废单 未知. */
const BY_RAW_CODE: ReadonlyMap<number, BrokerOrderStatus> = new Map([
  [48, 'pending'],
  [49, 'pending'],
  [50, 'open'],
  [51, 'canceling'],
  [52, 'partly_canceling'],
  [53, 'partly_canceled'],
  [54, 'canceled'],
  [55, 'partly_filled'],
  [56, 'filled'],
  [57, 'rejected'],
  [255, 'unknown'],
]);

/** Both spellings of every word seen on the wire. `failed`, `error`, `held`, `submit_unknown` prove nothing: unknown. */
const BY_WORD: ReadonlyMap<string, BrokerOrderStatus> = new Map([
  ['new', 'pending'],
  ['submitted', 'pending'],
  ['open', 'open'],
  ['canceling', 'canceling'],
  ['cancelling', 'canceling'],
  ['partly_canceling', 'partly_canceling'],
  ['partly_cancelling', 'partly_canceling'],
  ['filling', 'partly_filled'],
  ['partly_filled', 'partly_filled'],
  ['partially_filled', 'partly_filled'],
  ['partly_canceled', 'partly_canceled'],
  ['partly_cancelled', 'partly_canceled'],
  ['partially_canceled', 'partly_canceled'],
  ['partially_cancelled', 'partly_canceled'],
  ['canceled', 'canceled'],
  ['cancelled', 'canceled'],
  ['filled', 'filled'],
  ['rejected', 'rejected'],
]);

/**
 * Our status of a wire order. A raw vendor code decides alone, because the gateway's back ends mistranslate it (a live,
 * partly filled 55 reads `cancelled`, a pending cancel 52 reads `partly_canceled`); without one the word does.
 * A code or word we do not know is `unknown`, never final.
 */
export function brokerStatus(word: unknown, rawStatus: unknown): BrokerOrderStatus {
  const code = rawCode(rawStatus);
  if (code !== null) return BY_RAW_CODE.get(code) ?? 'unknown';
  return typeof word === 'string' ? (BY_WORD.get(word.trim().toLowerCase()) ?? 'unknown') : 'unknown';
}

function rawCode(value: unknown): number | null {
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  return typeof value === 'string' && /^\d{1,4}$/.test(value.trim()) ? Number(value) : null;
}
