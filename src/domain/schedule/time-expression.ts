import { BtError } from '../errors.ts';

/** When on a trading day a task runs: at one second of the day, or in each of the 240 trading minutes. */
export type TimeExpression = { readonly kind: 'clock'; readonly secondOfDay: number } | { readonly kind: 'every_bar' };

const OPEN = 9.5 * 3600;
const CLOSE = 15 * 3600;

const NAMED: Readonly<Record<string, number>> = {
  open: OPEN,
  close: CLOSE,
  before_open: 9 * 3600,
  after_close: 15.5 * 3600,
  morning: 8 * 3600,
  night: 20 * 3600,
};

const UNIT_SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/**
 * Reads a JoinQuant time: `'9:30'`, `'09:30'`, `'09:30:15'`, `'every_bar'` (also `'every_minute'`), `'open'`, `'open+5m'`,
 * `'close-90s'`, `'close+1h'`, `'before_open'` (09:00), `'after_close'` (15:30), `'morning'` (08:00), `'night'` (20:00).
 * BtError BAD_TIME_EXPRESSION for anything else and for a time outside the day.
 */
export function parseTimeExpression(text: string): TimeExpression {
  const word = text.trim().toLowerCase();
  if (word === 'every_bar' || word === 'every_minute') return { kind: 'every_bar' };
  const secondOfDay = NAMED[word] ?? clockTime(word) ?? offsetTime(word);
  if (secondOfDay === null || secondOfDay < 0 || secondOfDay >= 86_400) throw badTimeExpression(text);
  return { kind: 'clock', secondOfDay };
}

function clockTime(word: string): number | null {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(word);
  if (match === null) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? '0')];
  return hour < 24 && minute < 60 && second < 60 ? hour * 3600 + minute * 60 + second : null;
}

function offsetTime(word: string): number | null {
  const match = /^(open|close)([+-])(\d+)([hms])$/.exec(word);
  if (match === null) return null;
  const offset = Number(match[3]) * (UNIT_SECONDS[match[4] ?? ''] ?? 0);
  return (match[1] === 'open' ? OPEN : CLOSE) + (match[2] === '-' ? -offset : offset);
}

function badTimeExpression(text: string): BtError {
  return new BtError(
    'BAD_TIME_EXPRESSION',
    `"${text}" is not a time a task can run at. Use '9:30', '09:30:15', 'every_bar', 'open', 'open+5m', 'close-30m' (h, m or s), ` +
      `'before_open' (09:00), 'after_close' (15:30), 'morning' (08:00) or 'night' (20:00).`,
    { fault: 'strategy', details: { time: text } },
  );
}
