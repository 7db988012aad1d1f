import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountReader } from '../../../../src/engine/account/account-reader.ts';
import { Bench } from '../orders/rows.ts';
import { accountParts, ScriptedLists } from './parts.ts';

let bench: Bench;
let reader: AccountReader;
let lists: ScriptedLists;
let told: string[];
beforeEach(async () => {
  bench = new Bench();
  lists = new ScriptedLists();
  told = [];
  ({ reader } = accountParts(bench, { lists }));
  bench.events.on((event) => {
    if (event.kind === 'external_change') told.push(event.text);
  });
  reads(100_000, 100_000);
  await reader.refresh();
});
afterEach(async () => {
  await reader.stop();
  bench.close();
});

function reads(availableCash: number, totalValue: number): void {
  const account = { accountId: null, availableCash, totalValue, frozenCash: null, transferableCash: null };
  bench.broker.account = () => Promise.resolve({ ...account, marketValue: 0 });
}

/** Until a difference that stays is believed. */
async function insisted(): Promise<boolean> {
  for (let second = 1; second <= 15; second += 1) {
    if (await reader.refresh()) return true;
    await bench.pass(1_000);
  }
  return false;
}

describe('cash after a lend of 50,000', () => {
  beforeEach(() => lists.traded({ security: '204001.XSHG', side: 'sell', amount: 500, price: 1.8 }));

  it.each([
    ['counts it into the whole', 100_000],
    ['leaves it out', 50_000],
  ])('is no news where the counter %s', async (_what, totalValue) => {
    reads(50_000, totalValue);
    expect([await insisted(), told]).toEqual([true, []]);
  });

  it('and a deposit is told, with the figures of the deposit', async () => {
    reads(57_000, 107_000);
    expect(await insisted()).toBe(true);
    expect(told).toEqual([expect.stringMatching(/100000\.00 was expected, the account has 107000\.00/)]);
  });
});
