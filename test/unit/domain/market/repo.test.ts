import { describe, expect, it } from 'vitest';
import { lotRule } from '../../../../src/domain/market/lot.ts';
import { isRepo, repoInterest, repoTerm, takesCash, tradedMoney } from '../../../../src/domain/market/repo.ts';
import { canCancel, canSendOrder, lastSendTime, sessionPhase } from '../../../../src/domain/market/session.ts';
import { tickSize } from '../../../../src/domain/market/tick.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';

const DAY = '2026-07-06';

describe('a repo', () => {
  it('lends for the days of its code, in lots of 10 units, on the tick of its exchange', () => {
    expect(['204001.XSHG', '204007.XSHG', '204182.XSHG', '131810.XSHE', '131800.XSHE'].map(repoTerm)).toEqual([
      1, 7, 182, 1, 3,
    ]);
    expect(repoTerm('204005.XSHG')).toBeNull();
    expect(lotRule('204001.XSHG')).toMatchObject({ minBuy: 10, step: 10 });
    expect(lotRule('131810.XSHE')).toMatchObject({ minBuy: 10, step: 10 });
    expect([tickSize('204001.XSHG'), tickSize('131810.XSHE')]).toEqual([0.005, 0.001]);
  });

  it('lends 100 CNY a unit whatever its rate, and a sell of it takes cash', () => {
    expect(tradedMoney('204001.XSHG', 1000, 1.63)).toBe(100_000);
    expect(tradedMoney('600000.XSHG', 1000, 1.63)).toBe(1630);
    expect([takesCash('204001.XSHG', 'sell'), takesCash('600000.XSHG', 'sell')]).toEqual([true, false]);
    expect(repoInterest(100_000, 1.825, 3)).toBeCloseTo(15, 10);
    expect([isRepo('204001.XSHG'), isRepo('204001.XSHE'), isRepo('131810.XSHE')]).toEqual([true, false, true]);
  });

  it.each([
    ['09:20:00', true, false],
    ['09:27:00', false, false],
    ['14:58:00', true, true],
    ['15:10:00', true, true],
    ['15:29:59', true, true],
    ['15:30:00', false, false],
  ])('at %s: orders %s, cancels %s', (time, sends, cancels) => {
    const now = chinaInstant(DAY, time);
    expect([canSendOrder(now, '204001.XSHG'), canCancel(now, '131810.XSHE')]).toEqual([sends, cancels]);
  });

  it('leaves the hours of everything else alone', () => {
    const now = chinaInstant(DAY, '15:10:00');
    expect([canSendOrder(now, '600000.XSHG'), canSendOrder(now), sessionPhase(now)]).toEqual([
      false,
      false,
      'after_close',
    ]);
    expect(lastSendTime(DAY, '204001.XSHG') - lastSendTime(DAY, '600000.XSHG')).toBe(30 * 60_000);
  });
});
