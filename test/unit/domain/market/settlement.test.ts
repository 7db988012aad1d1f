import { describe, expect, it } from 'vitest';
import { boardOf } from '../../../../src/domain/market/board.ts';
import { SAME_DAY_FUNDS } from '../../../../src/domain/market/data/same-day-funds.ts';
import { settlementDays } from '../../../../src/domain/market/settlement.ts';
import { isDay } from '../../../../src/domain/time.ts';

describe('settlementDays', () => {
  it.each([
    ['518880.XSHG', 0],
    ['518880.SH', 0],
    ['518800.XSHG', 0],
    ['159934.XSHE', 0],
    ['159937.XSHE', 0],
    ['511880.XSHG', 0],
    ['511990.XSHG', 0],
    ['511010.XSHG', 0],
    ['513100.XSHG', 0],
    ['513500.XSHG', 0],
    ['159941.XSHE', 0],
    ['159985.XSHE', 0],
    ['113050.XSHG', 0],
    ['123107.XSHE', 0],
    ['600000.XSHG', 1],
    ['688981.XSHG', 1],
    ['830799.BJ', 1],
    // lessons A4 17: stock funds settle next day, whatever their prefix
    ['510300.XSHG', 1],
    ['510050.XSHG', 1],
    ['159915.XSHE', 1],
    ['159919.XSHE', 1],
    ['588000.XSHG', 1],
    ['517520.XSHG', 1],
    ['159562.XSHE', 1],
    ['161725.XSHE', 1],
    // the same number on the other exchange is another security
    ['518880.XSHE', 1],
  ])('%s: %d', (security, days) => {
    expect(settlementDays(security, '2026-07-06')).toBe(days);
  });

  it('begins on its day', () => {
    expect([settlementDays('518880.XSHG', '2015-01-16'), settlementDays('518880.XSHG', '2015-01-19')]).toEqual([1, 0]);
    expect([settlementDays('159985.XSHE', '2019-12-04'), settlementDays('159985.XSHE', '2019-12-05')]).toEqual([1, 0]);
  });

  it('lists six-digit fund codes, each once, with a day and a source', () => {
    const codes = SAME_DAY_FUNDS.flatMap((group) => group.codes.split(' '));
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) {
      expect(code).toMatch(/^[15]\d{5}$/);
      expect(['etf', 'lof']).toContain(boardOf(`${code}.${code.startsWith('5') ? 'XSHG' : 'XSHE'}`));
    }
    for (const group of SAME_DAY_FUNDS) expect(isDay(group.validFrom) && group.source !== '').toBe(true);
  });
});
