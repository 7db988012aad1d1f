import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { HistoryBlock, HistoryRequest } from '../../../../runtime/host.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaInstant, chinaMidnight, DAY } from '../../../../src/domain/time.ts';
import type { Bars, BarsRequest } from '../../../../src/domain/trading.ts';
import { BtError } from '../../../../src/domain/errors.ts';
import { mayBeWidened, narrowed, widened, widthKey } from '../../../../src/engine/data/bars-widened.ts';
import { readHistory } from '../../../../src/engine/data/history.ts';
import { readingAhead } from '../../../../src/engine/data/reading-ahead.ts';
import { historyBars } from '../../../../src/exchange/bars.ts';
import { Market } from '../../../../src/exchange/market.ts';
import { block, FakeHost } from '../../runtime/fake-host.ts';

const NOW = chinaInstant('2026-07-06', '10:00');
const market = new Market(7);
const calendar = exchangeCalendar();
/** Young ones, suspended ones and such that pay out. */
const stocks = market
  .stocks()
  .filter(({ startIndex, lastIndex }) => startIndex > 5000 || lastIndex === null)
  .slice(-400);
const CODES = ['600519.XSHG', '000300.XSHG', ...stocks.map(({ security }) => security)];

/** How a source tells of suspended days: as ours does, with nothing but a volume of 0, or not at all. */
type Telling = 'flag' | 'blank' | 'omit';

function barsOf(asked: BarsRequest, telling: Telling): Bars {
  const bars = historyBars(market, asked, NOW);
  const { volume } = bars.columns;
  if (telling === 'flag' || volume === undefined) return bars;
  const rows = [...bars.time.keys()].filter((row) => telling === 'blank' || volume[row] !== 0);
  const pick = (column: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => (volume[row] === 0 ? Number.NaN : (column[row] ?? Number.NaN)));
  const picked = Object.fromEntries(
    Object.entries(bars.columns)
      .filter(([name]) => name !== 'paused')
      .map(([name, column]) => [name, pick(column)]),
  );
  const time = Float64Array.from(rows, (row) => bars.time[row] ?? Number.NaN);
  return {
    security: bars.security,
    time,
    columns: { ...picked, volume: Float64Array.from(rows, (row) => volume[row] ?? Number.NaN) },
  };
}

function read(request: HistoryRequest, telling: Telling): Promise<HistoryBlock[]> {
  return readHistory(request, NOW, {
    calendar,
    clock: { now: () => NOW },
    data: { bars: async (asked) => barsOf(asked, telling), quote: async () => null },
  });
}

const request = fc.record({
  securities: fc.constantFrom(...CODES).map((code) => [code]),
  unit: fc.constant('1d'),
  end: fc.oneof(
    fc.constant(null),
    fc.integer({ min: 0, max: 300 }).map((back) => NOW - back * DAY),
  ),
  fields: fc.uniqueArray(
    fc.constantFrom(
      'open',
      'close',
      'high',
      'low',
      'volume',
      'money',
      'pre_close',
      'paused',
      'high_limit',
      'avg',
      'factor',
    ),
    { minLength: 1 },
  ),
  skipPaused: fc.constant(true),
  fillPaused: fc.boolean(),
  adjust: fc.constantFrom('pre' as const, 'none' as const, 'post' as const),
  includeToday: fc.boolean(),
  aligned: fc.constant(false),
  running: fc.boolean(),
});
const width = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }))
    .map((pair) => pair.map((count) => ({ count }))),
  fc
    .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }))
    .map((pair) => pair.map((back) => ({ back }))),
);

describe('bars out of a wider question', () => {
  it('are those that the question itself brings, whatever its end, count, range, columns and adjustment', async () => {
    let served = 0;
    await fc.assert(
      fc.asyncProperty(
        request,
        width,
        fc.constantFrom<Telling[]>('flag', 'blank', 'omit'),
        async (common, widths, telling) => {
          const [one, other] = widths.map((each): HistoryRequest => ({
            ...common,
            count: 'count' in each ? each.count : null,
            start: 'back' in each ? (common.end ?? NOW) - each.back * DAY : null,
          }));
          if (one === undefined || other === undefined || !mayBeWidened(one) || !mayBeWidened(other)) return;
          expect(widthKey(one)).toBe(widthKey(other));
          const wide = widened(one, other, NOW);
          if (wide === one) return;
          served += 1;
          const [whole] = await read(wide, telling);
          const [own] = await read(one, telling);
          expect(whole === undefined ? null : narrowed(whole, one)).toEqual(own);
        },
      ),
      { numRuns: 600 },
    );
    expect(served).toBeGreaterThan(50);
  });

  it('are none where a question ends on another day, is made to other terms, or of bars that hold suspended days', () => {
    const base: HistoryRequest = {
      securities: ['600519.XSHG'],
      unit: '1d',
      count: 5,
      start: null,
      end: chinaMidnight(NOW),
      fields: ['close'],
      skipPaused: true,
      fillPaused: true,
      adjust: 'pre',
      includeToday: false,
      aligned: false,
      running: true,
    };
    expect(mayBeWidened(base)).toBe(true);
    for (const other of [{ end: null }, { fields: ['open'] }, { adjust: 'none' as const }, { count: null, start: NOW }])
      expect(widthKey({ ...base, ...other })).not.toBe(widthKey(base));
    for (const other of [{ skipPaused: false }, { aligned: true }, { unit: '5d' }, { adjust: 'post' as const }])
      expect(mayBeWidened({ ...base, ...other })).toBe(false);
    expect(mayBeWidened({ ...base, count: null, start: NOW, fields: ['pre_close'] })).toBe(false);
    expect(widened(base, { ...base, count: 61 }, NOW)).toBe(base);
  });
});

describe('a loop that asks of each security several questions', () => {
  const list = Array.from({ length: 100 }, (_, i) => `${600_000 + i}.XSHG`);
  const days = ['2026-06-29', '2026-06-30', '2026-07-01', '2026-07-02', '2026-07-03'];
  let host: FakeHost;
  const ask = (code: string, more: Partial<HistoryRequest>): readonly number[] => {
    const question: HistoryRequest = {
      securities: [code],
      unit: '1d',
      count: null,
      start: null,
      end: chinaInstant('2026-07-03', '00:00'),
      fields: ['close'],
      skipPaused: true,
      fillPaused: true,
      adjust: 'pre',
      includeToday: false,
      aligned: false,
      running: true,
      ...more,
    };
    return [...(ahead.history(question)[0]?.columns['close'] ?? [])];
  };
  let ahead: ReturnType<typeof readingAhead>;

  beforeEach(() => {
    host = new FakeHost();
    host.bars = (security, { count, start }) => {
      const asked =
        count === null ? days.filter((day) => chinaInstant(day, '00:00') >= (start ?? 0)) : days.slice(-count);
      return block(security, asked, { close: asked.map((day) => Number(day.slice(-2))) });
    };
    ahead = readingAhead(host, () => 0);
    ahead.setting('set_universe', { security_list: list });
  });

  it('of other counts is asked as a loop of the largest', () => {
    for (const code of list) {
      expect(ask(code, { count: 1 })).toEqual([3]);
      expect(ask(code, { count: 2 })).toEqual([2, 3]);
      expect(ask(code, { count: 3 })).toEqual([1, 2, 3]);
    }
    expect(host.asked.length).toBeLessThan(12);
  });

  it('of other beginnings is asked as a loop of the earliest', () => {
    for (const [at, code] of list.entries()) {
      const from = at % 5;
      expect(ask(code, { start: chinaInstant(days[from] ?? '', '00:00') })).toEqual([29, 30, 1, 2, 3].slice(from));
    }
    expect(host.asked.length).toBeLessThan(12);
  });

  it('begins anew with the next dispatch', () => {
    ask('600000.XSHG', { count: 3 });
    host.context = { ...host.context };
    ask('600001.XSHG', { count: 1 });
    expect(host.asked.at(-1)?.count).toBe(1);
  });

  it('shows no error that the question itself does not have', () => {
    const { bars } = host;
    ask('600000.XSHG', { count: 3 });
    host.bars = (security, request) => {
      if (request.count === 3) throw new BtError('REQUEST_FAILED', 'too many', { fault: 'venue' });
      return bars(security, request);
    };
    expect(ask('600001.XSHG', { count: 1 })).toEqual([3]);
  });
});
