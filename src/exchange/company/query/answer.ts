import { CATALOGUE } from '../../../domain/data/catalogue/index.ts';
import type { ParamsOf } from '../../../domain/data/datasets.ts';
import { evaluate, type LoadTable } from '../../../domain/data/query/evaluate.ts';
import { evaluateDays } from '../../../domain/data/query/evaluate-days.ts';
import { neededTables, type Needed } from '../../../domain/data/query/sources.ts';
import type { QueryPlan } from '../../../domain/data/query-plan.ts';
import { concatTables, type DataTable } from '../../../domain/data/table.ts';
import { BtError } from '../../../domain/errors.ts';
import type { Steps } from '../../../domain/steps.ts';
import { chinaInstant, chinaMidnight, DAY } from '../../../domain/time.ts';
import type { Market } from '../../market.ts';
import { eventTable } from '../finance/index.ts';
import { endMs, periodOf } from '../quarters.ts';
import { Fundamentals } from './fundamentals.ts';
import { overAllDays } from './row-by-row.ts';
import type { Slot } from './rows.ts';

/** Values of one column that are held at once when a table is asked for on many days. */
const MOST_VALUES = 100_000;

/** Answers `query(…)` from what the market is made of, as it was known at an instant (epoch ms); in steps while tables are made. */
export function* query(
  market: Market,
  { database, query: plan, day, period, days }: ParamsOf<'query'>,
  asOf: number,
): Steps<DataTable> {
  if (database === 'finance' || database === 'macro')
    return evaluate(plan, yield* events(market, database, plan, asOf));
  if (database !== 'fundamentals') throw unknownDatabase(database);
  // What is found out about a day is complete when it is over.
  const known = chinaMidnight(asOf) - DAY;
  if (days !== null) return yield* fundamentalsOnDays(market, plan, days.map(midnight), known);
  const slot =
    period === null ? daySlot(market, day === null ? known : midnight(day), known) : periodSlot(market, period, known);
  const tables = new Fundamentals(market, [slot], known);
  yield* tables.make(needed('fundamentals', plan));
  return evaluate(plan, loader(tables, 0));
}

/** The tables of events that a plan needs. */
function* events(market: Market, database: 'finance' | 'macro', plan: QueryPlan, asOf: number): Steps<LoadTable> {
  const made = new Map<string, DataTable>();
  for (const one of needed(database, plan)) made.set(one.table, yield* eventTable(market, one, asOf));
  return (table) => made.get(table) ?? missing();
}

/** As of each of the days that are over, one after the other; with the day and the code of each row. */
function* fundamentalsOnDays(
  market: Market,
  plan: QueryPlan,
  days: readonly number[],
  known: number,
): Steps<DataTable> {
  const slots = days.filter((ms) => ms <= known).map((ms) => daySlot(market, ms, known));
  const companies = neededTables(plan)[0]?.codes ?? market.stocks();
  const step = Math.max(1, Math.floor(MOST_VALUES / Math.max(1, companies.length)));
  const whole = slots.every(({ ms, index }) => ms === market.days.midnight(index)) ? overAllDays(plan) : null;
  if (whole !== null && slots.length > 0) return yield* stretchByStretch(market, whole, slots, step, known);
  let loads: readonly LoadTable[] = [];
  const overDays = slots.map(({ ms }) => ms);
  return yield* evaluateDays(plan, overDays, function* loadOf(at) {
    const place = at % step;
    if (place === 0) {
      const stretch = slots.slice(at, at + step);
      const tables = new Fundamentals(market, stretch, known);
      yield* tables.make(needed('fundamentals', plan));
      loads = stretch.map((_, slot) => loader(tables, slot));
    }
    return loads[place] ?? missing;
  });
}

/** A plan whose rows say of which day they are: a stretch of days is answered at once. */
function* stretchByStretch(
  market: Market,
  plan: QueryPlan,
  slots: readonly Slot[],
  step: number,
  known: number,
): Steps<DataTable> {
  const answers: DataTable[] = [];
  for (let at = 0; at < slots.length; at += step) {
    const tables = new Fundamentals(market, slots.slice(at, at + step), known);
    yield* tables.make(needed('fundamentals', plan));
    answers.push(evaluate(plan, (table) => tables.wholeTable(table)));
  }
  return concatTables(answers);
}

function missing(): never {
  throw new RangeError('a table that was not made');
}

function loader(tables: Fundamentals, slot: number): LoadTable {
  return (table) => tables.table(slot, table);
}

/** What a plan needs of a database. BtError BAD_QUERY when a table is not of it. */
function needed(database: keyof typeof CATALOGUE, plan: QueryPlan): readonly Needed[] {
  const tables = neededTables(plan);
  for (const { table } of tables) requireTable(database, table);
  return tables;
}

/** BtError BAD_QUERY when a table is asked of a database that does not have it. */
function requireTable(database: keyof typeof CATALOGUE, table: string): void {
  if (Object.hasOwn(CATALOGUE[database], table)) return;
  const owner = Object.entries(CATALOGUE).find(([, tables]) => Object.hasOwn(tables, table))?.[0] ?? 'another';
  const asked = owner === 'fundamentals' ? 'get_fundamentals()' : `${owner}.run_query()`;
  throw new BtError('BAD_QUERY', `${table} is not a table of ${database}. Ask ${asked} for it.`, { fault: 'strategy' });
}

function daySlot({ days }: Market, day: number, known: number): Slot {
  const ms = Math.min(day, known);
  const index = days.indexWithin(ms);
  return { ms, index, listedBy: index, period: null };
}

function periodSlot({ days }: Market, text: string, known: number): Slot {
  const period = periodOf(text);
  if (period === null) {
    const why = `${JSON.stringify(text)} is no period of the paper market. Write one like '2024q3' or '2024'.`;
    throw new BtError('BAD_PERIOD', why, { fault: 'strategy' });
  }
  const ms = Math.min(endMs(period.last), known);
  return { ms, index: days.indexWithin(ms), listedBy: days.indexWithin(known), period };
}

function midnight(day: string): number {
  return chinaInstant(day, '00:00');
}

function unknownDatabase(database: string): BtError {
  const why = `There is no database ${JSON.stringify(database)} here. Ask fundamentals, finance or macro.`;
  return new BtError('BAD_QUERY', why, { fault: 'strategy' });
}
