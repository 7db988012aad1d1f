import {
  addDays,
  chinaDay,
  chinaInstant,
  DAY,
  HOUR,
  instantOf,
  isDay,
  MINUTE,
  SECOND,
  weekday,
} from '../../../src/domain/time.ts';
import { badArgument } from '../../api/arguments.ts';

/** A frequency like `'5T'`, `'W-FRI'`, `'M'`: a fixed span, or steps of the calendar. */
export interface TimeRule {
  /** ms of a fixed span; 0 for calendar steps. */
  readonly span: number;
  readonly unit: 'fixed' | 'week' | 'month' | 'quarter' | 'year' | 'business';
  readonly count: number;
  /** Steps are labelled by their end (M, W, Q, A) or start (MS, QS, AS and fixed spans). */
  readonly end: boolean;
  /** Last day of a week, Monday 1. */
  readonly weekday: number;
}

const SPANS: Readonly<Record<string, number>> = {
  D: DAY,
  H: HOUR,
  h: HOUR,
  T: MINUTE,
  min: MINUTE,
  S: SECOND,
  s: SECOND,
  L: 1,
  ms: 1,
};
const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
const CALENDAR: Readonly<Record<string, readonly [TimeRule['unit'], boolean]>> = {
  M: ['month', true],
  ME: ['month', true],
  MS: ['month', false],
  Q: ['quarter', true],
  QE: ['quarter', true],
  QS: ['quarter', false],
  A: ['year', true],
  Y: ['year', true],
  YE: ['year', true],
  AS: ['year', false],
  YS: ['year', false],
  B: ['business', false],
};

export function timeRule(text: string): TimeRule {
  const [, number = '', name = ''] = /^(\d*)\s*([A-Za-z-]+)$/.exec(text.trim()) ?? [];
  const count = number === '' ? 1 : Number(number);
  const span = SPANS[name];
  const plain = { span: 0, count, end: false, weekday: 7 };
  if (span !== undefined) return { ...plain, span: span * count, unit: 'fixed' };
  const [, day = 'SUN'] = /^W(?:-(\w{3}))?$/.exec(name) ?? (name.startsWith('W') ? [] : ['', '']);
  if (name.startsWith('W') && WEEKDAYS.includes(day)) {
    return { ...plain, unit: 'week', end: true, weekday: WEEKDAYS.indexOf(day) + 1 };
  }
  const step = CALENDAR[name];
  if (step !== undefined) return { ...plain, unit: step[0], end: step[1] };
  throw badArgument('freq', `'${text}' is not a frequency; write '5min', 'H', 'D', 'W', 'W-FRI', 'M', 'Q' or 'A'.`);
}

/** ms of a fixed span of time, as `'5D'`, `'30min'`. */
export function durationOf(text: string): number {
  const rule = timeRule(text);
  if (rule.unit === 'fixed') return rule.span;
  throw badArgument('window', `'${text}' has no fixed length; write a span like '5D' or '30min'.`);
}

/** Midnight of an instant's day. */
export function midnight(ms: number): number {
  return instantOf(chinaDay(ms), 0);
}

/** Start of the step that an instant falls into, and of the next one. Fixed spans are counted from `base`. */
export function stepAround(rule: TimeRule, ms: number, base: number): readonly [number, number] {
  if (rule.unit === 'fixed') {
    const from = base + Math.floor((ms - base) / rule.span) * rule.span;
    return [from, from + rule.span];
  }
  const day = chinaDay(ms);
  if (rule.unit === 'week') {
    const back = (weekday(day) - rule.weekday - 1 + 14) % 7;
    const start = instantOf(addDays(day, -back), 0);
    return [start, start + 7 * DAY * rule.count];
  }
  if (rule.unit === 'business') return businessDay(day);
  const months = { month: 1, quarter: 3, year: 12 }[rule.unit];
  const year = Number(day.slice(0, 4));
  const first = Math.floor((Number(day.slice(5, 7)) - 1) / months) * months;
  return [monthStart(year, first), monthStart(year, first + months * rule.count)];
}

/** Weekends belong to the Friday before. */
function businessDay(day: string): readonly [number, number] {
  const over = Math.max(0, weekday(day) - 5);
  const start = addDays(day, -over);
  return [instantOf(start, 0), instantOf(addDays(start, weekday(start) === 5 ? 3 : 1), 0)];
}

function monthStart(year: number, month: number): number {
  const at = year * 12 + month;
  return instantOf(`${String(Math.floor(at / 12))}-${String((at % 12) + 1).padStart(2, '0')}-01`, 0);
}

/** What a step is called: its start, or the midnight of its last day. */
export function stepLabel(rule: TimeRule, [from, to]: readonly [number, number], right: boolean): number {
  if (!right) return rule.unit === 'fixed' || !rule.end ? from : from - DAY;
  return rule.unit === 'fixed' || !rule.end ? to : to - DAY;
}

/** The times of a range: `periods` or up to `end`, by the rule. */
export function timesOf(rule: TimeRule, start: number, end: number | null, periods: number | null): Float64Array {
  const most = periods ?? Infinity;
  const last = end ?? Infinity;
  const out: number[] = [];
  let step = stepAround(rule, start, midnight(start));
  let at = rule.unit === 'fixed' ? start : stepLabel(rule, step, rule.end);
  for (; at <= last; at = rule.unit === 'fixed' ? at + rule.span : stepLabel(rule, step, rule.end)) {
    if (out.length >= most) break;
    if (at >= start) out.push(at);
    step = stepAround(rule, step[1], midnight(start));
  }
  return Float64Array.from(out);
}

/** As many times by the rule up to an instant. */
export function timesBefore(rule: TimeRule, end: number, periods: number): Float64Array {
  if (rule.unit === 'fixed')
    return Float64Array.from({ length: periods }, (_, i) => end - rule.span * (periods - 1 - i));
  // Steps of the calendar are made from long enough before.
  const span = { week: 7, month: 31, quarter: 92, year: 366, business: 3 }[rule.unit] * rule.count * DAY;
  const all = timesOf(rule, end - span * (periods + 2), end, null);
  return rule.count === 1 ? all.slice(Math.max(0, all.length - periods)) : refused(rule);
}

function refused(_rule: TimeRule): never {
  throw badArgument('date_range()', 'counts several steps of the calendar from a start only; give start.');
}

const PARTS: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  y: '(?<y>\\d{2})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  f: '(?<f>\\d{1,6})',
};

/** Epoch ms of a text in a strptime format, in China's time. */
export function parseTimeText(text: string, format: string): number {
  const source = format
    .replace('%F', '%Y-%m-%d')
    .replace('%T', '%H:%M:%S')
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/%([YymdHMSf])/g, (_all, part: string) => PARTS[part] ?? '');
  const groups = new RegExp(`^${source}$`).exec(text)?.groups;
  if (groups === undefined) throw badArgument('to_datetime()', `'${text}' does not read as '${format}'.`);
  const { Y, y, m = '1', d = '1', H = '0', M = '0', S = '0', f = '0' } = groups;
  const year = Y ?? `${Number(y ?? 0) < 69 ? '20' : '19'}${y ?? '00'}`;
  const day = `${year}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  if (!isDay(day)) throw badArgument('to_datetime()', `'${text}' is not a day of the calendar.`);
  const clock = `${H.padStart(2, '0')}:${M.padStart(2, '0')}:${S.padStart(2, '0')}`;
  return chinaInstant(day, clock) + Math.floor(Number(`0.${f}`) * 1000);
}

/** An instant moved by steps: fixed spans, or weekdays (`B`), which keep the time of day. */
export function stepsFrom(rule: TimeRule, ms: number, steps: number): number {
  if (rule.unit === 'fixed') return ms + rule.span * steps;
  if (rule.unit !== 'business') throw badArgument('shift()', "freq moves by fixed steps like 'D', '5min', or by 'B'.");
  let day = chinaDay(ms);
  const clock = ms - instantOf(day, 0);
  const sign = Math.sign(steps);
  for (let left = Math.abs(steps * rule.count); left > 0;) {
    day = addDays(day, sign);
    if (weekday(day) <= 5) left -= 1;
  }
  return instantOf(day, 0) + clock;
}
