import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { numbersOf, textsOf } from '../../src/domain/data/table.ts';
import { BtError } from '../../src/domain/errors.ts';
import { addDays, chinaDay, chinaInstant, chinaText, DAY, weekday } from '../../src/domain/time.ts';
import type { Bars, BarsRequest, BarUnit, Quote } from '../../src/domain/trading.ts';
import type { Capabilities, CapabilityName, Provider } from '../../src/venues/provider.ts';

/** A fresh market in the middle of a morning's continuous session. */
export interface ProviderWorld {
  readonly provider: Provider;
  /** Market time, epoch ms. */
  now(): number;
  /** Lets market time pass, market ms. */
  pass(ms: number): Promise<void>;
  /** Breaks and mends the way to the venue; null when there is none that could break (say so in `traits`). */
  readonly outage: { cut(): Promise<void>; mend(): Promise<void> } | null;
  close(): Promise<void>;
}

const STOCK = '000001.XSHE';
const ETF = '510300.XSHG';

/** A source of one kind in its world. */
type Sourced<K extends CapabilityName> = () => ProviderWorld & { readonly source: NonNullable<Capabilities[K]> };

/** What is known of a provider before it is opened; the suites hold it to that. */
export interface ProviderTraits {
  readonly isRemote: boolean;
  readonly offers: readonly CapabilityName[];
  /** Units of its bars. */
  readonly units: readonly BarUnit[];
}

/**
 * What the engine relies on in every provider, one suite for each capability it offers; `open` makes a new world for each case, its
 * provider started.
 */
export function providerContract(name: string, traits: ProviderTraits, open: () => Promise<ProviderWorld>): void {
  describe(`provider contract: ${name}`, () => {
    let world: ProviderWorld;

    beforeEach(async () => {
      world = await open();
    });

    afterEach(async () => {
      await world.close();
    });

    it('offers what is said of it, and no more', () => {
      expect(Object.keys(world.provider.offers).toSorted()).toEqual(traits.offers.toSorted());
    });

    const sourced = <K extends CapabilityName>(kind: K): Sourced<K> => {
      return () => {
        const source: Capabilities[K] = world.provider.offers[kind];
        if (source === undefined) throw new Error(`${name} has no ${kind}`);
        return { ...world, source };
      };
    };
    const suite = (kind: CapabilityName): void => {
      switch (kind) {
        case 'quotes':
          return quoteCases(sourced(kind));
        case 'bars':
          return barCases(sourced(kind), traits);
        case 'calendar':
          return calendarCases(sourced(kind));
        case 'instruments':
          return instrumentCases(sourced(kind));
        case 'tables':
          return tableCases(sourced(kind));
        case 'ticks':
          return tickCases(sourced(kind), traits);
      }
    };
    for (const kind of traits.offers) describe(kind, () => suite(kind));
  });
}

function quoteCases(world: Sourced<'quotes'>): void {
  it('P01 a quote is dated now, and its prices fit each other', async () => {
    const quote = await world().source.quote(STOCK);
    if (quote === null) throw new Error('no quote');
    expect(quote.security).toBe(STOCK);
    const { lastPrice, highLimit, lowLimit, time } = quote;
    if (lastPrice === null || highLimit === null || lowLimit === null || time === null) throw new Error('incomplete');
    expect(lastPrice).toBeGreaterThanOrEqual(lowLimit);
    expect(lastPrice).toBeLessThanOrEqual(highLimit);
    expect(time).toBeLessThanOrEqual(world().now());
    expect(world().now() - time).toBeLessThan(60_000);
    expect(quote.paused).toBe(false);
  });

  it('P02 every spelling of a code means the same security', async () => {
    const { source } = world();
    expect(await source.quote('000001.sz')).toEqual(await source.quote(STOCK));
  });

  it('P03 a malformed code is an error, not a missing quote', async () => {
    const { source } = world();
    await expect(source.quote('not a code')).rejects.toMatchObject({ code: 'BAD_SECURITY' });
    await expect(source.quotes([STOCK, '12'])).rejects.toMatchObject({ code: 'BAD_SECURITY' });
  });

  it('P04 many quotes at once, each under its canonical code', async () => {
    const { source } = world();
    const codes = Array.from({ length: 50 }, (_, i) => `${600_000 + i}.XSHG`);
    const quotes = await source.quotes([...codes, '600000.SH']);
    expect([...quotes.keys()]).toEqual(codes);
    for (const [code, quote] of quotes) expect(quote.security).toBe(code);
    expect((await source.quotes([])).size).toBe(0);
  });
}

function barCases(world: Sourced<'bars'>, { units }: ProviderTraits): void {
  const ask = (fields: Partial<BarsRequest>): Promise<Bars> =>
    world().source.bars({
      security: STOCK,
      unit: '1d',
      count: 10,
      start: null,
      end: chinaInstant(addDays(chinaDay(world().now()), -1), '00:00'),
      adjust: 'pre',
      ...fields,
    });
  if (units.includes('1d')) {
    it('P05 daily bars: as many as asked, oldest first, labelled with midnight, none behind the end', async () => {
      const bars = await ask({});
      expect(bars.security).toBe(STOCK);
      expect(bars.time).toHaveLength(10);
      expectWhole(bars);
      for (const label of bars.time) {
        expect(chinaText(label)).toMatch(/ 00:00:00$/);
        expect(weekday(chinaDay(label))).toBeLessThan(6);
        expect(label).toBeLessThan(chinaInstant(chinaDay(world().now()), '00:00'));
      }
    });

    it('P06 daily bars between two days, both included', async () => {
      const ten = await ask({});
      const [start, end] = [ten.time[3] ?? 0, ten.time[7] ?? 0];
      const five = await ask({ count: null, start, end });
      expect(five.time).toEqual(ten.time.slice(3, 8));
      expect(five.columns['close']).toEqual(ten.columns['close']?.slice(3, 8));
    });
  }

  if (units.includes('1m')) {
    it('P07 minute bars are labelled with their end, the first of a day 09:31', async () => {
      const day = chinaDay(world().now());
      const bars = await ask({
        unit: '1m',
        count: null,
        start: chinaInstant(day, '09:30'),
        end: chinaInstant(day, '09:40'),
        adjust: 'none',
      });
      expectWhole(bars);
      expect([...bars.time].map((label) => chinaText(label).slice(11, 16))).toEqual(
        Array.from({ length: 10 }, (_, i) => `09:${31 + i}`),
      );
    });

    it('P08 the last minute bars end at the end, and the running minute is not among them', async () => {
      const minute = Math.floor(world().now() / 60_000) * 60_000;
      const bars = await ask({ unit: '1m', count: 5, end: minute });
      expect([...bars.time]).toEqual(Array.from({ length: 5 }, (_, i) => minute - (4 - i) * 60_000));
    });
  }

  it('P09 a range without bars is a table of length 0', async () => {
    let saturday = chinaDay(world().now());
    while (weekday(saturday) !== 6) saturday = addDays(saturday, -1);
    const weekend = { start: chinaInstant(saturday, '00:00'), end: chinaInstant(addDays(saturday, 1), '00:00') };
    const bars = await ask({ count: null, ...weekend });
    expect(bars.time).toHaveLength(0);
    expect(bars.columns['close']).toHaveLength(0);
  });

  it('P10 takes every unit with every adjustment that it says it serves', async () => {
    const { serves } = world().source;
    expect(serves.units).toEqual(units);
    expect(serves.adjust.length).toBeGreaterThan(0);
    for (const unit of units)
      for (const mode of serves.adjust) {
        const bars = await ask({ unit, adjust: mode, count: 3, end: world().now() });
        expect(bars.time).toHaveLength(3);
        expectWhole(bars);
      }
  });
}

function calendarCases(world: Sourced<'calendar'>): void {
  it('P11 trading days: ascending, both ends included, no weekend', async () => {
    const { source } = world();
    const end = chinaDay(world().now());
    const days = await source.tradeDays(addDays(end, -30), end);
    expect(days.at(-1)).toBe(end);
    expect(days.length).toBeGreaterThan(10);
    expect(days.toSorted()).toEqual([...days]);
    expect(days.filter((day) => weekday(day) > 5)).toEqual([]);
    const first = days[0] ?? '';
    expect(await source.tradeDays(first, first)).toEqual([first]);
  });
}

function instrumentCases(world: Sourced<'instruments'>): void {
  it('P12 tells what a security is', async () => {
    const { source } = world();
    expect(await source.securityInfo(STOCK)).toMatchObject({ security: STOCK, type: 'stock' });
    expect(await source.securityInfo(ETF)).toMatchObject({ security: ETF, type: 'etf' });
  });
}

function tickCases(world: Sourced<'ticks'>, { isRemote }: ProviderTraits): void {
  it('P13 ticks come while subscribed, and only of what is subscribed', async () => {
    const { source } = world();
    const seen: Quote[] = [];
    source.onTick((quote) => seen.push(quote));
    await source.subscribe([STOCK, ETF]);
    await eventually(() => new Set(seen.map((quote) => quote.security)).size === 2);
    await source.unsubscribe([ETF]);
    const before = seen.length;
    await eventually(() => seen.length >= before + 2);
    expect(new Set(seen.slice(before).map((quote) => quote.security))).toEqual(new Set([STOCK]));
    expect(seen.at(-1)?.lastPrice).toBeGreaterThan(0);
  });

  if (!isRemote) return;
  it('P14 ticks come again by themselves after an outage', async () => {
    const { source, outage } = world();
    if (outage === null) throw new Error('a remote venue has a way that can break');
    const seen: Quote[] = [];
    source.onTick((quote) => seen.push(quote));
    await source.subscribe([STOCK]);
    await eventually(() => seen.length > 0);
    await outage.cut();
    await outage.mend();
    const before = seen.length;
    await eventually(() => seen.length > before + 1);
  });
}

/** Standard columns of equal length, labels ascending, each bar's prices in order. */
function expectWhole(bars: Bars): void {
  const names = ['open', 'close', 'high', 'low', 'volume', 'money'];
  const columns = names.map((name) => bars.columns[name] ?? new Float64Array(0));
  for (const column of columns) expect(column).toHaveLength(bars.time.length);
  expect([...bars.time]).toEqual([...new Set(bars.time)].toSorted((a, b) => a - b));
  const [open, close, high, low] = columns;
  for (const row of bars.time.keys()) {
    const top = high?.[row] ?? Number.NaN;
    const bottom = low?.[row] ?? Number.NaN;
    for (const price of [open?.[row] ?? Number.NaN, close?.[row] ?? Number.NaN]) {
      expect(price).toBeLessThanOrEqual(top);
      expect(price).toBeGreaterThanOrEqual(bottom);
    }
  }
}

async function eventually(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 30_000, interval: 5 }).toBe(true);
}

function tableCases(world: Sourced<'tables'>): void {
  const securities = { dataset: 'securities', params: { types: ['stock'], day: null } } as const;

  it('P15 says by name what it serves, and answers it with the columns of that table', async () => {
    const { source } = world();
    const now = world().now();
    expect(source.serves.datasets).toContain('securities');
    const table = await source.table(securities, now);
    expect([...table.columns.keys()]).toEqual(['code', 'display_name', 'name', 'start_date', 'end_date', 'type']);
    expect(table.rows).toBeGreaterThan(0);
    expect(textsOf(table, 'code')).toContain(STOCK);
  });

  it('P16 shows nothing that was not known at the instant asked for', async () => {
    const { source } = world();
    const now = world().now();
    const [early, late] = await Promise.all([
      source.table(securities, now - 10 * 365 * DAY),
      source.table(securities, now),
    ]);
    expect(early.rows).toBeLessThanOrEqual(late.rows);
    expect(Math.max(...numbersOf(early, 'start_date'))).toBeLessThanOrEqual(now - 10 * 365 * DAY);
  });

  it('P17 a question that cannot be answered throws; it is never an empty table', async () => {
    const { source } = world();
    const now = world().now();
    const wrong = { dataset: 'securities', params: { types: ['stock'], day: 'yesterday' } } as const;
    await expect(source.table(wrong, now)).rejects.toBeInstanceOf(BtError);
  });
}
