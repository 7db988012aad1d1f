import { mix, unit } from '../platform/random.ts';
import { closesOf, closeTicks } from './daily-close.ts';
import { yuan } from './data.ts';
import { limitsOn } from './day-limits.ts';
import { payout, rightOn } from './ex-rights.ts';
import { CONTINUOUS_MINUTES } from './grid.ts';
import type { Instrument } from './instrument.ts';
import { runAt } from './limit-runs.ts';
import { isSuspended } from './suspensions.ts';
import type { TradingDays } from './trading-days.ts';

/** A stay at the upper or lower limit. */
export interface LimitLock {
  readonly side: 'high' | 'low';
  /** Minutes 0 … 236; one that reaches the last of them ends the day at the limit. */
  readonly from: number;
  readonly to: number;
}

/** A whole trading day in five numbers and its volume; the minutes are drawn inside it later. Prices in ticks. */
export interface DayShape {
  readonly instrument: Instrument;
  readonly index: number;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** Midnight (China), epoch ms. */
  readonly midnight: number;
  /** Root of everything random about this day. */
  readonly key: number;
  /** The price the day begins from: the close before, less what the share pays out on this day. */
  readonly preClose: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Null where the day has no limits: indices, and stocks in their first days. */
  readonly highLimit: number | null;
  readonly lowLimit: number | null;
  readonly paused: boolean;
  readonly lock: LimitLock | null;
  /** The day before was at its upper limit, at its close or for a while: much of this one trades at its open. */
  readonly rush: boolean;
  /** Lots of 100 shares traded. */
  readonly lots: number;
  /** Σ lots × ticks over all trades: × 100 × tick = money. An integer, as every trade is whole lots at whole ticks. */
  readonly lotTicks: number;
}

/** The shape of a trading day. `closeBefore`, `close`: the closes of the day before and of the day, in ticks, when the caller has them. */
export function dayShape(
  instrument: Instrument,
  index: number,
  days: TradingDays,
  closeBefore: number = closeTicks(instrument, index - 1),
  close?: number,
): DayShape {
  const day = days.day(index);
  const right = rightOn(instrument.exRights, index);
  const preClose = right === null ? closeBefore : payout(right, closeBefore, instrument.tickMills).reference;
  const common = {
    instrument,
    index,
    day,
    midnight: days.midnight(index),
    key: keyOf(instrument, index),
    preClose,
    ...limitsOn(instrument, index, day, preClose),
  };
  if (isSuspended(instrument.suspensions, index) || index < instrument.startIndex) {
    const flat = { open: preClose, high: preClose, low: preClose, close: preClose };
    return { ...common, ...flat, paused: true, lock: null, rush: false, lots: 0, lotTicks: 0 };
  }
  return { ...common, paused: false, ...prices(common, close ?? closeTicks(instrument, index)) };
}

/** The shapes of the days `from` … `to` (numbers) on which a security is listed: the same as one by one, with the closes read together. */
export function* dayShapes(instrument: Instrument, days: TradingDays, from: number, to: number): Generator<DayShape> {
  const first = Math.max(from, instrument.startIndex);
  const last = Math.min(to, instrument.lastIndex ?? to);
  if (first > last) return;
  const closes = closesOf(instrument, first - 1, last);
  for (let index = first; index <= last; index += 1)
    yield dayShape(instrument, index, days, closes[index - first], closes[index - first + 1]);
}

/** CNY traded on a day. */
export function moneyOf({ lotTicks, instrument }: Pick<DayShape, 'lotTicks' | 'instrument'>): number {
  return yuan(lotTicks * 100 * instrument.tickMills);
}

interface Frame {
  readonly instrument: Instrument;
  readonly index: number;
  readonly key: number;
  readonly preClose: number;
  readonly highLimit: number | null;
  readonly lowLimit: number | null;
}

type Prices = Pick<DayShape, 'open' | 'high' | 'low' | 'close' | 'lock' | 'rush' | 'lots' | 'lotTicks'>;

function prices(frame: Frame, close: number): Prices {
  const { instrument, key, preClose } = frame;
  const { swing } = instrument;
  const atLimit = sideAt(frame, close);
  if (atLimit !== null && random(key, 11) < ONE_PRICE) return onePrice(frame, close);
  const ceiling = frame.highLimit ?? Number.POSITIVE_INFINITY;
  const floor = frame.lowLimit ?? 1;
  const move = Math.log(close / preClose);
  const rush = wasWanted(frame);
  const chance = random(key, 1) + random(key, 2) - 1;
  // The opening gap takes a part of the day's move and something of its own.
  const gap = rush ? WANTED.gap + WANTED.spread * chance : 0.35 * move + 0.6 * swing * chance;
  const open = clamp(Math.round(preClose * Math.exp(gap)), floor, ceiling);
  const lock = atLimit === null ? lockOf(frame) : stayOf(key, atLimit);
  const high = Math.ceil(Math.max(open, close) * Math.exp(0.55 * swing * excursion(key, 3)));
  const low = Math.floor(Math.min(open, close) * Math.exp(-0.55 * swing * excursion(key, 4)));
  const top = lock?.side === 'high' ? ceiling : Math.min(high, ceiling);
  const bottom = lock?.side === 'low' ? floor : Math.max(low, floor);
  const busy = Math.exp(0.9 * (random(key, 5) + random(key, 6) - 1)) * (1 + Math.abs(move) / swing);
  const more = rush ? WANTED.busy : 1;
  const lots = Math.max(Math.round(instrument.dailyLots * 0.6 * busy * more), 1200);
  const average = (open + top + bottom + close) / 4;
  return { open, high: top, low: bottom, close, lock, rush, lots, lotTicks: Math.round(lots * average) };
}

/** Of the days that end at a limit, those on which it was the only price. */
const ONE_PRICE = 0.2;

/** The day after an upper limit: three of four open higher, as logarithms, and more than on another day is traded. */
const WANTED = { gap: 0.008, spread: 0.03, busy: 2.5 } as const;

/** Whether the day before closed at its upper limit, or ran into it. */
function wasWanted({ instrument, index }: Frame): boolean {
  if (!instrument.wild || index <= instrument.startIndex) return false;
  const run = runAt(instrument, index - 1);
  if (run !== null && run.first <= index - 1 && index - 1 <= run.last) return run.side === 'high';
  const before = keyOf(instrument, index - 1);
  return runsInto(before) && sideOf(before) === 'high';
}

/** At which limit a day ends. */
function sideAt({ instrument, highLimit, lowLimit }: Frame, close: number): LimitLock['side'] | null {
  if (!instrument.wild) return null;
  if (close === highLimit) return 'high';
  return close === lowLimit ? 'low' : null;
}

/** Nobody sells, or nobody buys: little is traded, all of it at the limit. */
function onePrice({ instrument, key }: Frame, close: number): Prices {
  const lots = Math.max(Math.round(instrument.dailyLots * (0.03 + 0.2 * random(key, 5))), 1200);
  return { open: close, high: close, low: close, close, lock: null, rush: false, lots, lotTicks: lots * close };
}

/** A day that ends at its limit has come to it some time, and stays. */
function stayOf(key: number, side: LimitLock['side']): LimitLock {
  return { side, from: 5 + Math.floor(random(key, 8) * 200), to: CONTINUOUS_MINUTES - 1 };
}

/** One day in 250 a wild stock runs into a limit and stays there for 10 to 60 minutes. */
function lockOf({ instrument, key, highLimit, lowLimit }: Frame): LimitLock | null {
  if (!instrument.wild || highLimit === null || lowLimit === null || !runsInto(key)) return null;
  const from = 5 + Math.floor(random(key, 8) * 160);
  const to = from + 10 + Math.floor(random(key, 9) * 50);
  return { side: sideOf(key), from, to };
}

const runsInto = (key: number): boolean => random(key, 7) < 0.004;
const sideOf = (key: number): LimitLock['side'] => (random(key, 10) < 0.5 ? 'high' : 'low');
/** Root of everything random about a day. */
const keyOf = ({ key }: Instrument, index: number): number => mix(mix(key, 41), index);

function random(key: number, label: number): number {
  return unit(mix(key, label));
}

/** Exponentially distributed, at most 3.5. */
function excursion(key: number, label: number): number {
  return Math.min(3.5, -Math.log(1 - random(key, label)));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
