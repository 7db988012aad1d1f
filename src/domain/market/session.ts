import { chinaDay, chinaTimeOfDay, instantOf } from '../time.ts';

/** Part of a trading day, by the time of day alone; whether the day trades is the calendar's to say. */
export type SessionPhase =
  | 'closed' // before 9:15, from 15:30
  | 'opening_call' // 9:15-9:20
  | 'opening_call_no_cancel' // 9:20-9:25
  | 'pre_open' // 9:25-9:30: matched, nothing taken
  | 'morning' // 9:30-11:30
  | 'lunch' // 11:30-13:00
  | 'afternoon' // 13:00-14:57
  | 'closing_call' // 14:57-15:00, no cancel
  | 'after_close'; // 15:00-15:30

const DAY_SECONDS = 86_400;

const at = (hour: number, minute: number): number => hour * 3600 + minute * 60;

// Seconds of the day at which each phase begins. SSE and SZSE trading rules (closing call in Shanghai since 2018-08-20).
const PHASES: readonly (readonly [number, SessionPhase])[] = [
  [0, 'closed'],
  [at(9, 15), 'opening_call'],
  [at(9, 20), 'opening_call_no_cancel'],
  [at(9, 25), 'pre_open'],
  [at(9, 30), 'morning'],
  [at(11, 30), 'lunch'],
  [at(13, 0), 'afternoon'],
  [at(14, 57), 'closing_call'],
  [at(15, 0), 'after_close'],
  [at(15, 30), 'closed'],
];

// Phases in which both exchanges take orders. Shenzhen also queues from 9:25 to 9:30; Shanghai does not.
const SENDING: ReadonlySet<SessionPhase> = new Set<SessionPhase>([
  'opening_call',
  'opening_call_no_cancel',
  'morning',
  'afternoon',
  'closing_call',
]);
const CANCELLING: ReadonlySet<SessionPhase> = new Set<SessionPhase>(['opening_call', 'morning', 'afternoon']);

/** Phase of an instant (epoch ms); each begins with its first second and ends before the next. */
export function sessionPhase(ms: number): SessionPhase {
  const second = chinaTimeOfDay(ms);
  return PHASES.findLast(([begin]) => begin <= second)?.[1] ?? 'closed';
}

/** 9:15-9:25, 9:30-11:30, 13:00-15:00, ends excluded. */
export function canSendOrder(ms: number): boolean {
  return SENDING.has(sessionPhase(ms));
}

/** 9:15-9:20, 9:30-11:30, 13:00-14:57, ends excluded. */
export function canCancel(ms: number): boolean {
  return CANCELLING.has(sessionPhase(ms));
}

const OPENS_MS = at(9, 15) * 1000;

/** The day that has opened last, trading or not: until 9:15 it is still the night after the day before. */
export function openedDay(ms: number): string {
  return chinaDay(ms - OPENS_MS);
}

/** Continuous auction: 9:30-11:30, 13:00-14:57, ends excluded; here the price cage holds. */
export function isContinuous(ms: number): boolean {
  return isContinuousPhase(sessionPhase(ms));
}

function isContinuousPhase(phase: SessionPhase): boolean {
  return phase === 'morning' || phase === 'afternoon';
}

/** When the continuous auction under way began (epoch ms); null outside of one. */
export function continuousSince(ms: number): number | null {
  if (!isContinuous(ms)) return null;
  const second = chinaTimeOfDay(ms);
  const phase = PHASES.findLast(([begin]) => begin <= second);
  return phase === undefined ? null : instantOf(chinaDay(ms), phase[0]);
}

/** When the continuous auction under way ends (epoch ms); null outside of one. */
export function continuousUntil(ms: number): number | null {
  const second = chinaTimeOfDay(ms);
  const window = CONTINUOUS_WINDOWS.find(({ from, until }) => from <= second && second < until);
  return window === undefined ? null : instantOf(chinaDay(ms), window.until);
}

/** The instant itself when orders can be sent, else the next one of the same day (epoch ms); null when the day has none left. */
export function nextSendTimeOfDay(ms: number): number | null {
  if (canSendOrder(ms)) return ms;
  const second = chinaTimeOfDay(ms);
  const next = PHASES.find(([begin, phase]) => begin > second && SENDING.has(phase));
  return next === undefined ? null : instantOf(chinaDay(ms), next[0]);
}

/** The instant itself when cancels are taken, else the next one of the same day (epoch ms); null when the day has none left. */
export function nextCancelTime(ms: number): number | null {
  if (canCancel(ms)) return ms;
  const second = chinaTimeOfDay(ms);
  const next = PHASES.find(([begin, phase]) => begin > second && CANCELLING.has(phase));
  return next === undefined ? null : instantOf(chinaDay(ms), next[0]);
}

/** When the last window for orders of a day (`YYYY-MM-DD`) ends, epoch ms. */
export function lastSendTime(day: string): number {
  return instantOf(day, SEND_WINDOWS.at(-1)?.until ?? DAY_SECONDS);
}

/** Part of a day in seconds since midnight, the end excluded. */
export interface DayWindow {
  readonly from: number;
  readonly until: number;
}

/** When orders are sent: 9:15-9:25, 9:30-11:30, 13:00-15:00. */
export const SEND_WINDOWS: readonly DayWindow[] = windowsOf((phase) => SENDING.has(phase));

/** The continuous auction: 9:30-11:30, 13:00-14:57. */
export const CONTINUOUS_WINDOWS: readonly DayWindow[] = windowsOf(isContinuousPhase);

/** The phases for which `holds` is true, those that follow each other as one. */
function windowsOf(holds: (phase: SessionPhase) => boolean): DayWindow[] {
  const windows: DayWindow[] = [];
  for (const [index, [from, phase]] of PHASES.entries()) {
    if (!holds(phase)) continue;
    const until = PHASES[index + 1]?.[0] ?? DAY_SECONDS;
    const last = windows.at(-1);
    if (last?.until === from) windows[windows.length - 1] = { from: last.from, until };
    else windows.push({ from, until });
  }
  return windows;
}

const minutes = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

/** The 240 minutes in which `handle_data` and `every_bar` run, as minutes of the day: 9:30 … 11:29, 13:00 … 14:59. */
export const TRADING_MINUTES: readonly number[] = [...minutes(570, 120), ...minutes(780, 120)];

const BAR_LABELS: readonly number[] = TRADING_MINUTES.map((minute) => minute + 1);

/** Labels of the day's 240 one-minute bars (their ends) as minutes of the day: 9:31 … 11:30, 13:01 … 15:00. */
export function barLabels(): readonly number[] {
  return BAR_LABELS;
}
