import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { numberText } from './figure.ts';
import type { Figure, Row } from './figure.ts';
import { percentile, quietRatio, spreadOf } from './stats.ts';
import { BURST, ORDERS_A_DAY, startYear } from './year-run.ts';
import type { YearRun } from './year-run.ts';

const YEAR = '2025';
const WEEK = 5;
/** Days of another run before the first week, until everything is compiled. */
const WARM_UP = 10;
const READS = 50;
const TIMES = 1.1;

/** What was measured in a week, wall ms, and MB of heap each evening. */
interface Week {
  readonly called: number[];
  readonly burst: number[];
  readonly orders: number[];
  readonly account: number[];
  readonly heap: number[];
}

/**
 * One engine that lives for a year of trading days with two hundred orders each: what an order, a look at the orders and at the account cost,
 * and what is kept in memory, in its last week beside its first.
 */
export const figure: Figure = {
  async run() {
    const collect = collector();
    const warm = await startYear(YEAR);
    for (const day of warm.days.slice(0, WARM_UP)) await watched(warm, day, newWeek(), collect);
    await warm.stop();
    const run = await startYear(YEAR);
    const { days } = run;
    const [first, last] = [newWeek(), newWeek()];
    for (const [index, day] of days.entries()) {
      if (index < WEEK) await watched(run, day, first, collect);
      else if (index >= days.length - WEEK) await watched(run, day, last, collect);
      else await unwatched(run, day);
    }
    await run.stop();
    const orders = ((days.length - WEEK) * ORDERS_A_DAY).toLocaleString('en-US');
    return [
      timeRow(`an order's call, after ${orders} orders`, first.called, last.called),
      timeRow('an order with all that is read around it', first.burst, last.burst),
      timeRow(`the strategy's orders() of ${ORDERS_A_DAY}`, first.orders, last.orders),
      timeRow('the account, projected anew', first.account, last.account),
      heapRow(first.heap, last.heap),
    ];
  },
};

function newWeek(): Week {
  return { called: [], burst: [], orders: [], account: [], heap: [] };
}

async function watched(run: YearRun, day: string, week: Week, collect: () => void): Promise<void> {
  await run.trade(day, {
    called: (ms) => void week.called.push(ms),
    burst: (ms) => void week.burst.push(ms / BURST),
  });
  for (let read = 0; read < READS; read += 1) {
    const { orders, account } = await run.reads();
    week.orders.push(orders);
    week.account.push(account);
  }
  collect();
  week.heap.push(process.memoryUsage().heapUsed / 2 ** 20);
  await run.close(day);
}

async function unwatched(run: YearRun, day: string): Promise<void> {
  await run.trade(day, null);
  await run.close(day);
}

/** The garbage collector, on call. Code that was not used for a while is kept: its going would hide what grows. */
function collector(): () => void {
  setFlagsFromString('--no-flush-bytecode');
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('this Node has no garbage collector to call');
  return () => void collect();
}

function timeRow(what: string, first: readonly number[], last: readonly number[]): Row {
  return row({ what, unit: 'ms', shape: 'samples' }, first, last, quietRatio(last, first, 'lowest'));
}

function heapRow(first: readonly number[], last: readonly number[]): Row {
  const shared = { what: 'heap in the evening', unit: 'MB', shape: 'runs' } as const;
  return row(shared, first, last, percentile(last, 0.5) / percentile(first, 0.5));
}

function row(
  shared: Pick<Row, 'what' | 'unit' | 'shape'>,
  first: readonly number[],
  last: readonly number[],
  measured: number,
): Row {
  return {
    ...shared,
    spread: spreadOf(last),
    floor: { what: 'its first week', spread: spreadOf(first) },
    target: {
      text: `≤ ${TIMES} × the first week`,
      measured,
      is: 'at most',
      limit: TIMES,
      shown: `${numberText(measured)} ×`,
    },
  };
}
