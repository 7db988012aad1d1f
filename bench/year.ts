import { setFlagsFromString } from 'node:v8';
import { collector } from './collector.ts';
import { numberText } from './figure.ts';
import type { Figure, Row } from './figure.ts';
import { percentile, quietRatio, spreadOf } from './stats.ts';
import { BURST, ORDERS_A_DAY, startYear } from './year-run.ts';
import type { YearRun } from './year-run.ts';

const YEAR = '2025';
const WEEK = 5;
/** Days of another run before anything counts, until everything is compiled. */
const WARM_UP = 10;
const READS = 50;
const TIMES = 1.1;

/** What was measured in a week, wall ms. */
interface Week {
  readonly called: number[];
  readonly burst: number[];
  readonly orders: number[];
  readonly account: number[];
}

/**
 * One engine that lives for a year of trading days with two hundred orders each. What an order, a look at the orders and at the account
 * cost in its last week, beside the first week of a young one, order for order in turn: what disturbs the one disturbs the other. And what
 * it keeps in memory in the evening, beside its own first week.
 */
export const figure: Figure = {
  async run() {
    // Code that was not used for a while is kept: its going would hide what grows.
    setFlagsFromString('--no-flush-bytecode');
    const collect = collector();
    const warm = await startYear(YEAR);
    await inTurn([warm], warm.days.slice(0, WARM_UP));
    await warm.stop();
    const old = await startYear(YEAR);
    const young: number[] = [];
    const aged: number[] = [];
    const count = old.days.length - WEEK;
    for (const [index, day] of old.days.slice(0, count).entries()) {
      await old.open(day);
      await old.trade();
      if (index < WEEK) young.push(heap(collect));
      else if (index >= count - WEEK) aged.push(heap(collect));
      await old.close(day);
    }
    const other = await startYear(YEAR);
    const [first = newWeek(), last = newWeek()] = await inTurn([other, old], old.days.slice(count));
    await other.stop();
    await old.stop();
    const orders = (count * ORDERS_A_DAY).toLocaleString('en-US');
    return [
      timeRow(`an order's call, after ${orders} orders`, first.called, last.called),
      timeRow('an order with all that is read around it', first.burst, last.burst),
      timeRow(`the strategy's orders() of ${ORDERS_A_DAY}`, first.orders, last.orders),
      timeRow('the account, projected anew', first.account, last.account),
      row(
        { what: 'heap in the evening', unit: 'MB', shape: 'runs' },
        young,
        aged,
        percentile(aged, 0.5) / percentile(young, 0.5),
      ),
    ];
  },
};

function newWeek(): Week {
  return { called: [], burst: [], orders: [], account: [] };
}

/** The same days for each engine, ten orders of one after ten of the other. */
async function inTurn(runs: readonly YearRun[], days: readonly string[]): Promise<Week[]> {
  const weeks = runs.map((run) => ({ run, week: newWeek() }));
  for (const day of days) {
    for (const { run } of weeks) await run.open(day);
    for (let index = 0; index < ORDERS_A_DAY; index += BURST) {
      for (const { run, week } of weeks) {
        const { calls, whole } = await run.burst(index);
        week.called.push(...calls);
        week.burst.push(whole / BURST);
      }
    }
    for (let read = 0; read < READS; read += 1) {
      for (const { run, week } of weeks) {
        const { orders, account } = await run.reads();
        week.orders.push(orders);
        week.account.push(account);
      }
    }
    for (const { run } of weeks) await run.close(day);
  }
  return weeks.map(({ week }) => week);
}

/** MB. */
function heap(collect: () => void): number {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

function timeRow(what: string, first: readonly number[], last: readonly number[]): Row {
  return row({ what, unit: 'ms', shape: 'samples' }, first, last, quietRatio(last, first, 'lowest'));
}

function row(
  shared: Pick<Row, 'what' | 'unit' | 'shape'>,
  first: readonly number[],
  last: readonly number[],
  measured: number,
): Row {
  const text = `≤ ${TIMES} × the first week`;
  return {
    ...shared,
    spread: spreadOf(last),
    floor: { what: 'the first week', spread: spreadOf(first) },
    target: { text, measured, is: 'at most', limit: TIMES, shown: `${numberText(measured)} ×` },
  };
}
