import { chinaText, DAY, instantOf, weekday } from '../../../src/domain/time.ts';

export const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Python's strftime of an instant, in China's time; a directive it does not know stays as written. */
export function strftime(ms: number, format: string): string {
  const text = chinaText(ms);
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = text.split(/\D/);
  const today = text.slice(0, 10);
  const isoWeekday = weekday(today);
  const dayOfYear = (instantOf(today, 0) - instantOf(`${year}-01-01`, 0)) / DAY + 1;
  const hour12 = Number(hour) % 12 === 0 ? 12 : Number(hour) % 12;
  const directives: Readonly<Record<string, string>> = {
    Y: year,
    m: month,
    d: day,
    H: hour,
    M: minute,
    S: second,
    y: year.slice(2),
    f: `${String(((ms % 1000) + 1000) % 1000).padStart(3, '0')}000`,
    I: String(hour12).padStart(2, '0'),
    p: Number(hour) < 12 ? 'AM' : 'PM',
    j: String(dayOfYear).padStart(3, '0'),
    A: DAYS[isoWeekday - 1] ?? '',
    a: (DAYS[isoWeekday - 1] ?? '').slice(0, 3),
    B: MONTHS[Number(month) - 1] ?? '',
    b: (MONTHS[Number(month) - 1] ?? '').slice(0, 3),
    w: String(isoWeekday % 7),
    u: String(isoWeekday),
    F: `${year}-${month}-${day}`,
    T: `${hour}:${minute}:${second}`,
    '%': '%',
  };
  return format.replace(/%([a-zA-Z%])/g, (whole, directive: string) => directives[directive] ?? whole);
}
