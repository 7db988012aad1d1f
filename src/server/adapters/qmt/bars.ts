import { chinaDay, chinaInstant, chinaMidnight, chinaText } from '../../../domain/time.ts';
import type { Bars, BarsRequest, BarUnit } from '../../../domain/trading.ts';
import type { Frame } from './sdk-rows.ts';
import { lotOf, unitOf } from './volume-units.ts';

/** The vendor's word of a period, and of the one that it is built from, which is what can be downloaded. */
export const PERIODS: Readonly<Record<BarUnit, { readonly period: string; readonly stored: string }>> = {
  '1m': { period: '1m', stored: '1m' },
  '5m': { period: '5m', stored: '5m' },
  '15m': { period: '15m', stored: '5m' },
  '30m': { period: '30m', stored: '5m' },
  '60m': { period: '1h', stored: '5m' },
  '1d': { period: '1d', stored: '1d' },
};

/** JoinQuant's factors multiply, so the vendor's adjustment by ratio is meant. */
const ADJUST = { none: 'none', pre: 'front_ratio', post: 'back_ratio' } as const;

/** A bar that is still running is among the last ones and is cut: one more is asked for. */
const RUNNING = 1;

const FIELDS = ['time', 'open', 'high', 'low', 'close', 'volume', 'amount', 'preClose', 'suspendFlag'];

/** The arguments of a question for the bars of one security. `code`: the vendor's. */
export function barsArguments(request: BarsRequest, code: string): Record<string, unknown> {
  const { unit, count, start, end, adjust } = request;
  return {
    fields: FIELDS,
    codes: [code],
    period: PERIODS[unit].period,
    start: start === null ? '' : stamp(start),
    end: Number.isFinite(end) ? stamp(end) : '',
    count: count === null ? -1 : count + RUNNING,
    dividend_type: ADJUST[adjust],
    fill: true,
  };
}

/** `YYYYMMDDHHMMSS` in China's time. */
function stamp(instant: number): string {
  return chinaText(instant).replaceAll(/\D/g, '');
}

/** The bars of a frame, oldest first, within what was asked; volumes in shares. */
export function barsOf(frame: Frame, request: BarsRequest): Bars {
  const { security, unit, count, start, end } = request;
  const labels = labelsOf(frame, unit);
  const inside = [...labels.keys()].filter((row) => {
    const label = labels[row] ?? Number.NaN;
    return label <= end && (start === null || label >= start);
  });
  inside.sort((a, b) => (labels[a] ?? 0) - (labels[b] ?? 0));
  const rows = count === null ? inside : inside.slice(-count);
  const take = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] ?? Number.NaN);
  const volume = columnOf(frame, 'volume');
  const money = columnOf(frame, 'amount');
  const close = pricesOf(frame, 'close');
  const lot = lotOf(security);
  const shares = unitOf({ volume, money, close }, lot, lot);
  return {
    security,
    time: Float64Array.from(rows, (row) => labels[row] ?? Number.NaN),
    columns: {
      open: take(pricesOf(frame, 'open')),
      close: take(close),
      high: take(pricesOf(frame, 'high')),
      low: take(pricesOf(frame, 'low')),
      volume: take(volume.map((value) => value * shares)),
      money: take(money),
      pre_close: take(pricesOf(frame, 'preClose')),
      paused: take(columnOf(frame, 'suspendFlag').map((flag) => (Number.isNaN(flag) ? flag : flag === 1 ? 1 : 0))),
    },
  };
}

/** Ends of bars, epoch ms: from the column of times, else from the index; days are labelled with midnight. */
function labelsOf(frame: Frame, unit: BarUnit): Float64Array {
  const times = columnOf(frame, 'time');
  const labels = frame.index.map((text, row) => {
    const time = times[row] ?? Number.NaN;
    return Number.isFinite(time) && time > 0 ? time : instantOfIndex(text);
  });
  return Float64Array.from(labels, (label) => (unit === '1d' && Number.isFinite(label) ? chinaMidnight(label) : label));
}

function instantOfIndex(text: string): number {
  const match = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?/.exec(text);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour = '00', minute = '00', second = '00'] = match;
  return chinaInstant(`${year}-${month}-${day}`, `${hour}:${minute}:${second}`);
}

/** Numbers of a column; NaN where there is none. */
function columnOf(frame: Frame, name: string): Float64Array {
  const values = frame.columns[name];
  return Float64Array.from(frame.index, (_, row) => {
    const value = values?.[row];
    return typeof value === 'number' ? value : Number.NaN;
  });
}

/** A price of 0 is none: without their factors adjusted prices come so. */
function pricesOf(frame: Frame, name: string): Float64Array {
  return columnOf(frame, name).map((price) => (price > 0 ? price : Number.NaN));
}

/** `YYYYMMDD`. */
export function dayStamp(day: string): string {
  return day.replaceAll('-', '');
}

/** The day of the vendor's `YYYYMMDD` or epoch ms; null for what stands for none. */
export function dayOf(value: string | number | null): string | null {
  if (typeof value === 'number' && value > 99_999_999) return chinaDay(value);
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(String(value ?? ''));
  if (match === null || match[1] === '9999' || match[1] === '0000') return null;
  return `${match[1]}-${match[2]}-${match[3]}`;
}
