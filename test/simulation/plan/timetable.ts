import { exchangeCalendar } from '../../../src/domain/market/calendar.ts';
import { addDays, weekday } from '../../../src/domain/time.ts';
import type { Rng } from '../../../src/platform/random.ts';
import { between, pick, weighted } from './pick.ts';
import type { Restart, Skip } from './types.ts';

/** Market time at which a world spends `ms` (virtual) before it moves on to the next such time. */
export interface Stretch {
  readonly day: string;
  readonly time: string;
  readonly ms: number;
}

/** A day's times to be awake at, in order, with how likely each is. */
const DAY_TIMES: readonly (readonly [number, string])[] = [
  [0.7, '08:44:57'],
  [0.25, '09:10:00'],
  [0.2, '09:16:10'],
  [0.2, '09:24:56'],
  [0.25, '09:29:56'],
  [0.6, '09:40:00'],
  [0.2, '11:29:45'],
  [0.1, '12:15:00'],
  [0.3, '13:30:00'],
  [0.25, '14:56:50'],
  [0.2, '14:59:55'],
  [0.35, '15:00:58'],
  [0.2, '23:59:57'],
];

const FIRST_DAYS: readonly string[] = ['2026-07-02', '2026-07-03', '2026-07-06', '2026-07-08', '2026-04-30'];

/** Some trading days from one after the other, with their nights and weekends. It ends in continuous trading. */
export function drawDays(rng: Rng): Stretch[] {
  const calendar = exchangeCalendar();
  let day = pick(rng, FIRST_DAYS);
  const stretches: Stretch[] = [{ day, time: pick(rng, ['09:35:00', '13:30:00', '14:56:50']), ms: stay(rng) }];
  const days = 1 + rng.int(4);
  for (let count = 0; count < days; count += 1) {
    const from = stretches.at(-1)?.time ?? '';
    const evening = DAY_TIMES.filter(([, time]) => count === 0 && time > from && time > '14:59');
    stretches.push(...awake(rng, day, evening));
    if (weekday(day) === 5 && rng.next() < 0.4)
      stretches.push({ day: addDays(day, 1), time: '10:00:00', ms: stay(rng) });
    day = calendar.next(day);
    stretches.push(...awake(rng, day, count === days - 1 ? DAY_TIMES.slice(0, 6) : DAY_TIMES));
  }
  return [...stretches, { day, time: '10:00:00', ms: 8_000 + stay(rng) }];
}

function awake(rng: Rng, day: string, times: readonly (readonly [number, string])[]): Stretch[] {
  return times.filter(([share]) => rng.next() < share).map(([, time]) => ({ day, time, ms: stay(rng) }));
}

function stay(rng: Rng): number {
  return Math.round(between(rng, 2_500, 8_000));
}

const MONDAY = '2026-07-06';

/** Times of day at which such a world begins; each moment of a day that is not plain continuous trading. */
export const EARLY_AND_LATE: readonly (readonly [number, string])[] = [
  [3, '08:31:00'],
  [3, '09:05:00'],
  [2, '09:14:30'],
  [4, '09:15:20'],
  [3, '09:17:00'],
  [3, '09:19:52'],
  [3, '09:21:00'],
  [3, '09:25:10'],
  [3, '09:29:30'],
  [3, '11:29:40'],
  [2, '11:40:00'],
  [3, '12:59:52'],
  [3, '14:56:52'],
  [3, '14:58:00'],
  [2, '15:02:00'],
  [1, '16:30:00'],
];

/** Every opening, closing and change of the rules. */
const EDGES: readonly string[] = [
  '09:14:57',
  '09:19:57',
  '09:24:57',
  '09:29:57',
  '11:29:57',
  '12:59:57',
  '14:56:57',
  '14:59:57',
  '15:00:58',
];

/** One day's edges from some moment outside of continuous trading on, or a Saturday and the Monday after it. */
export function drawHours(rng: Rng): Stretch[] {
  const saturday = rng.next() < 0.08;
  const day = saturday ? '2026-07-04' : MONDAY;
  const time = saturday ? '10:00:00' : weighted(rng, EARLY_AND_LATE);
  const first: Stretch = { day, time, ms: 3_000 + stay(rng) };
  const edges = saturday ? EDGES.slice(0, 4) : EDGES.filter((edge) => edge > time);
  // Not everybody is awake at each of them, and few stay to the end of the day.
  const many = rng.next() < 0.4 ? edges : edges.slice(0, 2 + rng.int(3));
  const chosen = many.filter((edge) => edge === '09:29:57' || rng.next() < 0.8);
  const rest = chosen.map((edge): Stretch => ({ day: MONDAY, time: edge, ms: stay(rng) }));
  const last = rest.at(-1)?.time ?? time;
  const end = last < '11:29' ? '10:15:00' : last < '14:50' ? '13:45:00' : null;
  if (end !== null) return [first, ...rest, { day: MONDAY, time: end, ms: 12_000 }];
  if (rng.next() < 0.5) return [first, ...rest];
  return [
    first,
    ...rest,
    { day: '2026-07-07', time: '08:44:57', ms: stay(rng) },
    { day: '2026-07-07', time: '09:40:00', ms: 9_000 },
  ];
}

/** Each day of one to three months: an hour's look at the market, the close, and the night. */
export function drawMonths(rng: Rng): Stretch[] {
  const calendar = exchangeCalendar();
  const stretches: Stretch[] = [];
  let day = '2026-03-02';
  const days = 20 + rng.int(41);
  for (let count = 0; count < days; count += 1) {
    stretches.push({ day, time: '09:31:00', ms: 6_000 }, { day, time: '14:58:00', ms: 2_500 });
    stretches.push({ day, time: '15:00:58', ms: 6_500 });
    day = calendar.next(day);
    stretches.push({ day, time: '08:44:58', ms: 4_000 });
  }
  return [...stretches, { day, time: '09:31:00', ms: 8_000 }];
}

/** Virtual ms at which each stretch begins. */
export function beginnings(stretches: readonly Stretch[]): number[] {
  let at = 0;
  return stretches.map(({ ms }) => {
    const begin = at;
    at += ms;
    return begin;
  });
}

export function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { ms }) => sum + ms, 0);
}

/** How market time gets from one stretch to the next: through all that is due in between. */
export function passages(stretches: readonly Stretch[]): Skip[] {
  const begins = beginnings(stretches);
  return stretches
    .map(({ day, time }, index): Skip => ({ at: begins[index] ?? 0, to: `${day} ${time}`, through: true }))
    .slice(1);
}

/** The engine dies in some stretch and is started in a later one, mostly on another day. */
export function drawRestarts(rng: Rng, stretches: readonly Stretch[]): Restart[] {
  const begins = beginnings(stretches);
  const restarts: Restart[] = [];
  let free = 0;
  for (const [index, stretch] of stretches.entries()) {
    if (index < free || index === stretches.length - 1 || rng.next() > 0.3) continue;
    const at = (begins[index] ?? 0) + stretch.ms * rng.next();
    const later = stretches.findIndex(({ day }, other) => other > index && day > stretch.day);
    const back =
      later < 0 || rng.next() < 0.3 ? index + rng.int(2) : Math.min(later + rng.int(3), stretches.length - 1);
    const up = (begins[back] ?? 0) + (stretches[back]?.ms ?? 0) * rng.next() * 0.7;
    restarts.push({ at, downMs: Math.max(50, up - at) });
    free = back + 1;
  }
  return restarts;
}
