import { BtError } from '../domain/errors.ts';
import { exchangeCalendar, ifKnown, type TradingCalendar } from '../domain/market/calendar.ts';
import { disagreements } from '../domain/market/calendar-agreement.ts';
import { CLOSURES_SOURCE } from '../domain/market/data/closures.ts';
import { addDays, chinaDay, weekday } from '../domain/time.ts';
import { loadEnv } from '../platform/env.ts';
import { nullLog } from '../platform/log.ts';
import { wallNow } from '../platform/timers.ts';
import { openVenue } from '../venues/registry.ts';
import { Settings } from './settings.ts';
import { writeDocument } from '../platform/terminal.ts';
import { say, sayDocument } from './say.ts';

/** Whom to ask when nobody is named: there is one kind of gateway. */
const ONLY_BROKER = 'qmt-remote';
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A year as the calendar has it; days `YYYY-MM-DD`, ascending. */
interface CalendarYear {
  readonly year: number;
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly tradingDays: readonly string[];
  /** Weekdays that do not trade. */
  readonly closures: readonly string[];
}

/** Runs `bt calendar`. Throws BtError: BAD_CONFIG, CALENDAR_EXPIRED, CALENDAR_DISAGREES, or what the gateway answers. */
export async function runCalendar(asked: string | null, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const calendar = exchangeCalendar();
  const today = chinaDay(wallNow());
  const year = calendarYear(calendar, readYear(asked ?? today.slice(0, 4)));
  if (flags['json'] === true) await writeDocument(`${JSON.stringify(year, null, 2)}\n`);
  else await sayDocument(`${yearText(calendar, year, today)}\n`);
  if (flags['check'] === true) say(`${await check(calendar, year, flags)}\n`);
}

/** Throws CALENDAR_EXPIRED for a year the calendar knows nothing of. */
function calendarYear(calendar: TradingCalendar, year: number): CalendarYear {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const [from, to] = [first < calendar.from ? calendar.from : first, last > calendar.expires ? calendar.expires : last];
  // Asked as it is, the calendar says what it knows.
  const tradingDays = from > to ? calendar.between(first, last) : calendar.between(from, to);
  const trades = new Set(tradingDays);
  const closures: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) if (weekday(day) <= 5 && !trades.has(day)) closures.push(day);
  return { year, from, to, source: CLOSURES_SOURCE, tradingDays, closures };
}

function yearText(calendar: TradingCalendar, year: CalendarYear, today: string): string {
  const known = `The trading calendar of bt reaches from ${calendar.from} to ${calendar.expires}.`;
  const lines = [known, `Source: ${year.source}`, todayText(calendar, today), ''];
  const { closures, tradingDays, from, to } = year;
  lines.push(`${year.year}: ${tradingDays.length} trading days from ${from} to ${to}; weekdays without trading:`);
  for (const month of Map.groupBy(closures, (day) => day.slice(0, 7)).values()) {
    lines.push(`  ${month.map((day) => `${day.slice(5)} ${weekdayName(day).slice(0, 3)}`).join(', ')}`);
  }
  return lines.join('\n');
}

function todayText(calendar: TradingCalendar, today: string): string {
  const name = `Today, ${weekdayName(today)} ${today},`;
  const trades = ifKnown(() => calendar.isTradingDay(today));
  if (trades === null) return `${name} is not in it: update bt. Until then the gateway's days are used.`;
  const next = ifKnown(() => calendar.next(today)) ?? 'after its end: update bt';
  return `${name} ${trades ? 'trades' : 'does not trade'}; the next trading day is ${next}.`;
}

function weekdayName(day: string): string {
  return WEEKDAYS[weekday(day) - 1] ?? '';
}

function readYear(text: string): number {
  if (/^\d{4}$/u.test(text)) return Number(text);
  throw new BtError('BAD_CONFIG', `"${text}" is not a year; write it like 2026.`, { fault: 'config' });
}

/** What a gateway's days are beside ours. Throws CALENDAR_DISAGREES naming the days. */
async function check(
  calendar: TradingCalendar,
  { from, to }: CalendarYear,
  flags: Readonly<Record<string, unknown>>,
): Promise<string> {
  const { envFile } = flags;
  const env = loadEnv({ envFile: typeof envFile === 'string' ? envFile : null });
  const venue = await openVenue(
    new Settings(env, flags).text({ flag: '--broker', variables: ['DEFAULT_BROKER'] }) ?? ONLY_BROKER,
    { env: env.all(), log: nullLog },
  );
  const who = `${venue.name} (${venue.address})`;
  try {
    await venue.provider.start();
    const listed = [...new Set((await venue.provider.offers.calendar?.tradeDays(from, to)) ?? [])].toSorted();
    const [first, last] = [listed[0], listed.at(-1)];
    if (first === undefined || last === undefined) return `${who} knows no trading days from ${from} to ${to}.`;
    const differ = disagreements(calendar, listed, from, to);
    if (differ.length === 0) return `${who} knows the same ${listed.length} trading days from ${first} to ${last}.`;
    const days = differ.map(
      (day) => `${day} (${listed.includes(day) ? 'trades there, not here' : 'trades here, not there'})`,
    );
    throw new BtError(
      'CALENDAR_DISAGREES',
      `${who} and bt disagree about ${days.join(', ')}. Find out which is right (the exchanges' notices decide); update bt, or the gateway's calendar.`,
      { fault: 'config' },
    );
  } finally {
    await venue.provider.stop();
    await venue.broker.stop();
  }
}
