import { beforeEach, describe, expect, it } from 'vitest';
import type { HistoryBlock, HistoryRequest } from '../../../../runtime/host.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaInstant, chinaText } from '../../../../src/domain/time.ts';
import type { Bars, BarsRequest, Quote } from '../../../../src/domain/trading.ts';
import { readHistory } from '../../../../src/engine/data/history.ts';
import { nextTurn } from '../../../../src/platform/turn.ts';
import { aQuote } from '../../domain/order/builders.ts';

const { NaN: MISSING } = Number;
let calendar = exchangeCalendar();
const TODAY = '2026-07-06';
const at = (time: string, day = TODAY): number => chinaInstant(day, time);

let asked: BarsRequest[];
let answer: (request: BarsRequest) => Bars | Promise<Bars>;
let quote: Quote | null;
let quoted: string[];
/** Market time; null = the hook is in time. */
let present: number | null;

beforeEach(() => {
  calendar = exchangeCalendar();
  asked = [];
  answer = daily;
  quote = aQuote({ paused: false });
  quoted = [];
  present = null;
});

/** Daily bars up to and including today, whatever is asked: a venue may send too much. Close = day of the month. */
function daily(request: BarsRequest): Bars {
  const days = calendar.lastDays(TODAY, 10);
  const close = Float64Array.from(days, (day) => Number(day.slice(-2)));
  return {
    security: request.security,
    time: Float64Array.from(days, (day) => at('00:00', day)),
    columns: { open: close, close, high: close, low: close, volume: close, money: close },
  };
}

function takeEvery({ security, time, columns }: Bars, keep: (close: number) => boolean): Bars {
  const rows = [...time.keys()].filter((row) => keep(columns['close']?.[row] ?? MISSING));
  const pick = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row] ?? MISSING);
  return {
    security,
    time: pick(time),
    columns: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, pick(column)])),
  };
}

/** Minute bars labelled 09:31 … 09:40; close = minute. */
function minutes(request: BarsRequest): Bars {
  const list = Array.from({ length: 10 }, (_, index) => 31 + index);
  const close = Float64Array.from(list);
  return {
    security: request.security,
    time: Float64Array.from(list, (minute) => at(`09:${minute}`)),
    columns: { open: close, close, high: close, low: close, volume: close, money: close },
  };
}

function read(change: Partial<HistoryRequest>, logical: number): Promise<HistoryBlock[]> {
  const request: HistoryRequest = {
    securities: ['000001.XSHE'],
    unit: '1d',
    count: 3,
    start: null,
    end: null,
    fields: ['close'],
    skipPaused: false,
    fillPaused: true,
    adjust: 'pre',
    includeToday: false,
    aligned: false,
    running: true,
    ...change,
  };
  const bars = (ask: BarsRequest): Promise<Bars> => {
    asked.push(ask);
    return Promise.resolve(answer(ask));
  };
  const data = {
    bars,
    quote: (security: string) => {
      quoted.push(security);
      return Promise.resolve(quote);
    },
  };
  return readHistory(request, logical, { data, calendar, clock: { now: () => present ?? logical } });
}

async function closes(change: Partial<HistoryRequest>, logical: number): Promise<number[]> {
  const [block] = await read(change, logical);
  return [...(block?.columns['close'] ?? [])];
}

describe('what may be seen', () => {
  it('today’s unfinished daily bar never, for history and attribute_history', async () => {
    expect(await closes({}, at('10:00'))).toEqual([1, 2, 3]);
    expect(chinaText(asked[0]?.end ?? 0)).toBe('2026-07-03 00:00:00');
  });

  it('today’s daily bar when the call is one that includes it', async () => {
    expect(await closes({ includeToday: true }, at('10:00'))).toEqual([2, 3, 6]);
  });

  it('nothing after the logical time, whatever end is asked for and whatever the venue sends', async () => {
    answer = minutes;
    expect(await closes({ unit: '1m' }, at('09:35'))).toEqual([33, 34, 35]);
    expect(await closes({ unit: '1m', end: at('15:00') }, at('09:35'))).toEqual([33, 34, 35]);
    expect(await closes({ unit: '1m', end: at('09:33') }, at('09:35'))).toEqual([31, 32, 33]);
    expect(asked.map((request) => chinaText(request.end).slice(11, 16))).toEqual(['09:35', '09:35', '09:33']);
  });

  it('beyond the calendar nothing is guessed; what continues it is believed', async () => {
    const later = at('10:00', '2027-01-04');
    await expect(read({}, later)).rejects.toMatchObject({ code: 'CALENDAR_EXPIRED' });
    expect(asked).toEqual([]);
    calendar = exchangeCalendar().copy();
    calendar.continueTo('2027-01-04', ['2027-01-04']);
    await read({}, later);
    expect(asked.map(({ end }) => chinaText(end ?? 0).slice(0, 10))).toEqual(['2026-12-31']);
  });

  it('a bar whose minute has not ended does not count', async () => {
    answer = minutes;
    expect(await closes({ unit: '1m', count: 1 }, at('09:35:59'))).toEqual([35]);
  });

  it('an end on an earlier day is that day, with or without today', async () => {
    for (const includeToday of [true, false])
      expect(await closes({ end: at('15:00', '2026-07-02'), includeToday }, at('10:00'))).toEqual([30, 1, 2]);
  });

  it('before the first session of the day: the days before', async () => {
    expect(await closes({}, at('09:00'))).toEqual([1, 2, 3]);
  });
});

describe('what is asked for', () => {
  it('the venue’s own bars, enough for the windows, with the author’s adjustment', async () => {
    await read({ unit: '5d', count: 2, adjust: 'none', securities: ['000001.SZ'] }, at('10:00'));
    expect(asked[0]).toMatchObject({ security: '000001.XSHE', unit: '1d', count: 10, start: null, adjust: 'none' });
  });

  it('everything from the start when no count is given', async () => {
    const [block] = await read({ count: null, start: at('00:00', '2026-06-24') }, at('10:00'));
    expect(asked[0]).toMatchObject({ count: null, start: at('00:00', '2026-06-24') });
    expect(block?.time).toHaveLength(8);
  });

  it('some more when suspended days are to be left out, and one more for the close before', async () => {
    await read({ skipPaused: true, count: 5 }, at('10:00'));
    await read({ fields: ['pre_close'], count: 5 }, at('10:00'));
    await read({ fields: ['pre_close'], count: 5, unit: '2d' }, at('10:00'));
    expect(asked.map((request) => request.count)).toEqual([65, 6, 12]);
  });

  it('a day by any instant of it', async () => {
    const now = at('09:35');
    expect(await closes({ count: null, start: now, end: now, includeToday: true }, now)).toEqual([6]);
  });

  it('all securities at once, so that a source can answer them together', async () => {
    let open = 0;
    let most = 0;
    answer = async (request) => {
      most = Math.max(most, (open += 1));
      await nextTurn();
      open -= 1;
      return daily(request);
    };
    await read({ securities: Array.from({ length: 30 }, () => '600000.XSHG') }, at('10:00'));
    expect([most, asked.length]).toEqual([30, 30]);
  });

  it('a unit that is none is the author’s error', async () => {
    await expect(read({ unit: '1y' }, at('10:00'))).rejects.toMatchObject({ code: 'BAD_UNIT' });
    expect(asked).toEqual([]);
  });
});

describe('the answer', () => {
  it('has one block for each security, in the order asked, however they come in', async () => {
    const securities = Array.from({ length: 20 }, (_, index) => `6000${String(index).padStart(2, '0')}.XSHG`);
    answer = async (request) => {
      for (let i = Number(request.security.slice(4, 6)) % 3; i < 3; i += 1) await nextTurn();
      return daily(request);
    };
    const blocks = await read({ securities }, at('10:00'));
    expect(blocks.map((block) => block.security)).toEqual(securities);
  });

  it('A4-11: one that fails fails the call; it never becomes an empty table', async () => {
    answer = (request) =>
      request.security === '600001.XSHG' ? Promise.reject(new Error('NO_TIME_COLUMN')) : daily(request);
    const securities = ['600000.XSHG', '600001.XSHG', '600002.XSHG'];
    await expect(read({ securities }, at('10:00'))).rejects.toThrow('NO_TIME_COLUMN');
  });

  it('has a row for each trading day: what was before the listing, and days the source leaves out, are missing', async () => {
    expect(await closes({ count: 12 }, at('10:00'))).toEqual([
      MISSING,
      MISSING,
      MISSING,
      23,
      24,
      25,
      26,
      29,
      30,
      1,
      2,
      3,
    ]);
    answer = (request) => takeEvery(daily(request), (close) => close !== 1);
    expect(await closes({ count: 4 }, at('10:00'))).toEqual([30, MISSING, 2, 3]);
    expect(await closes({ count: 4, skipPaused: true }, at('10:00'))).toEqual([29, 30, 2, 3]);
  });

  it('has today from its first moment on, without prices as long as nothing is traded', async () => {
    answer = (request) => takeEvery(daily(request), (close) => close !== 6);
    expect(await closes({ count: 2, includeToday: true }, at('00:00'))).toEqual([3, MISSING]);
    expect(quoted).toEqual([]);
    expect(await closes({ count: 2, includeToday: true, skipPaused: true }, at('09:00'))).toEqual([2, 3]);
    expect(await closes({ count: 2 }, at('09:00'))).toEqual([2, 3]);
    const sunday = await closes({ count: 2, includeToday: true }, at('09:00', '2026-07-05'));
    expect(sunday).toEqual([2, 3]);
  });

  it('knows of a day that has begun whether it is suspended, its limits and the close before', async () => {
    const fields = ['paused', 'high_limit', 'low_limit', 'pre_close', 'close', 'volume'];
    const ask = async (change: Partial<HistoryRequest> = {}): Promise<number[]> => {
      const span = { count: null, start: at('00:00'), end: at('09:00') };
      const [block] = await read({ ...span, fields, includeToday: true, ...change }, at('09:00'));
      expect(block?.time).toEqual(Float64Array.of(at('00:00')));
      return fields.map((field) => block?.columns[field]?.[0] ?? MISSING);
    };
    answer = (request) => ({ security: request.security, time: new Float64Array(), columns: {} });
    quote = aQuote({ paused: false, highLimit: 11, lowLimit: 9, preClose: 10 });
    expect(await ask()).toEqual([0, 11, 9, 10, MISSING, MISSING]);
    expect(await ask({ adjust: 'post' })).toEqual([0, MISSING, MISSING, MISSING, MISSING, MISSING]);
    quote = aQuote({ paused: true });
    expect((await ask())[0]).toBe(1);
    quote = null;
    expect(await ask()).toEqual(fields.map(() => MISSING));
  });

  it('knows it too where the source tells of its own rows whether they are suspended', async () => {
    answer = (request) => {
      const bars = takeEvery(daily(request), (close) => close !== 6);
      return {
        ...bars,
        columns: { ...bars.columns, paused: new Float64Array(bars.time.length), pre_close: bars.time },
      };
    };
    quote = aQuote({ paused: false, preClose: 3 });
    const fields = ['paused', 'pre_close'];
    const [block] = await read({ count: 2, includeToday: true, fields }, at('09:00'));
    expect([...(block?.columns['paused'] ?? [])]).toEqual([0, 0]);
    expect(block?.columns['pre_close']?.at(-1)).toBe(3);
  });

  it('keeps the price of a suspended security on a day that has begun', async () => {
    answer = (request) => takeEvery(daily(request), (close) => close !== 6);
    quote = aQuote({ paused: true });
    const fields = ['close', 'paused', 'volume', 'pre_close'];
    const [block] = await read({ count: 2, includeToday: true, fields }, at('09:00'));
    expect(fields.map((field) => [...(block?.columns[field] ?? [])])).toEqual([
      [3, 3],
      [0, 1],
      [3, 0],
      [2, 3],
    ]);
    const blank = await read({ count: 2, includeToday: true, fields, fillPaused: false }, at('09:00'));
    expect([...(blank[0]?.columns['close'] ?? [])]).toEqual([3, MISSING]);
  });

  it('is short when suspended days are left out and there are fewer bars, and empty when there are none', async () => {
    expect(await closes({ count: 50, skipPaused: true }, at('10:00'))).toHaveLength(9);
    answer = (request) => ({ security: request.security, time: new Float64Array(), columns: {} });
    expect(await closes({}, at('10:00'))).toEqual([]);
  });

  it('leaves suspended days out when asked, counting on behind them', async () => {
    answer = (request) => {
      const bars = daily(request);
      const volume = bars.time.map((_, row) => (row % 2 === 0 ? 0 : 100));
      return { ...bars, columns: { ...bars.columns, volume } };
    };
    expect(await closes({ count: 3 }, at('10:00'))).toEqual([1, 2, 3]);
    expect(await closes({ count: 3, skipPaused: true }, at('10:00'))).toEqual([26, 30, 2]);
  });

  it('leaves suspended days out when asked, however many there are', async () => {
    const days = calendar.lastDays(TODAY, 400);
    answer = ({ security, count }) => {
      const kept = days.slice(-(count ?? 0));
      const close = Float64Array.from(kept, (day) => days.indexOf(day));
      const volume = close.map((index) => (index >= 100 && index < 398 ? 0 : 100));
      return { security, time: Float64Array.from(kept, (day) => at('00:00', day)), columns: { close, volume } };
    };
    expect(await closes({ count: 3, skipPaused: true }, at('10:00'))).toEqual([98, 99, 398]);
    expect(asked.map((request) => request.count)).toEqual([63, 252, 1008]);
  });

  it('knows the close before its first bar', async () => {
    const [block] = await read({ count: 2, fields: ['close', 'pre_close'] }, at('10:00'));
    expect([...(block?.columns['close'] ?? [])]).toEqual([2, 3]);
    expect([...(block?.columns['pre_close'] ?? [])]).toEqual([1, 2]);
  });

  it('makes windows of minutes that end at the last bar seen', async () => {
    answer = minutes;
    const [block] = await read({ unit: '3m', count: 2, fields: ['open', 'close', 'volume'] }, at('09:38'));
    expect([...(block?.time ?? [])].map((time) => chinaText(time).slice(11, 16))).toEqual(['09:35', '09:38']);
    expect([...(block?.columns['open'] ?? [])]).toEqual([33, 36]);
    expect([...(block?.columns['volume'] ?? [])]).toEqual([33 + 34 + 35, 36 + 37 + 38]);
  });
});

describe('bars of a week and of a month', () => {
  // Yesterday was a Friday; 2026-07-06 is a Monday.
  const week = { unit: '1w', count: 3, fields: ['open', 'close', 'volume'] };
  const days = (block: HistoryBlock | undefined): string[] =>
    [...(block?.time ?? [])].map((time) => chinaText(time).slice(5, 10));

  it('are made of its days, labelled by the last of them, without the one that still runs', async () => {
    const [block] = await read({ ...week, running: false }, at('10:00'));
    expect(days(block)).toEqual(['06-18', '06-26', '07-03']);
    expect([...(block?.columns['close'] ?? [])]).toEqual([MISSING, 26, 3]);
    expect([...(block?.columns['open'] ?? [])]).toEqual([MISSING, 23, 29]);
    expect([...(block?.columns['volume'] ?? [])]).toEqual([MISSING, 23 + 24 + 25 + 26, 29 + 30 + 1 + 2 + 3]);
  });

  it('have the running one where it is wanted', async () => {
    const [block] = await read({ ...week, count: 2, includeToday: true }, at('10:00'));
    expect(days(block)).toEqual(['07-03', '07-06']);
    const [month] = await read({ ...week, unit: '1M', count: 2, includeToday: true }, at('10:00'));
    expect(days(month)).toEqual(['06-30', '07-06']);
  });

  it('on a Friday evening the week is whole, on a Friday noon it is not', async () => {
    const evening = { ...week, count: 1, running: false, end: at('15:00', '2026-07-03') };
    expect(days((await read(evening, at('10:00')))[0])).toEqual(['07-03']);
    answer = (request) => takeEvery(daily(request), (close) => close !== 6);
    const friday = { ...week, count: 1, running: false, includeToday: false };
    expect(days((await read(friday, at('11:00', '2026-07-03')))[0])).toEqual(['06-26']);
  });
});

describe('bars of minutes counted from the open', () => {
  const bars = { unit: '5m', count: 2, aligned: true, fields: ['open', 'close', 'volume'], includeToday: true };
  const times = (block: HistoryBlock | undefined): string[] =>
    [...(block?.time ?? [])].map((time) => chinaText(time).slice(11, 16));

  beforeEach(() => {
    answer = minutes;
  });

  it('end at 09:35, 09:40 …, whatever the time is', async () => {
    const [block] = await read({ ...bars, running: false }, at('09:38'));
    expect(times(block)).toEqual(['09:35']);
    expect([...(block?.columns['volume'] ?? [])]).toEqual([31 + 32 + 33 + 34 + 35]);
  });

  it('include_now: the window that runs, with the minutes that are over', async () => {
    const [block] = await read(bars, at('09:38'));
    expect(times(block)).toEqual(['09:35', '09:40']);
    expect([...(block?.columns['volume'] ?? [])].at(-1)).toBe(36 + 37 + 38);
  });

  it('include_now at the edge of a window: one in which nothing is traded yet, at the latest price', async () => {
    quote = aQuote({ time: at('09:35'), lastPrice: 7.5, paused: false });
    const [block] = await read(bars, at('09:35'));
    expect(times(block)).toEqual(['09:35', '09:40']);
    expect(['open', 'close', 'volume'].map((name) => block?.columns[name]?.at(-1))).toEqual([7.5, 7.5, 0]);
  });

  it('include_now after the close, or where nobody knows a price of today: no bar more', async () => {
    expect(times((await read(bars, at('15:30')))[0])).toEqual(['09:35', '09:40']);
    quote = aQuote({ time: at('15:00', '2026-07-03'), lastPrice: 7.5, paused: false });
    expect(times((await read({ ...bars, count: 1 }, at('09:35')))[0])).toEqual(['09:35']);
  });

  it('hours and halves of a day end before lunch and at the close', async () => {
    answer = (request) => {
      const labels = [
        ...Array.from({ length: 120 }, (_, i) => 571 + i),
        ...Array.from({ length: 120 }, (_, i) => 781 + i),
      ];
      const close = Float64Array.from(labels);
      const midnight = at('00:00', '2026-07-03');
      return {
        security: request.security,
        time: Float64Array.from(labels, (minute) => midnight + minute * 60_000),
        columns: { open: close, close, high: close, low: close, volume: close, money: close },
      };
    };
    const of = async (unit: string): Promise<string[]> =>
      times((await read({ ...bars, unit, count: 9 }, at('09:00')))[0]);
    expect(await of('60m')).toEqual(['10:30', '11:30', '14:00', '15:00']);
    expect(await of('120m')).toEqual(['11:30', '15:00']);
    expect(await of('90m')).toEqual(['11:00', '14:00', '15:00']);
  });
});

describe('a hook that runs late', () => {
  const fields = ['open', 'high', 'low', 'close', 'volume', 'avg', 'high_limit'];
  const today = async (
    logical: string,
    late: number,
    change: Partial<HistoryRequest> = {},
  ): Promise<number[] | null> => {
    present = at(logical) + late;
    answer = (request) => {
      const { time, columns } = request.unit === '1d' ? daily(request) : minutes(request);
      const limit = new Float64Array(time.length).fill(7);
      return { security: request.security, time, columns: { ...columns, high_limit: limit } };
    };
    const [block] = await read({ includeToday: true, fields, ...change }, at(logical));
    if (block?.time.at(-1) !== at('00:00')) return null;
    return fields.map((field) => block.columns[field]?.at(-1) ?? MISSING);
  };

  it('sees of its day what the minutes up to its own time hold', async () => {
    expect(await today('09:35', 60_000)).toEqual([6, 6, 6, 6, 6, 1, 7]);
    const sum = 31 + 32 + 33 + 34 + 35;
    expect(await today('09:35', 60_001)).toEqual([31, 35, 31, 35, sum, 1, 7]);
    expect(asked.at(-1)).toMatchObject({ unit: '1m', start: at('00:00'), end: at('09:35'), adjust: 'pre' });
  });

  it('sees the opening price alone before the first minute, and nothing before the opening', async () => {
    expect(await today('09:30', 100_000)).toEqual([6, 6, 6, 6, 0, 6, 7]);
    expect(await today('09:24', 400_000)).toEqual([MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, 11]);
  });

  it('sees the whole day after the close', async () => {
    expect(await today('15:00', 3_600_000)).toEqual([6, 6, 6, 6, 6, 1, 7]);
    expect(asked.map(({ unit }) => unit)).toEqual(['1d']);
  });

  it('gets weeks that end with such a day', async () => {
    expect((await today('09:35', 100_000, { unit: '1w', count: 1 }))?.slice(0, 4)).toEqual([31, 35, 31, 35]);
  });

  it('has a running minute at the close of its own', async () => {
    answer = minutes;
    quote = aQuote({ paused: false, lastPrice: 99, time: at('09:50') });
    const running = { unit: '5m', count: 1, aligned: true, fields: ['open', 'close'] };
    present = at('09:50');
    expect((await read(running, at('09:35')))[0]?.columns['close']).toEqual(Float64Array.of(35));
    present = null;
    expect((await read(running, at('09:35')))[0]?.columns['close']).toEqual(Float64Array.of(99));
  });
});
