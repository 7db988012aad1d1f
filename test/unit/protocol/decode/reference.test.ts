import { describe, expect, it } from 'vitest';

import { decodeSecurityInfo, decodeTradeDays } from '../../../../src/protocol/decode/reference.ts';

const BAD_ANSWER = expect.objectContaining({ code: 'BAD_ANSWER' }) as Error;

describe('decodeTradeDays', () => {
  it.each([
    ['days', { dtype: 'list', values: ['2026-11-19', '2026-11-20'] }],
    ['times with a blank', { dtype: 'list', values: ['2026-11-19 00:00:00', '2026-11-20 00:00:00'] }],
    ['ISO times', { values: ['2026-11-19T00:00:00', '2026-11-20T00:00:00'] }],
    ['compact days', { values: ['20261119', '20261120'] }],
    ['epoch ms', { values: [1795017600000, 1795104000000] }],
    ['`value` instead of `values`', { value: ['2026-11-19', '2026-11-20'] }],
    ['a bare list', ['2026-11-19', '2026-11-20']],
    ['any order, twice', { values: ['2026-11-20', '2026-11-19', '2026-11-20'] }],
  ])('reads %s', (_name, payload) => {
    expect(decodeTradeDays(payload)).toEqual(['2026-11-19', '2026-11-20']);
  });

  it('reads an empty list', () => {
    expect(decodeTradeDays({ values: [] })).toEqual([]);
  });

  it.each([
    null,
    {},
    { values: 'x' },
    { values: ['x'] },
    { values: [null] },
    { values: [0] },
    { values: ['2026-02-30'] },
  ])('refuses %j', (payload) => {
    expect(() => decodeTradeDays(payload)).toThrow(BAD_ANSWER);
  });
});

const INFO = {
  display_name: '平安银行',
  name: '000001',
  start_date: '1991-04-03',
  end_date: '2200-01-01',
  type: 'stock',
  code: '000001.XSHE',
};
const READ = {
  security: '000001.XSHE',
  displayName: '平安银行',
  name: '000001',
  type: 'stock',
  startDate: '1991-04-03',
  endDate: '2200-01-01',
};

describe('decodeSecurityInfo', () => {
  it.each([
    ['value and flat copies', { dtype: 'dict', value: INFO, ...INFO }],
    ['value only', { dtype: 'dict', value: INFO }],
    ['flat copies only', { dtype: 'dict', value: {}, ...INFO }],
    ['days written otherwise', { value: { ...INFO, start_date: '19910403', end_date: '2200-01-01 00:00:00' } }],
  ])('reads %s', (_name, payload) => {
    expect(decodeSecurityInfo(payload, '000001.XSHE')).toEqual(READ);
  });

  it('missing days and names', () => {
    const payload = { value: { code: '999999.XSHE', type: 'stock', start_date: null } };
    expect(decodeSecurityInfo(payload, '999999.XSHE')).toEqual({
      security: '999999.XSHE',
      displayName: '999999.XSHE',
      name: '999999.XSHE',
      type: 'stock',
      startDate: null,
      endDate: null,
    });
  });

  it('takes the asked code when the answer names none, and makes a vendor code canonical', () => {
    expect(decodeSecurityInfo({ value: { type: 'etf' } }, '510050.XSHG')?.security).toBe('510050.XSHG');
    expect(decodeSecurityInfo({ value: { code: '000001.SZ' } }, '000001.XSHE')?.security).toBe('000001.XSHE');
  });

  it.each([{}, { dtype: 'dict', value: {} }, { dtype: 'dict', value: null }])('is null for %j', (payload) => {
    expect(decodeSecurityInfo(payload, '000001.XSHE')).toBeNull();
  });

  it.each([null, [], { value: 'x' }])('refuses %j', (payload) => {
    expect(() => decodeSecurityInfo(payload, '000001.XSHE')).toThrow(BAD_ANSWER);
  });
});
