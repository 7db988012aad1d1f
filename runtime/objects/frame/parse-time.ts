import { chinaInstant, isDay } from '../../../src/domain/time.ts';
import { badArgument } from '../../api/arguments.ts';

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
