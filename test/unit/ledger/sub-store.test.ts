import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SubBonus } from '../../../src/domain/order/sub-tally.ts';
import { InstanceState } from '../../../src/ledger/instance-state.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import type { CashMove } from '../../../src/ledger/rows.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { DAY, order } from './ledger-rows.ts';

let folder = '';
let ledger: Ledger;
beforeEach(() => {
  folder = temporaryFolder('subs');
  ledger = Ledger.open(folder);
});
afterEach(() => {
  ledger.close();
});

function later(): Ledger {
  ledger.close();
  ledger = Ledger.open(folder);
  return ledger;
}

const MOVE: CashMove = { key: 'call#1', at: 5, placedIn: 'call', from: 0, to: 1, cash: 100.25 };
const IN: CashMove = { key: 'call#2', at: 6, placedIn: 'other', from: null, to: 0, cash: 7 };
const nothing = { variables: [], settings: new Map<string, string>() };

describe('money that was moved', () => {
  it('is given back as it was written, oldest first, and by its call', () => {
    ledger.state.keep({ ...nothing, moves: [MOVE] });
    ledger.state.keep({ ...nothing, moves: [IN] });
    expect(later().subs.moves()).toEqual([MOVE, IN]);
    expect(ledger.subs.movesOfCall('call')).toEqual([MOVE]);
    expect(ledger.subs.movesOfCall('none')).toEqual([]);
  });

  it('is written once under its key', () => {
    ledger.state.keep({ ...nothing, moves: [MOVE, MOVE] });
    ledger.state.keep({ ...nothing, moves: [{ ...MOVE, cash: 5 }] });
    expect(ledger.subs.moves()).toEqual([MOVE]);
  });

  it('is of a life: one that begins has what was moved before it began, and nothing of the last one', () => {
    const life = { at: 1, file: '/s.ts' };
    new InstanceState(ledger).beginLife(life, 'h', { ...nothing, moves: [MOVE] });
    expect(new InstanceState(later()).moves()).toEqual([MOVE]);
    const fresh = new InstanceState(ledger, { fresh: true });
    expect(fresh.moves()).toEqual([]);
    fresh.beginLife(life, 'h', { ...nothing, moves: [IN] });
    expect(new InstanceState(later()).moves()).toEqual([IN]);
  });
});

it("a night's shares add up by day, and end with the life", () => {
  const bonus: SubBonus = { day: DAY, pindex: 1, security: '000001.XSHE', shares: 50 };
  ledger.keepHoldings([], [], [bonus, { ...bonus, pindex: 2 }]);
  ledger.keepHoldings([], [], [{ ...bonus, shares: -20 }]);
  expect(later().subs.bonuses()).toEqual([
    { ...bonus, shares: 30 },
    { ...bonus, pindex: 2 },
  ]);
  new InstanceState(ledger).beginLife({ at: 1, file: '/s.ts' }, 'h', nothing);
  expect(ledger.subs.bonuses()).toEqual([]);
});

it('orders of sub-portfolios other than the first are found by when they were created', () => {
  const of = (orderId: string, createdAt: number, pindex?: number): typeof order => ({
    ...order,
    orderId,
    requestKey: orderId,
    createdAt,
    request: pindex === undefined ? order.request : { ...order.request, pindex },
  });
  ledger.record({
    orders: [of('before', 9, 1), of('late', 12, 2), of('first', 11), of('zero', 11, 0), of('now', 10, 1)],
  });
  expect(
    later()
      .subs.orders(10)
      .map(({ orderId, request }) => [orderId, request.pindex]),
  ).toEqual([
    ['now', 1],
    ['late', 2],
  ]);
});
