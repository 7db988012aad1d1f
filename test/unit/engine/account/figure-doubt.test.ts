import { beforeEach, describe, expect, it } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import type { BrokerAccount, BrokerPosition } from '../../../../src/domain/trading.ts';
import { Events } from '../../../../src/engine/events.ts';
import { FigureDoubt } from '../../../../src/engine/account/figure-doubt.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { aBrokerAccount, aHolding } from '../../domain/order/builders.ts';

const error = (code: string): BtError => new BtError(code, code.toLowerCase(), { fault: 'venue' });

const ACCOUNT = aBrokerAccount();

let lastHeld: ReadonlyMap<string, number> | null;
let lent: number;
const KNOWN = { lastHeld: () => lastHeld, lent: () => lent };

let timers: FakeTimers;
let doubts: string[];
let gate: string | null;
let doubt: FigureDoubt;
let told: string[];
let warned: string[];

beforeEach(() => {
  timers = new FakeTimers();
  doubts = [];
  gate = null;
  told = [];
  warned = [];
  lastHeld = null;
  lent = 0;
  const events = new Events();
  events.on((event) => {
    if (event.kind === 'external_change') told.push(event.text);
    if (event.kind === 'order_note') warned.push(event.text);
  });
  doubt = new FigureDoubt({
    timers,
    events,
    waits: () => gate,
    onDoubt: (reason) => void doubts.push(reason),
    ...KNOWN,
  });
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
    doubt.taken(ACCOUNT, []);
    expect(() => doubt.check(tenfold, [])).toThrow(/was 100000\.00 when it was last read/);
  });

  it('a gate that is closed is not closed again', () => {
    gate = 'the connection is down';
    doubt.met(error('ACCOUNT_IMPOSSIBLE'), false);
    expect([doubts, doubt.reason()]).toEqual([[], 'account_impossible']);
  });
});

describe('a whole account that nothing explains after the last one', () => {
  const BACK = { ...ACCOUNT, availableCash: 5e6, totalValue: 5e6 };
  const read = (account: BrokerAccount, positions: readonly BrokerPosition[] = []): boolean => {
    try {
      doubt.taken(account, doubt.check(account, positions));
      return true;
    } catch (thrown) {
      doubt.met(thrown, false);
      return false;
    }
  };
  /** Wall ms for which it is not believed, read every 10 s; null = not within an hour. */
  const doubtedFor = (account: BrokerAccount, positions?: readonly BrokerPosition[]): number | null => {
    for (let passed = 0; passed <= 3_600_000; passed += 10_000) {
      if (read(account, positions)) return passed;
      timers.pass(10_000);
    }
    return null;
  };
  const HELD = { security: '000001.XSHE', name: null, amount: 500_000, closeableAmount: 0, avgCost: 10 };

  beforeEach(() => void read(ACCOUNT));

  it('closes the gate while it is new, and is believed when it insists for a minute, which is told with both figures', () => {
    expect(doubtedFor(BACK)).toBe(60_000);
    expect(doubts[0]).toMatch(/5000000\.00 was 100000\.00/);
    expect([told.length, told[0], doubt.reason()]).toEqual([
      1,
      expect.stringMatching(/5000000\.00 was 100000\.00/),
      null,
    ]);
    expect([read(BACK), told.length]).toEqual([true, 1]);
  });

  it('needs three readings 5 s apart of one figure', () => {
    read(BACK);
    timers.pass(60_000);
    expect([read(BACK), read(BACK), read(BACK)]).toEqual([false, false, false]);
    timers.pass(5_000);
    expect(read(BACK)).toBe(true);
    read(ACCOUNT);
    timers.pass(10_000);
    for (let step = 0; step < 100; step += 1) {
      const total = step % 2 === 0 ? 5e6 : 5.1e6;
      expect(read({ ...ACCOUNT, availableCash: total, totalValue: total })).toBe(false);
      timers.pass(10_000);
    }
  });

  it('is a slip when the last one comes again, and begins anew', () => {
    read(BACK);
    timers.pass(50_000);
    expect([read(ACCOUNT), doubtedFor(BACK)]).toEqual([true, 60_000]);
  });

  it('takes ten minutes when its parts do not make its whole: most of it may be lent', () => {
    expect(doubtedFor({ ...BACK, availableCash: 1_000 })).toBe(600_000);
  });

  it('that is all zeros is believed of an account of cash, never of one that held shares or of none', () => {
    const zeros = { ...ACCOUNT, availableCash: 0, totalValue: 0 };
    expect(doubtedFor(zeros)).toBe(60_000);
    const events = new Events();
    doubt = new FigureDoubt({ timers, events, waits: () => gate, onDoubt: () => undefined, ...KNOWN });
    expect(doubtedFor(zeros)).toBeNull();
    expect(read(BACK, [{ ...HELD, lastPrice: 1, marketValue: 500_000 }])).toBe(true);
    expect(doubtedFor(zeros)).toBeNull();
  });

  it('is not measured by a total in which holdings had no price', () => {
    const cash = { accountId: null, availableCash: 50_000, frozenCash: 0, transferableCash: null };
    doubt = new FigureDoubt({ timers, events: new Events(), waits: () => gate, onDoubt: () => undefined, ...KNOWN });
    expect(
      read({ ...cash, totalValue: 50_000, marketValue: 0 }, [{ ...HELD, lastPrice: null, marketValue: null }]),
    ).toBe(true);
    const priced = [{ ...HELD, lastPrice: 10, marketValue: 5e6 }];
    expect(read({ ...cash, totalValue: 5_050_000, marketValue: 5e6 }, priced)).toBe(true);
  });
});

describe('an account that counts something else than its list of positions', () => {
  const HELD = aHolding(1_000);
  const counts = (marketValue: number): BrokerAccount =>
    aBrokerAccount({ availableCash: 90_000, frozenCash: 0, marketValue, totalValue: 90_000 + marketValue });
  /** Wall ms for which it is not believed, read every 10 s; null = not within an hour. */
  const doubtedFor = (account: BrokerAccount, positions: readonly BrokerPosition[]): number | null => {
    for (let passed = 0; passed <= 3_600_000; passed += 10_000) {
      try {
        doubt.taken(account, doubt.check(account, positions));
        return passed;
      } catch (thrown) {
        doubt.met(thrown, false);
      }
      timers.pass(10_000);
    }
    return null;
  };

  it('on an ex-right morning, in the shares it last held, is believed after a minute, told once, and stops no target', () => {
    lastHeld = new Map([['000001.XSHE', 1_000]]);
    expect(doubtedFor(counts(20_000), [HELD])).toBe(60_000);
    expect(doubtedFor(counts(20_000), [HELD])).toBe(0);
    expect(warned).toEqual([expect.stringMatching(/worth 10000\.00, the account says 20000\.00 \(prices of two days/)]);
    expect([doubt.mayLackRows, doubt.reason()]).toEqual([false, null]);
    expect(doubtedFor(counts(5_000), [HELD])).toBe(60_000);
  });

  it('in money that is known to be lent today is no news', () => {
    lent = 50_000;
    expect([doubtedFor(counts(60_000), [HELD]), doubtedFor(counts(10_000), [HELD]), warned]).toEqual([0, 0, []]);
  });

  it('of which nobody knows whether its list is whole may lack rows for as long as it is so, whatever is believed meanwhile', () => {
    expect(doubtedFor(counts(60_000), [HELD])).toBe(60_000);
    lastHeld = new Map([['000001.XSHE', 1_000]]);
    expect([doubtedFor(counts(60_000), [HELD]), doubt.mayLackRows]).toEqual([0, true]);
    expect([doubtedFor(counts(10_000), [HELD]), doubt.mayLackRows]).toEqual([0, false]);
    expect(warned).toHaveLength(1);
  });

  it('while a holding is gone from the list is doubted for ten minutes', () => {
    lastHeld = new Map([
      ['600000.XSHG', 5_000],
      ['000001.XSHE', 1_000],
    ]);
    expect(doubtedFor(counts(60_000), [HELD])).toBe(600_000);
    expect(doubt.mayLackRows).toBe(true);
  });

  it('and less than that, in other shares than it last held, is never believed', () => {
    lastHeld = new Map([['000001.XSHE', 100]]);
    expect(doubtedFor(counts(1_000), [HELD])).toBeNull();
    expect(doubts[0]).toMatch(/worth 10000\.00, the account says 1000\.00/);
  });
});
