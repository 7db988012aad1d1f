import { expect, it } from 'vitest';
import { unservedKind } from '../../../../src/domain/market/instrument-kind.ts';
import { parseSecurity } from '../../../../src/domain/market/symbol.ts';

it.each([
  ['600000.XSHG', null],
  ['000001.XSHE', null],
  ['300750.XSHE', null],
  ['688981.XSHG', null],
  ['830799.BJ', null],
  ['920002.BJ', null],
  ['510300.XSHG', null],
  ['161725.XSHE', null],
  ['508000.XSHG', null],
  ['113050.XSHG', null],
  ['123107.XSHE', null],
  ['204001.XSHG', null],
  ['131810.XSHE', null],
  ['204005.XSHG', 'no repo that exists'],
  ['131899.XSHE', 'no repo that exists'],
  ['000001.XSHG', 'an index'],
  ['399001.XSHE', 'an index'],
  ['899050.BJ', 'an index'],
  ['900901.XSHG', 'a B share (USD)'],
  ['200011.XSHE', 'a B share (HKD)'],
  ['019742.XSHG', 'a bond'],
  ['155001.XSHG', 'a bond'],
  ['112001.XSHE', 'a bond'],
  ['132018.XSHG', 'an exchangeable bond'],
  ['131990.XSHE', 'a bond repo of another kind'],
  ['519888.XSHG', 'an open-end fund that is subscribed and redeemed, not traded'],
  ['360001.XSHG', 'a preferred share'],
  ['400001.BJ', 'a share of the NEEQ (新三板)'],
  ['732001.XSHG', 'a subscription or an allotment'],
  ['000300.XSHG', 'an index'],
  ['600000.XSHE', 'a code of no kind that is known here'],
])('%s: %s', (security, kind) => {
  expect(unservedKind(security)).toBe(kind);
});

it.each([
  ['IF2607.CCFX', 'a future'],
  ['RB2610.XSGE', 'a future'],
  ['10004229.XSHG', 'an option'],
  ['90000123.SZ', 'an option'],
  ['000001.OF', 'a fund that is not listed'],
  ['430001.NEEQ', 'a share of the NEEQ (新三板)'],
  ['00700.HK', 'a Hong Kong share'],
  ['AAPL.US', 'a share of the United States'],
])('%s is named as %s where it is refused', (code, kind) => {
  expect(() => parseSecurity(code)).toThrow(`"${code}" is ${kind}, which is not served here`);
});
