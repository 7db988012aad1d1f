import { describe, expect, it } from 'vitest';
import { errorCode } from '../../../../src/domain/errors.ts';
import { chinaInstant, chinaText } from '../../../../src/domain/time.ts';
import type { BarsRequest, Quote } from '../../../../src/domain/trading.ts';
import { settle } from '../../platform/fake-timers.ts';
import { HANG, Refusal, started } from './scripted-venue.ts';

const LIVE = { last_price: 10.1, high_limit: 11.1, low_limit: 9.1, paused: false };

describe('quote', () => {
  it('is one request when live_current says it all', async () => {
    const scripted = await started();
    scripted.on('data.live_current', () => ({ ...LIVE, bid1: 10.09, ask1: 10.1, dt: '2026-07-06 09:34:30' }));
    expect(await scripted.provider.offers.quotes.quote('000001.sz')).toMatchObject({
      security: '000001.XSHE',
      lastPrice: 10.1,
      highLimit: 11.1,
      bid1: 10.09,
      time: chinaInstant('2026-07-06', '09:34:30'),
    });
    expect(scripted.sent('data.live_current')).toEqual([{ security: '000001.XSHE' }]);
    expect(scripted.sent('data.snapshot')).toHaveLength(0);
    expect(scripted.linkOf('data.live_current')).toBe(scripted.link('data'));
  });

  it('takes the time from the snapshot where live_current has none, and asks for both at once from then on', async () => {
    const scripted = await started();
    scripted.on('data.live_current', () => LIVE);
    scripted.on('data.snapshot', () => ({ sid: '000001.XSHE', last_price: 10.2, dt: 1_783_301_670_000 }));
    expect(await scripted.provider.offers.quotes.quote('000001.XSHE')).toEqual({
      security: '000001.XSHE',
      time: 1_783_301_670_000,
      lastPrice: 10.1,
      preClose: null,
      dayOpen: null,
      highLimit: 11.1,
      lowLimit: 9.1,
      bid1: null,
      ask1: null,
      volume: null,
      paused: false,
      isSt: null,
      name: null,
    });
    scripted.on('data.live_current', () => HANG).on('data.snapshot', () => HANG);
    void scripted.provider.offers.quotes.quote('000001.XSHE');
    await settle();
    expect(scripted.link('data').requests.slice(2)).toHaveLength(2);
  });

  it('is null for a security the gateway does not know', async () => {
    const scripted = await started();
    scripted.on('data.live_current', () => ({})).on('data.snapshot', () => ({}));
    expect(await scripted.provider.offers.quotes.quote('999999.XSHE')).toBeNull();
  });

  it('lives on the snapshot alone where live_current is not implemented', async () => {
    const scripted = await started();
    scripted.on('data.live_current', () => new Refusal('REQUEST_FAILED', '数据接口 live_current 未实现'));
    scripted.on('data.snapshot', () => ({ sid: '000001.XSHE', last_price: 10.2, dt: '20261120 09:31:00' }));
    for (let i = 0; i < 2; i += 1)
      expect(await scripted.provider.offers.quotes.quote('000001.XSHE')).toMatchObject({ lastPrice: 10.2 });
    expect(scripted.sent('data.live_current')).toHaveLength(1);
  });

  it('throws what goes wrong instead of calling it a missing quote', async () => {
    const scripted = await started();
    scripted.on('data.live_current', () => new Refusal('QMT_UNAVAILABLE', 'down'));
    await expect(scripted.provider.offers.quotes.quote('000001.XSHE')).rejects.toMatchObject({
      code: 'QMT_UNAVAILABLE',
    });
    await expect(scripted.provider.offers.quotes.quote('nonsense')).rejects.toMatchObject({ code: 'BAD_SECURITY' });
  });
});

describe('quotes', () => {
  const codes = Array.from({ length: 40 }, (_, i) => `${600_000 + i}.XSHG`);

  it('asks pipelined, never more than 16 at a time, and leaves unknown securities out', async () => {
    const scripted = await started();
    const unknown = '600007.XSHG';
    scripted.on('data.snapshot', () => ({}));
    const quotes = scripted.provider.offers.quotes.quotes([...codes, '600000.SH']);
    const live = () => scripted.link('data').requests.filter((request) => request['action'] === 'data.live_current');
    for (let answered = 0; answered < codes.length; answered += 1) {
      await settle();
      expect(live()).toHaveLength(Math.min(codes.length, answered + 16));
      const request = live()[answered];
      const isUnknown = JSON.stringify(request?.['payload']).includes(unknown);
      const payload = isUnknown ? {} : { ...LIVE, dt: '2026-07-06 09:34:30' };
      scripted.link('data').say({ type: 'response', id: request?.['id'], payload });
    }
    expect([...(await quotes).keys()]).toEqual(codes.filter((code) => code !== unknown));
  });

  it('fails as a whole when one fails', async () => {
    const scripted = await started();
    scripted.on('data.live_current', (payload) =>
      payload['security'] === '600001.XSHG'
        ? new Refusal('QMT_UNAVAILABLE', 'down')
        : { ...LIVE, dt: '2026-07-06 09:34:30' },
    );
    await expect(scripted.provider.offers.quotes.quotes(codes.slice(0, 3))).rejects.toMatchObject({
      code: 'QMT_UNAVAILABLE',
    });
  });

  it('asks nothing for an empty list', async () => {
    const scripted = await started();
    expect((await scripted.provider.offers.quotes.quotes([])).size).toBe(0);
  });
});

describe('bars', () => {
  const request: BarsRequest = {
    security: '000001.XSHE',
    unit: '1d',
    count: 2,
    start: null,
    end: chinaInstant('2026-07-03', '00:00'),
    adjust: 'pre',
  };
  const days = ['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-06'];
  const table = (times: readonly (number | string)[]) => ({
    dtype: 'dataframe',
    columns: ['time', 'open', 'close'],
    records: times.map((time, i) => [time, 10 + i, 11 + i]),
  });

  it('asks for one security, without fields, with the adjustment named', async () => {
    const scripted = await started();
    scripted.on('data.history', () => table(days.map((day) => chinaInstant(day, '00:00'))));
    const bars = await scripted.provider.offers.bars.bars(request);
    expect(scripted.sent('data.history')).toEqual([
      { security: '000001.XSHE', frequency: '1d', count: 2, start: null, end: '2026-07-03', fq: 'pre' },
    ]);
    expect([...bars.time].map(chinaText)).toEqual(['2026-07-02 00:00:00', '2026-07-03 00:00:00']);
    expect([...(bars.columns['close'] ?? [])]).toEqual([12, 13]);
    expect(Object.keys(bars.columns)).toEqual(
      expect.arrayContaining(['open', 'close', 'high', 'low', 'volume', 'money']),
    );
  });

  it('labels daily bars with midnight, whatever time of the day the gateway gives', async () => {
    const scripted = await started();
    scripted.on('data.history', () => table(['2026-07-01 15:00:00', '2026-07-02 15:00:00', '2026-07-02 15:00:01']));
    const bars = await scripted.provider.offers.bars.bars({
      ...request,
      count: null,
      start: chinaInstant('2026-07-01', '00:00'),
    });
    expect([...bars.time].map(chinaText)).toEqual(['2026-07-01 00:00:00', '2026-07-02 00:00:00']);
    expect([...(bars.columns['open'] ?? [])]).toEqual([10, 12]);
  });

  it('cuts minute bars by their label, both ends included', async () => {
    const scripted = await started();
    const labels = ['09:31', '09:32', '09:33', '09:34'].map((time) => chinaInstant('2026-07-06', time));
    scripted.on('data.history', () => table(labels));
    const bars = await scripted.provider.offers.bars.bars({
      ...request,
      unit: '1m',
      count: null,
      start: chinaInstant('2026-07-06', '09:32'),
      end: chinaInstant('2026-07-06', '09:33'),
      adjust: 'none',
    });
    expect(scripted.sent('data.history')).toMatchObject([
      { frequency: '1m', start: '2026-07-06 09:32:00', end: '2026-07-06 09:33:00', fq: 'none' },
    ]);
    expect([...bars.time]).toEqual(labels.slice(1, 3));
  });

  it('is of length 0 when the gateway has none, and an error when it leaves the times out', async () => {
    const scripted = await started();
    scripted.on('data.history', () => ({ dtype: 'dataframe', columns: [], records: [] }));
    const empty = await scripted.provider.offers.bars.bars(request);
    expect(empty.time).toHaveLength(0);
    expect(empty.columns['close']).toHaveLength(0);
    scripted.on('data.history', () => ({ dtype: 'dataframe', columns: ['close'], records: [[11.2]] }));
    await expect(scripted.provider.offers.bars.bars(request)).rejects.toMatchObject({ code: 'NO_TIME_COLUMN' });
  });
});

it('gives the trading days of the range, whatever the gateway adds', async () => {
  const scripted = await started();
  const values = ['2026-07-06 00:00:00', '2026-07-02', '2026-07-03', '2026-06-30'];
  scripted.on('data.trade_days', () => ({ dtype: 'list', values }));
  expect(await scripted.provider.offers.calendar.tradeDays('2026-07-01', '2026-07-05')).toEqual([
    '2026-07-02',
    '2026-07-03',
  ]);
  expect(scripted.sent('data.trade_days')).toEqual([{ start: '2026-07-01', end: '2026-07-05' }]);
});

it('describes a security, or says null', async () => {
  const scripted = await started();
  const value = {
    code: '510050.XSHG',
    display_name: '上证50ETF华夏',
    name: '510050',
    type: 'etf',
    start_date: '2005-02-23',
  };
  scripted.on('data.security_info', () => ({ dtype: 'dict', value }));
  expect(await scripted.provider.offers.instruments.securityInfo('510050.SH')).toEqual({
    security: '510050.XSHG',
    displayName: '上证50ETF华夏',
    name: '510050',
    type: 'etf',
    startDate: '2005-02-23',
    endDate: null,
  });
  scripted.on('data.security_info', () => ({}));
  expect(await scripted.provider.offers.instruments.securityInfo('510051.XSHG')).toBeNull();
});

describe('ticks', () => {
  const tick = (symbol: string, last: number) => ({
    type: 'event',
    event: 'tick',
    payload: { symbol, sid: symbol, last_price: last, dt: '2026-07-06 09:34:30' },
  });

  async function listening() {
    const scripted = await started();
    scripted.on('data.subscribe', () => ({ count: 1 })).on('data.unsubscribe', () => ({ count: 0, removed: 1 }));
    const seen: Quote[] = [];
    const leave = scripted.provider.offers.ticks.onTick((quote) => seen.push(quote));
    return { scripted, seen, leave };
  }

  it('come for subscribed securities only, under `securities` on the wire', async () => {
    const { scripted, seen, leave } = await listening();
    await scripted.provider.offers.ticks.subscribe(['000001.SZ', '000001.XSHE', '600000.XSHG']);
    expect(scripted.sent('data.subscribe')).toEqual([{ securities: ['000001.XSHE', '600000.XSHG'] }]);
    const link = scripted.link('data');
    link.say(tick('000001.XSHE', 10.1), tick('000002.XSHE', 5), tick('600000.XSHG', 0));
    expect(seen).toMatchObject([
      { security: '000001.XSHE', lastPrice: 10.1 },
      { security: '600000.XSHG', lastPrice: null },
    ]);
    await scripted.provider.offers.ticks.unsubscribe(['000001.XSHE', '300750.XSHE']);
    expect(scripted.sent('data.unsubscribe')).toEqual([{ securities: ['000001.XSHE'] }]);
    link.say(tick('000001.XSHE', 10.2), { type: 'event', event: 'other', payload: {} }, tick('nonsense', 1));
    expect(seen).toHaveLength(2);
    leave();
    link.say(tick('600000.XSHG', 7));
    expect(seen).toHaveLength(2);
  });

  it('ask nothing for what is subscribed already, or was not', async () => {
    const { scripted } = await listening();
    await scripted.provider.offers.ticks.subscribe(['000001.XSHE']);
    await scripted.provider.offers.ticks.subscribe(['000001.XSHE']);
    await scripted.provider.offers.ticks.unsubscribe(['600000.XSHG']);
    await scripted.provider.offers.ticks.unsubscribe([]);
    expect(scripted.sent('data.subscribe')).toHaveLength(1);
    expect(scripted.sent('data.unsubscribe')).toHaveLength(0);
  });

  it('D+vnpy#2015: are asked for again after each reconnect', async () => {
    const { scripted, seen } = await listening();
    await scripted.provider.offers.ticks.subscribe(['000001.XSHE', '600000.XSHG']);
    await scripted.provider.offers.ticks.unsubscribe(['600000.XSHG']);
    scripted.link('data').close();
    await scripted.timers.advance(1_000);
    expect(scripted.sent('data.subscribe').slice(1)).toEqual([{ securities: ['000001.XSHE'] }]);
    scripted.linkOf('data.subscribe').say(tick('000001.XSHE', 10.3));
    expect(seen).toMatchObject([{ lastPrice: 10.3 }]);
  });

  it('are asked for until the gateway gives them again', async () => {
    const { scripted } = await listening();
    await scripted.provider.offers.ticks.subscribe(['000001.XSHE']);
    scripted.on('data.subscribe', () => new Refusal('REQUEST_FAILED', '订阅数量超过上限 0'));
    scripted.link('data').close();
    await scripted.timers.advance(1_000);
    expect(scripted.sent('data.subscribe')).toHaveLength(2);
    await scripted.timers.advance(30_000);
    expect(scripted.sent('data.subscribe')).toHaveLength(3);
    scripted.on('data.subscribe', () => ({ count: 1 }));
    await scripted.timers.advance(60_000);
    expect(scripted.sent('data.subscribe')).toHaveLength(4);
    await scripted.provider.stop();
    await scripted.broker.stop();
    expect(scripted.timers.armed).toBe(0);
  });

  it('are kept when it does not answer: by a new session, and by whoever asks again', async () => {
    const { scripted } = await listening();
    const { ticks } = scripted.provider.offers;
    scripted.handlers.delete('data.subscribe'); // it hangs
    const asking = ticks.subscribe(['000001.XSHE']).catch((reason: unknown) => errorCode(reason));
    await scripted.timers.advance(120_000);
    expect(await asking).toBe('RPC_TIMEOUT');
    scripted.on('data.subscribe', () => ({ count: 1 }));
    scripted.link('data').close();
    await scripted.timers.advance(1_000);
    expect(scripted.sent('data.subscribe').at(-1)).toEqual({ securities: ['000001.XSHE'] });
    const asked = scripted.sent('data.subscribe').length;
    await ticks.subscribe(['000001.XSHE']);
    expect(scripted.sent('data.subscribe')).toHaveLength(asked);
  });

  it('are not kept when the gateway refuses them', async () => {
    const { scripted, seen } = await listening();
    await scripted.provider.offers.ticks.subscribe(['000001.XSHE']);
    scripted.on('data.subscribe', () => new Refusal('REQUEST_FAILED', '订阅数量超过上限 1'));
    const error: unknown = await scripted.provider.offers.ticks
      .subscribe(['600000.XSHG'])
      .catch((reason: unknown) => reason);
    expect(errorCode(error)).toBe('REQUEST_FAILED');
    scripted.link('data').say(tick('600000.XSHG', 7), tick('000001.XSHE', 10));
    expect(seen).toMatchObject([{ security: '000001.XSHE' }]);
  });
});
