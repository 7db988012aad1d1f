import { BtError } from './errors.ts';

/** Milliseconds. */
export const SECOND = 1000;
/** Milliseconds. */
export const MINUTE = 60 * SECOND;
/** Milliseconds. */
export const HOUR = 60 * MINUTE;
/** Milliseconds. */
export const DAY = 24 * HOUR;

// China has had one zone and no summer time since 1991-09-15, and nothing before that is known by the hour: days are named by
// a constant, so that the host's own zone and zone database never matter.
const OFFSET = 8 * HOUR;

/** Calendar day in China of an instant (epoch ms): `YYYY-MM-DD`. BtError BAD_TIME for a number that is none. */
export function chinaDay(ms: number): string {
  return dayText(Math.floor(shifted(ms) / DAY));
}

/** Epoch ms of the last midnight in China, the instant's own if it is one. BtError BAD_TIME for a number that is none. */
export function chinaMidnight(ms: number): number {
  return Math.floor(shifted(ms) / DAY) * DAY - OFFSET;
}

/** Whether instants (epoch ms) are of a day `YYYY-MM-DD` in China: asked once for a list of thousands. BtError BAD_TIME for a bad day. */
export function ofDay(day: string): (ms: number) => boolean {
  const from = instantOf(day, 0);
  return (ms) => ms >= from && ms < from + DAY;
}

/** Seconds since midnight in China, 0 … 86399, fractions dropped. */
export function chinaTimeOfDay(ms: number): number {
  const local = shifted(ms);
  return Math.floor((local - Math.floor(local / DAY) * DAY) / SECOND);
}

/** `YYYY-MM-DD HH:MM:SS` in China, fractions dropped. */
export function chinaText(ms: number): string {
  return `${chinaDay(ms)} ${clockText(chinaTimeOfDay(ms))}`;
}

/** Epoch ms of `HH:MM` or `HH:MM:SS` in China on a day `YYYY-MM-DD`. BtError BAD_TIME when either is none. */
export function chinaInstant(day: string, time: string): number {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(time);
  const seconds = match === null ? null : clockSeconds(match[1], match[2], match[3]);
  if (seconds === null) throw badTime(time, 'a time of day like 09:30 or 09:30:00');
  return instantOf(day, seconds);
}

/** Epoch ms of a number of seconds after midnight in China on a day `YYYY-MM-DD`. BtError BAD_TIME for a bad day. */
export function instantOf(day: string, secondOfDay: number): number {
  return dayNumber(day) * DAY - OFFSET + secondOfDay * SECOND;
}

/** The day `n` calendar days later (earlier when negative). BtError BAD_TIME for a bad day. */
export function addDays(day: string, n: number): string {
  return dayText(dayNumber(day) + n);
}

/** 1 = Monday … 7 = Sunday. BtError BAD_TIME for a bad day. */
export function weekday(day: string): number {
  // Day 0, 1970-01-01, was a Thursday.
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1;
}

/** Whether the text is a day that exists, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match !== null && daysSinceEpoch(match[1], match[2], match[3]) !== null;
}

/** `HH:MM:SS` of seconds since midnight. */
export function clockText(secondOfDay: number): string {
  const s = Math.floor(secondOfDay);
  return `${twoPlaces(Math.floor(s / 3600))}:${twoPlaces(Math.floor(s / 60) % 60)}:${twoPlaces(s % 60)}`;
}

function twoPlaces(number: number): string {
  return number >= 0 && number < 10 ? `0${number}` : String(number);
}

const DASHED = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?$/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/**
 * Epoch ms of a China time written `YYYY-MM-DD[ T]HH:MM[:SS[.f]]`, `YYYY-MM-DD`, `YYYYMMDD`, `YYYYMMDD HH:MM:SS` or
 * `YYYYMMDDHHMMSS`; null for anything else (also for a day or time that does not exist, or a text with a zone).
 */
export function parseChinaTime(text: string): number | null {
  const trimmed = text.trim();
  const known = instantOfKnownDay(trimmed);
  if (known !== null) return known;
  const match = DASHED.exec(trimmed) ?? COMPACT.exec(trimmed) ?? DIGITS.exec(trimmed);
  if (match === null) return null;
  const [, year, month, date, hour = '0', minute = '0', second, fraction = ''] = match;
  const day = daysSinceEpoch(year, month, date);
  const seconds = clockSeconds(hour, minute, second);
  if (day === null || seconds === null) return null;
  const midnight = day * DAY - OFFSET;
  if (trimmed[4] === '-') lastParsed = { day: trimmed.slice(0, 10), midnight };
  return midnight + seconds * SECOND + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** The day of the last time that was read: a list of thousands is of one, and its times differ in their seconds only. */
let lastParsed: { readonly day: string; readonly midnight: number } | null = null;

/** Epoch ms of a text `YYYY-MM-DD[ T]HH:MM:SS` of that day; null for any other. */
function instantOfKnownDay(text: string): number | null {
  if (lastParsed === null || text.length !== 19 || !text.startsWith(lastParsed.day)) return null;
  const isClock = (text[10] === ' ' || text[10] === 'T') && text[13] === ':' && text[16] === ':';
  const h = twoDigits(text, 11);
  const m = twoDigits(text, 14);
  const s = twoDigits(text, 17);
  return isClock && h < 24 && m < 60 && s < 60 ? lastParsed.midnight + (h * 3600 + m * 60 + s) * SECOND : null;
}

/** The number that two digits make there; NaN where they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function shifted(ms: number): number {
  if (!Number.isFinite(ms)) throw badTime(String(ms), 'epoch milliseconds');
  return ms + OFFSET;
}

function clockSeconds(hour = '', minute = '', second = '0'): number | null {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  return h < 24 && m < 60 && s < 60 ? h * 3600 + m * 60 + s : null;
}

function dayNumber(day: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  const number = match === null ? null : daysSinceEpoch(match[1], match[2], match[3]);
  if (number === null) throw badTime(day, 'a day that exists, like 2026-07-06');
  return number;
}

// Both directions count in years that begin on 1 March, so that the leap day is the last of its year
// (the well-known "days from civil" arithmetic, proleptic Gregorian).
function daysSinceEpoch(yearText = '', monthText = '', dayOfMonth = ''): number | null {
  const [year, month, date] = [Number(yearText), Number(monthText), Number(dayOfMonth)];
  if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return null;
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The last day that was named: most questions are about the same one. */
let lastNamed: { readonly day: number; readonly text: string } | null = null;

function dayText(daysFromEpoch: number): string {
  if (lastNamed?.day !== daysFromEpoch) lastNamed = { day: daysFromEpoch, text: nameOfDay(daysFromEpoch) };
  return lastNamed.text;
}

function nameOfDay(daysFromEpoch: number): string {
  const z = daysFromEpoch + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

function badTime(value: string, wanted: string): BtError {
  return new BtError('BAD_TIME', `"${value}" is not ${wanted}; correct the value.`, { fault: 'bug' });
}
