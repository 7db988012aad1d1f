import { describe, expect, it } from 'vitest';
import { gapKind, worthGap } from '../../../../src/domain/order/plausible-worth.ts';
import type { BrokerPosition } from '../../../../src/domain/trading.ts';
import { aBrokerAccount, aHolding } from './builders.ts';

const ACCOUNT = aBrokerAccount({ availableCash: 90_000, frozenCash: 0, marketValue: 10_000 });
const HELD = aHolding(1_000);

const gap = (marketValue: number | null, rows: readonly BrokerPosition[], lent = 0): number | null =>
  worthGap({ ...ACCOUNT, marketValue }, rows, lent)?.more ?? null;

describe('what an account says its holdings are worth', () => {
  it('is what its rows are worth, a moment apart', () => {
    expect([gap(10_000, [HELD]), gap(10_200, [HELD]), gap(9_800, [HELD]), gap(null, [HELD])]).toEqual(
      Array(4).fill(null),
    );
    expect([gap(10_300, [HELD]), gap(9_700, [HELD]), gap(10_000, [])]).toEqual([300, -300, 10_000]);
    expect(gap(99_000, [{ ...HELD, marketValue: null }])).toBeNull();
  });

  it('may hold what cannot be ordered, or not; a holding that is not listed is missed beside it all the same', () => {
    const odd = { ...HELD, security: '888880.XSHG', marketValue: 50_000 };
    expect([gap(10_000, [HELD, odd]), gap(60_000, [HELD, odd])]).toEqual([null, null]);
    expect([gap(70_000, [HELD, odd]), gap(5_000, [HELD, odd])]).toEqual([60_000, -5_000]);
  });

  it('may hold what is known to be lent, or not, and no more', () => {
    expect([gap(10_000, [HELD], 50_000), gap(60_000, [HELD], 50_000)]).toEqual([null, null]);
    expect([gap(70_000, [HELD], 50_000), gap(60_000, [], 50_000)]).toEqual([60_000, 60_000]);
  });
});

describe('a gap', () => {
  const kind = (
    more: number,
    rows: readonly BrokerPosition[],
    last: Readonly<Record<string, number>> | null,
  ): string => {
    const listed = rows.reduce((sum, held) => sum + (held.marketValue ?? 0), 0);
    return gapKind({ what: '', more, listed }, rows, last === null ? null : new Map(Object.entries(last)));
  };
  const OTHER = { ...HELD, security: '600000.XSHG' };

  it('is harmless when the list shows what it last showed: prices of two days, money that is lent', () => {
    expect(kind(10_000, [HELD], { '000001.XSHE': 1_000 })).toBe('harmless');
    expect(kind(-5_000, [HELD], { '000001.XSHE': 1_000 })).toBe('harmless');
    expect(kind(1e6, [], {})).toBe('harmless');
  });

  it('of which nobody knows whether the list is whole is unknown', () => {
    expect(kind(10_000, [HELD], null)).toBe('unknown');
    expect(kind(10_000, [HELD], { '000001.XSHE': 500 })).toBe('unknown');
    expect(kind(10_000, [HELD], { '000001.XSHE': 1_000, '600000.XSHG': 0 })).toBe('unknown');
  });

  it('beside which a holding is gone from the list is one that is missing', () => {
    expect(kind(10_000, [HELD], { '000001.XSHE': 1_000, '600000.XSHG': 1_000 })).toBe('missing');
    expect(kind(10_000, [], { '000001.XSHE': 1_000 })).toBe('missing');
  });

  it('is absurd when the list shows more than the account counts, and other shares than it last did, or five times as much', () => {
    expect(kind(-5_000, [HELD], null)).toBe('absurd');
    expect(kind(-5_000, [HELD], { '000001.XSHE': 500 })).toBe('absurd');
    expect(kind(-10_000, [HELD, OTHER], { '000001.XSHE': 1_000 })).toBe('absurd');
    expect(kind(-8_100, [HELD], { '000001.XSHE': 1_000 })).toBe('absurd');
  });
});
