import { beforeEach, describe, expect, it } from 'vitest';
import { CashDispute, type CashReading } from '../../../../src/engine/account/cash-dispute.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';

let timers: FakeTimers;
let speed: number;
let dispute: CashDispute;
beforeEach(() => {
  timers = new FakeTimers();
  speed = 1;
  const clock = {
    get speed(): number {
      return speed;
    },
  };
  dispute = new CashDispute(clock, timers);
});

const buy = { security: '000001.XSHE', amount: 1000, price: 10 } as const;
const reads = (read: number, change: Partial<CashReading> = {}): boolean =>
  dispute.fits({ expected: 100_000, read, moved: [], ...change });

describe('cash that is read', () => {
  it('as expected, to the rounding, is believed', () => {
    expect([reads(100_000), reads(100_000.99), reads(99_999.01)]).toEqual([true, true, true]);
  });

  it('may differ by what fees may differ, for each trade since', () => {
    expect(reads(99_972, { moved: [buy] })).toBe(true);
    expect(reads(99_970, { moved: [buy] })).toBe(false);
    expect(reads(99_945, { moved: [buy, buy] })).toBe(true);
  });

  it('that lags behind a fill is not believed for 10 s, however often it is read', () => {
    dispute.traded();
    for (let second = 0; second <= 10; second += 1) {
      expect([second, reads(110_000, { moved: [buy] })]).toEqual([second, false]);
      timers.pass(1_000);
    }
    expect(reads(110_000, { moved: [buy] })).toBe(true);
  });

  it('that differs without a trade, a deposit or a dividend, is believed when it still does 2 s later', () => {
    expect(reads(105_000)).toBe(false);
    timers.pass(1_900);
    expect(reads(105_000)).toBe(false);
    timers.pass(100);
    expect(reads(105_000)).toBe(true);
  });

  it('that goes on changing is not', () => {
    for (let step = 0; step < 10; step += 1) {
      expect(reads(105_000 + step * 10)).toBe(false);
      timers.pass(2_000);
    }
  });

  it('begins anew after a reading that was believed', () => {
    expect(reads(105_000)).toBe(false);
    timers.pass(5_000);
    dispute.clear();
    expect(reads(105_000)).toBe(false);
  });

  it('on a fast clock lags as much shorter', () => {
    speed = 10;
    dispute.traded();
    expect(reads(110_000)).toBe(false);
    timers.pass(1_050);
    expect(reads(110_000)).toBe(true);
  });
});
