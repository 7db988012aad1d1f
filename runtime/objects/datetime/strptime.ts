import { DAY, instantOf, isDay } from '../../../src/domain/time.ts';
import { valueError } from '../../builtins/errors.ts';
import { dayText } from './date.ts';
import { DAYS, MONTHS } from './strftime.ts';

const short = (names: readonly string[]): string => names.map((name) => name.slice(0, 3)).join('|');

/** What stands for a directive in a text. */
const PATTERNS: Readonly<Record<string, string>> = {
  Y: '\\d{4}',
  y: '\\d{2}',
  m: '1[0-2]|0?[1-9]',
  d: '3[01]|[12]\\d|0?[1-9]',
  H: '2[0-3]|[01]?\\d',
  I: '1[0-2]|0?[1-9]',
  M: '[0-5]?\\d',
  S: '[0-5]?\\d',
  f: '\\d{1,6}',
  j: '\\d{1,3}',
  p: 'AM|PM',
  b: short(MONTHS),
  B: MONTHS.join('|'),
  a: short(DAYS),
  A: DAYS.join('|'),
};

const COMPOUND: Readonly<Record<string, string>> = { F: '%Y-%m-%d', T: '%H:%M:%S' };

/** Epoch ms of a China time in Python's format, at most to the millisecond; what the format leaves out is 1900-01-01 00:00:00. VALUE_ERROR for a text of another format. */
export function strptime(text: string, format: string): number {
  const whole = format.replace(/%([FT])/g, (_match, directive: string) => COMPOUND[directive] ?? '');
  const order: string[] = [];
  const pattern = whole.replace(/%(.)|[\\^$.*+?()[\]{}|/]/gs, (match: string, directive?: string) => {
    if (directive === undefined) return `\\${match}`;
    if (directive === '%') return '%';
    const part = PATTERNS[directive];
    if (part === undefined)
      throw valueError(`strptime(): %${directive} is not known; it knows %${Object.keys(PATTERNS).join(' %')}.`);
    order.push(directive);
    return `(${part})`;
  });
  const found = new RegExp(`^${pattern.replace(/\s+/g, '\\s+')}$`, 'i').exec(text);
  if (found === null) throw valueError(`strptime(): the text '${text}' is not of the format '${format}'.`);
  return instantOfParts(new Map(order.map((directive, i) => [directive, found[i + 1] ?? ''])), text);
}

function instantOfParts(parts: ReadonlyMap<string, string>, text: string): number {
  const number = (directive: string, fallback: number): number => Number(parts.get(directive) ?? fallback);
  const name = (directive: string, names: readonly string[]): number =>
    names.findIndex((one) => one.slice(0, 3).toLowerCase() === parts.get(directive)?.slice(0, 3).toLowerCase()) + 1;
  const year = parts.has('y') ? number('y', 0) + (number('y', 0) < 69 ? 2000 : 1900) : number('Y', 1900);
  const called = parts.has('B') ? 'B' : 'b';
  const month = number('m', parts.has(called) ? name(called, MONTHS) : 1);
  const day = number('d', 1);
  const half = parts.get('p')?.toUpperCase() === 'PM' ? 12 : 0;
  const hour = parts.has('I') ? (number('I', 12) % 12) + half : number('H', 0);
  const written = dayText(year, month, day);
  if (!isDay(written)) throw valueError(`strptime(): '${text}' is no day of the calendar.`);
  const midnight = instantOf(written, 0);
  const dayOfYear = parts.has('j') ? (number('j', 1) - 1) * DAY : 0;
  const fraction = Math.floor(Number((parts.get('f') ?? '').padEnd(6, '0')) / 1000);
  return midnight + dayOfYear + ((hour * 60 + number('M', 0)) * 60 + number('S', 0)) * 1000 + fraction;
}
