import { chinaDay, chinaTimeOfDay, instantOf } from '../time.ts';
import { isRepo } from './repo.ts';

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

type Phases = readonly (readonly [number, SessionPhase])[];

const DAY_SECONDS = 86_400;

const at = (hour: number, minute: number): number => hour * 3600 + minute * 60;

// Seconds of the day at which each phase begins. SSE and SZSE trading rules (closing call in Shanghai since 2018-08-20).
const PHASES: Phases = [
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

// Repos have no closing call and trade until 15:30, on both exchanges [M].
const REPO_PHASES = PHASES.filter(([, phase]) => phase !== 'closing_call' && phase !== 'after_close');

// Phases in which both exchanges take orders. Shenzhen also queues from 9:25 to 9:30; Shanghai does not.
const SENDING: ReadonlySet<SessionPhase> = new Set<SessionPhase>([
  'opening_call',
  'opening_call_no_cancel',
  'morning',
  'afternoon',
  'closing_call',
]);
const CANCELLING: ReadonlySet<SessionPhase> = new Set<SessionPhase>(['opening_call', 'morning', 'afternoon']);

interface Timetable {
  readonly phases: Phases;
  readonly send: readonly DayWindow[];
  readonly continuous: readonly DayWindow[];
}

// Asked for each order of each reading of the broker's lists: made once.
const SHARES = timetable(PHASES);
const REPOS = timetable(REPO_PHASES);

/** Without a security: of shares, funds and bonds. */
function timetableOf(security: string | null): Timetable {
  return security !== null && isRepo(security) ? REPOS : SHARES;
}

function phasesOf(security: string | null): Phases {
  return timetableOf(security).phases;
}

function timetable(phases: Phases): Timetable {
  return {
    phases,
    send: windowsOf(phases, (phase) => SENDING.has(phase)),
    continuous: windowsOf(phases, isContinuousPhase),
  };
}

/** Phase of an instant (epoch ms); each begins with its first second and ends before the next. Of a repo the afternoon ends at 15:30. */
export function sessionPhase(ms: number, security: string | null = null): SessionPhase {
  const second = chinaTimeOfDay(ms);
  return phasesOf(security).findLast(([begin]) => begin <= second)?.[1] ?? 'closed';
}

/** 9:15-9:25, 9:30-11:30, 13:00-15:00 (a repo 15:30), ends excluded. */
export function canSendOrder(ms: number, security: string | null = null): boolean {
  return SENDING.has(sessionPhase(ms, security));
}

/** 9:15-9:20, 9:30-11:30, 13:00-14:57 (a repo 15:30), ends excluded. */
export function canCancel(ms: number, security: string | null = null): boolean {
  return CANCELLING.has(sessionPhase(ms, security));
}

const OPENS_MS = at(9, 15) * 1000;

/** The day that has opened last, trading or not: until 9:15 it is still the night after the day before. */
export function openedDay(ms: number): string {
  return chinaDay(ms - OPENS_MS);
}

const CLOSES_MS = at(15, 0) * 1000;

/** The day whose close has come last, trading or not: until 15:00 it is the day before. */
export function closedDay(ms: number): string {
  return chinaDay(ms - CLOSES_MS);
}

/** Continuous auction: 9:30-11:30, 13:00-14:57 (a repo 15:30), ends excluded; here the price cage holds. */
export function isContinuous(ms: number, security: string | null = null): boolean {
  return isContinuousPhase(sessionPhase(ms, security));
}

const MARKET: ReadonlySet<SessionPhase> = new Set<SessionPhase>([
  'opening_call',
  'opening_call_no_cancel',
  'pre_open',
  'morning',
  'afternoon',
  'closing_call',
]);

/** From the opening call to the close but for lunch: prices are told, ticks are handed on. */
export function isMarketPhase(phase: SessionPhase): boolean {
  return MARKET.has(phase);
}

function isContinuousPhase(phase: SessionPhase): boolean {
  return phase === 'morning' || phase === 'afternoon';
}

/** When the continuous auction under way began (epoch ms); null outside of one. */
export function continuousSince(ms: number, security: string | null = null): number | null {
  if (!isContinuous(ms, security)) return null;
  const second = chinaTimeOfDay(ms);
  const phase = phasesOf(security).findLast(([begin]) => begin <= second);
  return phase === undefined ? null : instantOf(chinaDay(ms), phase[0]);
}

/** When the continuous auction under way ends (epoch ms); null outside of one. */
export function continuousUntil(ms: number, security: string | null = null): number | null {
  const second = chinaTimeOfDay(ms);
  const window = continuousWindows(security).find(({ from, until }) => from <= second && second < until);
  return window === undefined ? null : instantOf(chinaDay(ms), window.until);
}

/** The instant itself when orders can be sent, else the next one of the same day (epoch ms); null when the day has none left. */
export function nextSendTimeOfDay(ms: number, security: string | null = null): number | null {
  if (canSendOrder(ms, security)) return ms;
  const second = chinaTimeOfDay(ms);
  const next = phasesOf(security).find(([begin, phase]) => begin > second && SENDING.has(phase));
  return next === undefined ? null : instantOf(chinaDay(ms), next[0]);
}

/** The instant itself when cancels are taken, else the next one of the same day (epoch ms); null when the day has none left. */
export function nextCancelTime(ms: number, security: string | null = null): number | null {
  if (canCancel(ms, security)) return ms;
  const second = chinaTimeOfDay(ms);
  const next = phasesOf(security).find(([begin, phase]) => begin > second && CANCELLING.has(phase));
  return next === undefined ? null : instantOf(chinaDay(ms), next[0]);
}

/** How much later than a share's day that of a security ends, seconds. */
export function closesLater(security: string): number {
  const end = (of: string | null): number => sendWindows(of).at(-1)?.until ?? DAY_SECONDS;
  return end(security) - end(null);
}

/** When the last window for orders of a day (`YYYY-MM-DD`) ends, epoch ms. */
export function lastSendTime(day: string, security: string | null = null): number {
  return instantOf(day, sendWindows(security).at(-1)?.until ?? DAY_SECONDS);
}

/** Part of a day in seconds since midnight, the end excluded. */
export interface DayWindow {
  readonly from: number;
  readonly until: number;
}

/** When orders are sent: 9:15-9:25, 9:30-11:30, 13:00-15:00 (a repo 15:30). */
export function sendWindows(security: string | null = null): readonly DayWindow[] {
  return timetableOf(security).send;
}

/** The continuous auction: 9:30-11:30, 13:00-14:57 (a repo 15:30). */
export function continuousWindows(security: string | null = null): readonly DayWindow[] {
  return timetableOf(security).continuous;
}

/** The phases for which `holds` is true, those that follow each other as one. */
function windowsOf(phases: Phases, holds: (phase: SessionPhase) => boolean): DayWindow[] {
  const windows: DayWindow[] = [];
  for (const [index, [from, phase]] of phases.entries()) {
    if (!holds(phase)) continue;
    const until = phases[index + 1]?.[0] ?? DAY_SECONDS;
    const last = windows.at(-1);
    if (last?.until === from) windows[windows.length - 1] = { from: last.from, until };
    else windows.push({ from, until });
  }
  return windows;
}

const minutes = (from: number, count: number): number[] => Array.from({ length: count }, (_, i) => from + i);

/** The 240 minutes in which `handle_data` and `every_bar` run, as minutes of the day: 9:30 … 11:29, 13:00 … 14:59. */
export const TRADING_MINUTES: readonly number[] = [...minutes(570, 120), ...minutes(780, 120)];

/** How often a strategy has bars: each minute, or once a day, at the open. */
export type BarFrequency = 'minute' | 'day';

const OPEN_ONLY: readonly number[] = [570];

/** When `handle_data` and `every_bar` run, as minutes of the day: the 240 trading minutes, or 9:30. */
export function barMinutes(frequency: BarFrequency): readonly number[] {
  return frequency === 'day' ? OPEN_ONLY : TRADING_MINUTES;
}

const BAR_LABELS: readonly number[] = TRADING_MINUTES.map((minute) => minute + 1);

/** Labels of the day's 240 one-minute bars (their ends) as minutes of the day: 9:31 … 11:30, 13:01 … 15:00. */
export function barLabels(): readonly number[] {
  return BAR_LABELS;
}
