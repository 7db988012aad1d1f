import { beforeEach, describe, expect, it } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import type { BrokerAccount } from '../../../../src/domain/trading.ts';
import { FigureDoubt } from '../../../../src/engine/account/figure-doubt.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';

const error = (code: string): BtError => new BtError(code, code.toLowerCase(), { fault: 'venue' });

const ACCOUNT: BrokerAccount = {
  accountId: null,
  availableCash: 100_000,
  totalValue: 100_000,
  frozenCash: null,
  transferableCash: null,
  marketValue: null,
};

let timers: FakeTimers;
let doubts: string[];
let gate: string | null;
let doubt: FigureDoubt;

beforeEach(() => {
  timers = new FakeTimers();
  doubts = [];
  gate = null;
  doubt = new FigureDoubt({ timers, waits: () => gate, onDoubt: (reason) => void doubts.push(reason) });
});

describe('readings whose figures cannot be true', () => {
  it.each(['ACCOUNT_IMPOSSIBLE', 'BAD_ANSWER'])('%s stops trading at once', (code) => {
    doubt.met(error(code), false);
    expect([doubts, doubt.reason()]).toEqual([[code.toLowerCase()], code.toLowerCase()]);
  });

  it('figures that contradict one another stop it when they do so for 15 s', () => {
    for (const passed of [0, 7_000, 7_999]) {
      timers.pass(passed);
      doubt.met(error('ACCOUNT_INCONSISTENT'), false);
    }
    expect([doubts, doubt.reason()]).toEqual([[], 'account_inconsistent']);
    timers.pass(1);
    doubt.met(error('ACCOUNT_INCONSISTENT'), false);
    expect(doubts).toEqual(['account_inconsistent']);
  });

  it('one that fits in between begins it anew, one that failed otherwise does not', () => {
    doubt.met(error('ACCOUNT_INCONSISTENT'), false);
    timers.pass(10_000);
    doubt.met(error('RPC_TIMEOUT'), false);
    doubt.met(new Error('what?'), false);
    doubt.check(ACCOUNT, []);
    expect(doubt.reason()).toBeNull();
    timers.pass(10_000);
    doubt.met(error('ACCOUNT_INCONSISTENT'), false);
    expect(doubts).toEqual([]);
  });

  it('what own orders overtook need not fit', () => {
    doubt.met(error('ACCOUNT_INCONSISTENT'), true);
    timers.pass(20_000);
    doubt.met(error('ACCOUNT_INCONSISTENT'), true);
    expect([doubts, doubt.reason()]).toEqual([[], null]);
  });

  it('what was believed is the measure of the next', () => {
    const tenfold = { ...ACCOUNT, availableCash: 5e6, totalValue: 5e6 };
    expect(doubt.check(tenfold, [])).toEqual([]);
    doubt.taken(ACCOUNT);
    expect(() => doubt.check(tenfold, [])).toThrow(/was 100000\.00 when it was last read/);
  });

  it('a gate that is closed is not closed again', () => {
    gate = 'the connection is down';
    doubt.met(error('ACCOUNT_IMPOSSIBLE'), false);
    expect([doubts, doubt.reason()]).toEqual([[], 'account_impossible']);
  });
});
