import fc from 'fast-check';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FillRow, IntentRow, OrderRow } from '../../../src/domain/order/rows.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { Store } from '../../../src/ledger/store.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { fill, intent, order } from './ledger-rows.ts';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder('ledger');
});

const DAYS = ['2026-07-06', '2026-07-07', '2026-07-08', '2026-07-09'] as const;
const SECURITIES = ['000001.XSHE', '600000.XSHG'] as const;
const INTENTS = 6;

/** Intent `index`: always the same, but for what the broker says was filled of it. */
function intentOf(index: number, filled: number): IntentRow {
  return {
    ...intent,
    clientId: `c${index}`,
    orderId: `o${index}`,
    tag: `tag0000${index}`,
    day: DAYS[index % DAYS.length] ?? DAYS[0],
    security: SECURITIES[index % SECURITIES.length] ?? SECURITIES[0],
    side: index % 3 === 0 ? 'sell' : 'buy',
    filled,
  };
}

function orderOf(index: number): OrderRow {
  const { orderId, day, security, side } = intentOf(index, 0);
  return { ...order, orderId, requestKey: orderId, day, security, side };
}

function fillOf(index: number, count: number, amount: number): FillRow {
  const { clientId, day } = intentOf(index, 0);
  return { ...fill, clientId, day, tradeId: `t${count}`, amount };
}

const index = fc.nat({ max: INTENTS - 1 });
const amount = fc.integer({ min: 1, max: 100 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('filled' as const), index, amount }),
  fc.record({ kind: fc.constant('fill' as const), index, amount }),
  fc.record({ kind: fc.constant('bonus' as const), index, amount }),
  fc.record({ kind: fc.constant('asked' as const), day: fc.constantFrom(...DAYS) }),
);

describe('what an instance owns', () => {
  it('is at any moment what a ledger opened anew reads, whatever was asked for and written before, on whatever day', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const place = mkdtempSync(join(folder, 'run-'));
        const store = new Store(place);
        const ledger = new Ledger(store);
        const all = Array.from({ length: INTENTS }, (_, number) => number);
        ledger.record({ orders: all.map(orderOf), intents: all.map((number) => intentOf(number, 0)) });
        for (const [count, one] of steps.entries()) {
          if (one.kind === 'filled') ledger.record({ intents: [intentOf(one.index, one.amount)] });
          if (one.kind === 'fill') ledger.record({ fills: [fillOf(one.index, count, one.amount)] });
          if (one.kind === 'bonus') {
            const { day, security } = intentOf(one.index, 0);
            ledger.keepHoldings([], [{ day, security, own: one.amount }]);
          }
          if (one.kind === 'asked') expect(ledger.holdings(one.day)).toEqual(readAnew(store, one.day));
        }
        for (const day of DAYS) expect(ledger.holdings(day)).toEqual(readAnew(store, day));
        ledger.close();
      }),
      { numRuns: 60 },
    );
  });

  it('is not read from the beginning again each time it is asked for, nor on a new day', () => {
    const store = new CountingStore(folder);
    const ledger = new Ledger(store);
    for (const number of [0, 1, 2, 3]) {
      ledger.record({ orders: [orderOf(number)], intents: [intentOf(number, 10)] });
      ledger.holdings(DAYS[number] ?? DAYS[0]);
    }
    store.from.length = 0;
    ledger.holdings(DAYS[3]);
    expect(store.from).toEqual([DAYS[3]]);
    ledger.holdings('2026-07-10');
    expect(store.from).toEqual([DAYS[3], DAYS[3], '2026-07-10']);
    ledger.close();
  });
});

function readAnew(store: Store, day: string): Map<string, number> {
  return new Ledger(store).holdings(day);
}

/** Notes from which day on intents were read. */
class CountingStore extends Store {
  readonly from: string[] = [];

  override all(...[sql, values]: Parameters<Store['all']>): ReturnType<Store['all']> {
    const from = values[1];
    if (sql.includes('FROM intents WHERE day >= ?') && typeof from === 'string') this.from.push(from);
    return super.all(sql, values);
  }
}
