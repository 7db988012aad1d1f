import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCode, errorMessage } from '../../../../src/domain/errors.ts';
import { boardOf, isTradable } from '../../../../src/domain/market/board.ts';
import { canonicalSecurity, normalizeCode, parseSecurity, toQmtCode } from '../../../../src/domain/market/symbol.ts';

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
}

describe('parseSecurity', () => {
  it.each([
    ['000001.XSHE', '000001.XSHE', 'XSHE', '000001.SZ'],
    ['000001.xshe', '000001.XSHE', 'XSHE', '000001.SZ'],
    ['000001.SZ', '000001.XSHE', 'XSHE', '000001.SZ'],
    ['000001.sh', '000001.XSHG', 'XSHG', '000001.SH'],
    [' 600000.SH ', '600000.XSHG', 'XSHG', '600000.SH'],
    ['830799.BJ', '830799.BJ', 'BJSE', '830799.BJ'],
    ['830799.XBSE', '830799.BJ', 'BJSE', '830799.BJ'],
    ['920819.bj', '920819.BJ', 'BJSE', '920819.BJ'],
  ])('%s → %s', (text, security, exchange, qmt) => {
    expect(parseSecurity(text)).toEqual({ security, number: security.slice(0, 6), exchange });
    expect(canonicalSecurity(text)).toBe(security);
    expect(toQmtCode(text)).toBe(qmt);
  });

  it.each([
    '',
    '000001',
    '00001.XSHE',
    '0000001.XSHE',
    '000001.HK',
    '000001.OF',
    'IF1709.CCFX',
    '000001.XSHE.SZ',
    'XSHE.000001',
  ])('"%s" is refused and told how to write it', (text) => {
    const error = thrownBy(() => parseSecurity(text));
    expect(errorCode(error)).toBe('BAD_SECURITY');
    expect(errorMessage(error)).toContain('000001.XSHE');
  });

  it('is idempotent and never loses the market', () => {
    const code = fc
      .tuple(fc.integer({ min: 0, max: 999_999 }), fc.constantFrom('XSHG', 'XSHE', 'BJ', 'SH', 'sz', 'XBSE'))
      .map(([n, suffix]) => `${String(n).padStart(6, '0')}.${suffix}`);
    fc.assert(
      fc.property(code, (text) => {
        const security = canonicalSecurity(text);
        expect(canonicalSecurity(security)).toBe(security);
        expect(canonicalSecurity(toQmtCode(text))).toBe(security);
        expect(normalizeCode(text)).toBe(security);
      }),
    );
  });
});

describe('normalizeCode (JoinQuant normalize_code)', () => {
  it.each([
    ['000001', '000001.XSHE'],
    ['SZ000001', '000001.XSHE'],
    ['000001SZ', '000001.XSHE'],
    ['000001.sz', '000001.XSHE'],
    ['sz000001', '000001.XSHE'],
    ['SH.600000', '600000.XSHG'],
    ['SH000001', '000001.XSHG'],
    ['000001.XSHG', '000001.XSHG'],
    [1, '000001.XSHE'],
    [600_519, '600519.XSHG'],
    ['300750', '300750.XSHE'],
    ['688981', '688981.XSHG'],
    ['510300', '510300.XSHG'],
    ['159915', '159915.XSHE'],
    ['900901', '900901.XSHG'],
    ['920819', '920819.BJ'],
    ['830799', '830799.BJ'],
    ['113050', '113050.XSHG'],
    ['123107', '123107.XSHE'],
    ['204001', '204001.XSHG'],
    ['131810', '131810.XSHE'],
  ])('%s → %s', (code, security) => {
    expect(normalizeCode(code)).toBe(security);
  });

  it.each(['', 'abc', '12345', 'SH000001.SZ', 1.5, -1, 1_000_000, Number.NaN])('%s is refused', (code) => {
    expect(errorCode(thrownBy(() => normalizeCode(code)))).toBe('BAD_SECURITY');
  });
});

describe('boardOf', () => {
  it.each([
    ['600000.XSHG', 'main'],
    ['601318.XSHG', 'main'],
    ['605499.XSHG', 'main'],
    ['000001.XSHE', 'main'],
    ['001979.XSHE', 'main'],
    ['002415.XSHE', 'main'],
    ['003816.XSHE', 'main'],
    ['300750.XSHE', 'chinext'],
    ['301236.XSHE', 'chinext'],
    ['688981.XSHG', 'star'],
    ['689009.XSHG', 'star'],
    ['430047.BJ', 'bse'],
    ['830799.BJ', 'bse'],
    ['871981.BJ', 'bse'],
    ['920819.BJ', 'bse'],
    ['510300.XSHG', 'etf'],
    ['518880.XSHG', 'etf'],
    ['561910.XSHG', 'etf'],
    ['588000.XSHG', 'etf'],
    ['159915.XSHE', 'etf'],
    ['161725.XSHE', 'lof'],
    ['501018.XSHG', 'lof'],
    ['180101.XSHE', 'lof'],
    ['519888.XSHG', 'other'],
    ['110059.XSHG', 'convertible'],
    ['113050.XSHG', 'convertible'],
    ['118003.XSHG', 'convertible'],
    ['123107.XSHE', 'convertible'],
    ['127056.XSHE', 'convertible'],
    ['128136.XSHE', 'convertible'],
    ['900901.XSHG', 'b_share'],
    ['200596.XSHE', 'b_share'],
    ['204001.XSHG', 'repo'],
    ['131810.XSHE', 'repo'],
    ['000001.XSHG', 'index'],
    ['000300.XSHG', 'index'],
    ['399001.XSHE', 'index'],
    ['899050.BJ', 'index'],
    ['730123.XSHG', 'other'],
  ])('%s is %s', (security, board) => {
    expect(boardOf(security)).toBe(board);
    expect(isTradable(security)).toBe(board !== 'index');
  });

  it('takes every spelling and refuses malformed ones', () => {
    expect(boardOf('688981.SH')).toBe('star');
    expect(errorCode(thrownBy(() => boardOf('688981')))).toBe('BAD_SECURITY');
  });
});
