import { atMost } from './figure.ts';
import type { Figure, Row, Target } from './figure.ts';
import { startCounted } from './order-work-run.ts';
import type { Work } from './order-work-run.ts';
import { spreadOf } from './stats.ts';

const ORDERS = 20;
const TARGET = 2;

/**
 * What the engine does for one `order()` that is filled at once, from the call to its return, and for a look at the account after it. Counted,
 * not timed: it is the same on every machine.
 */
export const figure: Figure = {
  async run() {
    const run = await startCounted();
    const orders: Work[] = [];
    const looks: Work[] = [];
    for (let order = 0; order < ORDERS; order += 1) {
      orders.push(await run.order());
      looks.push(await run.look());
    }
    await run.stop();
    const projections = orders.map((work) => work.projections);
    const target = atMost(TARGET, '', 'max', Math.max(...projections));
    return [
      row('order(): projections of the account', projections, target),
      row(
        'the same, with a look at the account after it',
        orders.map((work, index) => work.projections + (looks[index]?.projections ?? Number.NaN)),
      ),
      row(
        'order(): commits to the ledger',
        orders.map(({ commits }) => commits),
      ),
      row(
        'order(): requests for orders and trades',
        orders.map(({ listReads }) => listReads),
      ),
      row(
        'order(): requests for account and positions',
        orders.map(({ accountReads }) => accountReads),
      ),
      row(
        'order(): requests for a quote',
        orders.map(({ quotes }) => quotes),
      ),
    ];
  },
};

function row(what: string, counts: readonly number[], target: Target | null = null): Row {
  return { what, unit: '', shape: 'runs', spread: spreadOf(counts), floor: null, target };
}
