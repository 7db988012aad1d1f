import { beforeEach, describe, expect, it } from 'vitest';
import type { HistoryBlock, HistoryRequest } from '../../../../runtime/host.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaDay, chinaInstant, chinaText } from '../../../../src/domain/time.ts';
import type { Bars, BarsRequest } from '../../../../src/domain/trading.ts';
import { readHistory } from '../../../../src/engine/data/history.ts';
import { aQuote } from '../../domain/order/builders.ts';

const calendar = exchangeCalendar();
const [YESTERDAY, TODAY] = ['2026-07-03', '2026-07-06'] as const;
const { NaN: MISSING } = Number;

/** A bar of a venue: label, volume, close; null = missing there. */
type Row = readonly [label: string, volume: number | null, close?: number | null];

let minutes: Row[];
let days: Row[];
let extra: Record<string, number[]>;
let paused: boolean | null;
let asked: string[];

beforeEach(() => {
  minutes = [];
  days = [];
  extra = {};
  paused = false;
  asked = [];
});

const instant = (label: string): number => {
  const [day = '', time = '00:00'] = label.split(' ');
  return chinaInstant(day, time);
};

function venue(request: BarsRequest): Promise<Bars> {
  asked.push(`${request.unit} bars`);
  const rows = (request.unit === '1m' ? minutes : days).filter(([label]) => instant(label) >= (request.start ?? 0));
  const kept = request.count === null ? rows : rows.slice(-request.count);
  const close = Float64Array.from(kept, ([, , price = 10]) => price ?? MISSING);
  const volume = Float64Array.from(kept, ([, shares]) => shares ?? MISSING);
  const told = Object.entries(extra).map(([name, values]) => [name, Float64Array.from(values)] as const);
  return Promise.resolve({
    security: request.security,
    time: Float64Array.from(kept, ([label]) => instant(label)),
    columns: {
      open: close,
      close,
      high: close,
      low: close,
      volume,
      money: volume.map((v) => v * 10),
      ...Object.fromEntries(told),
    },
  });
}

async function read(change: Partial<HistoryRequest>): Promise<HistoryBlock> {
  const request: HistoryRequest = {
    securities: ['000001.XSHE'],
    unit: '1m',
    count: 10,
    start: null,
    end: null,
    fields: ['close', 'volume'],
    skipPaused: true,
    fillPaused: true,
    adjust: 'pre',
    includeToday: true,
    aligned: false,
    running: true,
    ...change,
  };
  const data = {
    bars: venue,
    quote: (security: string) => {
      asked.push('quote');
      return Promise.resolve(aQuote({ security, paused }));
    },
  };
  const [block] = await readHistory(request, chinaInstant(TODAY, '10:00'), {
    data,
    calendar,
    clock: { now: () => chinaInstant(TODAY, '10:00') },
  });
  if (block === undefined) throw new Error('no block');
  return block;
}

const labels = ({ time }: HistoryBlock): string[] =>
  [...time].map((label) =>
    chinaDay(label) === TODAY ? chinaText(label).slice(11, 16) : chinaText(label).slice(0, 16),
  );
const column = (block: HistoryBlock, name: string): number[] => [...(block.columns[name] ?? [])];

describe('a minute without trades', () => {
  it('is no suspension: attribute_history keeps it, and asks nothing more', async () => {
    minutes = [`${TODAY} 09:31`, `${TODAY} 09:32`, `${TODAY} 09:33`].map((label, i) => [label, i === 1 ? 0 : 100]);
    const block = await read({ fields: ['volume', 'paused'] });
    expect(labels(block)).toEqual(['09:31', '09:32', '09:33']);
    expect(column(block, 'volume')).toEqual([100, 0, 100]);
    expect(column(block, 'paused')).toEqual([0, 0, 0]);
    expect(asked).toEqual(['1m bars']);
  });

  it('counts among the minutes of a window', async () => {
    minutes = [100, 0, 0, 0, 300, 0].map((volume, i) => [`${TODAY} 09:3${i + 1}`, volume]);
    const block = await read({ unit: '3m', count: 2, fields: ['volume', 'paused'] });
    expect(labels(block)).toEqual(['09:33', '09:36']);
    expect(column(block, 'volume')).toEqual([100, 300]);
    expect(column(block, 'paused')).toEqual([0, 0]);
  });

  it('has the price of the minute before, also where the venue writes none', async () => {
    minutes = [
      [`${TODAY} 09:31`, 100, 10.5],
      [`${TODAY} 09:32`, 0, null],
      [`${TODAY} 09:33`, 0, null],
    ];
    for (const skipPaused of [true, false]) {
      const block = await read({ fields: ['open', 'close', 'high', 'low', 'avg'], skipPaused });
      for (const name of ['close', 'avg']) expect(column(block, name).at(-1)).toBe(10.5);
      expect(column(block, 'open').at(-1)).toBe(10.5);
      expect(column(block, 'close')).toHaveLength(3);
    }
  });

  it('is one also where the whole morning had none: the quote says so', async () => {
    minutes = [
      [`${TODAY} 09:31`, 0],
      [`${TODAY} 09:32`, 0],
    ];
    expect(labels(await read({}))).toEqual(['09:31', '09:32']);
    expect(asked).toEqual(['1m bars', 'quote']);
  });
});

describe('a suspended day', () => {
  it('today: the quote says so, and its minutes are skipped', async () => {
    paused = true;
    minutes = [
      [`${YESTERDAY} 15:00`, 100],
      [`${TODAY} 09:31`, 0],
    ];
    expect(labels(await read({}))).toEqual([`${YESTERDAY} 15:00`]);
    const block = await read({ skipPaused: false, fields: ['paused'] });
    expect(column(block, 'paused')).toEqual([0, 1]);
  });

  it('earlier: its daily bar says so', async () => {
    minutes = [
      ['2026-07-02 15:00', 0],
      [`${YESTERDAY} 14:59`, 0],
      [`${YESTERDAY} 15:00`, 0],
      [`${TODAY} 09:31`, 5],
    ];
    days = [
      ['2026-07-02', 0],
      [YESTERDAY, 700],
    ];
    expect(labels(await read({}))).toEqual([`${YESTERDAY} 14:59`, `${YESTERDAY} 15:00`, '09:31']);
    expect(asked).toEqual(['1m bars', '1d bars']);
  });

  it('of which nobody tells is neither: its minutes stay, and the flag is missing', async () => {
    paused = null;
    minutes = [
      [`${YESTERDAY} 15:00`, 0],
      [`${TODAY} 09:31`, 0],
    ];
    const block = await read({ fields: ['paused'] });
    expect(column(block, 'paused')).toEqual([MISSING, MISSING]);
  });

  it('is what the venue calls so', async () => {
    days = [
      ['2026-07-02', 0],
      [YESTERDAY, 0],
    ];
    extra = { paused: [0, 1] };
    const block = await read({ unit: '1d', count: 2, end: instant(YESTERDAY), skipPaused: false, fields: ['paused'] });
    expect(column(block, 'paused')).toEqual([0, 1]);
    expect(labels(await read({ unit: '1d' }))).toEqual(['2026-07-02 00:00']);
  });

  it('is blank with fill_paused false, and has the price before with true', async () => {
    days = [
      ['2026-07-01', 100, 9],
      ['2026-07-02', 0, null],
      [YESTERDAY, 100, 11],
    ];
    const fields = ['close', 'volume', 'paused'];
    const filled = await read({ unit: '1d', count: 3, end: instant(YESTERDAY), skipPaused: false, fields });
    expect(column(filled, 'close')).toEqual([9, 9, 11]);
    expect(column(filled, 'volume')).toEqual([100, 0, 100]);
    const blank = await read({
      unit: '1d',
      count: 3,
      end: instant(YESTERDAY),
      skipPaused: false,
      fillPaused: false,
      fields,
    });
    expect(column(blank, 'close')).toEqual([9, MISSING, 11]);
    expect(column(blank, 'volume')).toEqual([100, MISSING, 100]);
    expect(column(blank, 'paused')).toEqual([0, 1, 0]);
  });

  it('minutes without trades keep their price with fill_paused false', async () => {
    minutes = [
      [`${TODAY} 09:31`, 100, 10.5],
      [`${TODAY} 09:32`, 0, null],
    ];
    const block = await read({ skipPaused: false, fillPaused: false });
    expect(column(block, 'close')).toEqual([10.5, 10.5]);
  });
});

describe('daily bars', () => {
  it('today’s bar before the first trade is no suspension', async () => {
    days = [
      [YESTERDAY, 100],
      [TODAY, 0],
    ];
    expect(labels(await read({ unit: '1d' }))).toEqual([`${YESTERDAY} 00:00`, '00:00']);
    paused = true;
    expect(labels(await read({ unit: '1d' }))).toEqual([`${YESTERDAY} 00:00`]);
  });

  it('a missing volume is neither traded nor suspended: the day stays, its flag and its average are missing', async () => {
    days = [
      ['2026-07-02', null, 9],
      [YESTERDAY, 100, 10],
    ];
    const block = await read({ unit: '1d', fields: ['close', 'paused', 'avg'] });
    expect(column(block, 'close')).toEqual([9, 10]);
    expect(column(block, 'paused')).toEqual([MISSING, 0]);
    expect(column(block, 'avg')).toEqual([MISSING, 10]);
  });

  it('a day with nothing at all, as before the listing, is skipped with skip_paused and missing without', async () => {
    days = [
      ['2026-07-02', null, null],
      [YESTERDAY, 100, 10],
    ];
    expect(column(await read({ unit: '1d' }), 'close')).toEqual([10]);
    expect(column(await read({ unit: '1d', count: 2, end: instant(YESTERDAY), skipPaused: false }), 'close')).toEqual([
      MISSING,
      10,
    ]);
  });

  it('a window is suspended when all its days are', async () => {
    days = [0, 0, 0, 5].map((volume, i) => [['2026-06-30', '2026-07-01', '2026-07-02', YESTERDAY][i] ?? '', volume]);
    const block = await read({ unit: '2d', count: 2, end: instant(YESTERDAY), skipPaused: false, fields: ['paused'] });
    expect(column(block, 'paused')).toEqual([1, 0]);
  });
});
