import { describe, expect, it } from 'vitest';

import {
  accountPayload,
  historyPayload,
  orderIdPayload,
  securitiesPayload,
  securityPayload,
  tradeDaysPayload,
} from '../../../../src/protocol/encode/requests.ts';

const END = Date.parse('2026-11-20T01:31:00Z');

describe('payloads', () => {
  it('name the account always, null when it is not configured', () => {
    expect(accountPayload({ accountKey: null, subAccountId: null })).toEqual({
      account_key: null,
      sub_account_id: null,
    });
    expect(orderIdPayload({ accountKey: 'main', subAccountId: 'demo' }, '5')).toEqual({
      account_key: 'main',
      sub_account_id: 'demo',
      order_id: '5',
    });
  });

  it('history of minutes by count: a time of day, and never fields', () => {
    const payload = historyPayload({
      security: '000001.XSHE',
      unit: '5m',
      count: 3,
      start: null,
      end: END,
      adjust: 'none',
    });
    expect(payload).toEqual({
      security: '000001.XSHE',
      frequency: '5m',
      count: 3,
      start: null,
      end: '2026-11-20 09:31:00',
      fq: 'none',
    });
  });

  it('history of days by range: days', () => {
    const payload = historyPayload({
      security: '000001.XSHE',
      unit: '1d',
      count: null,
      start: END - 86_400_000,
      end: END,
      adjust: 'pre',
    });
    expect(payload).toMatchObject({ frequency: '1d', count: null, start: '2026-11-19', end: '2026-11-20', fq: 'pre' });
    expect(payload).not.toHaveProperty('fields');
  });

  it('of the data requests', () => {
    expect(securityPayload('000001.XSHE')).toEqual({ security: '000001.XSHE' });
    expect(tradeDaysPayload('2026-11-01', '2026-11-20')).toEqual({ start: '2026-11-01', end: '2026-11-20' });
    expect(securitiesPayload(['000001.XSHE'])).toEqual({ securities: ['000001.XSHE'] });
    expect(securitiesPayload([])).toEqual({ securities: [] });
  });
});
