import { describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import type { BarsRequest, Quote } from '../../../../src/domain/trading.ts';
import { DataRouter } from '../../../../src/engine/data/data-router.ts';
import type { BarSource, Capabilities, Provider, SecurityScope } from '../../../../src/venues/provider.ts';
import { aQuote } from '../../domain/order/builders.ts';

const STOCK = '000001.XSHE';
const OTHER = '600000.XSHG';

function provider(name: string, offers: Capabilities): Provider {
  return { name, offers, start: () => Promise.resolve(), stop: () => Promise.resolve() };
}

/** Quotes whose `name` is the source's; notes what it is asked. */
function quotes(name: string, securities: SecurityScope, asked: string[] = []): Provider {
  const of = (security: string): Quote => aQuote({ security, name });
  return provider(name, {
    quotes: {
      serves: { securities },
      quote: (security) => Promise.resolve(of(security)),
      quotes: (list) => {
        asked.push(`${name}: ${list.join(' ')}`);
        return Promise.resolve(new Map(list.map((security) => [security, of(security)])));
      },
    },
  });
}

const ALL_BARS: BarSource['serves'] = {
  securities: 'any',
  units: ['1m', '1d'],
  adjust: ['pre', 'none'],
  columns: 'any',
  days: { from: null, to: null },
};

/** Bars whose only column is called as the source. */
function bars(name: string, serves: Partial<BarSource['serves']>): Provider {
  const source: BarSource = {
    serves: { ...ALL_BARS, ...serves },
    bars: ({ security }) =>
      Promise.resolve({ security, time: new Float64Array(), columns: { [name]: new Float64Array() } }),
  };
  return provider(name, { bars: source });
}

const request = (change: Partial<BarsRequest> = {}): BarsRequest => ({
  security: STOCK,
  unit: '1d',
  count: 5,
  start: null,
  end: chinaInstant('2026-07-03', '00:00'),
  adjust: 'pre',
  ...change,
});

async function servedBy(
  providers: readonly Provider[],
  change: Partial<BarsRequest> = {},
): Promise<string | undefined> {
  return Object.keys((await new DataRouter(providers).bars(request(change))).columns)[0];
}

describe('who is asked', () => {
  it('the first source that serves the call', async () => {
    const file = quotes('file', { codes: new Set([STOCK]) });
    const data = new DataRouter([file, quotes('north', { markets: ['XSHE'] }), quotes('gateway', 'any')]);
    const names = await Promise.all(['000001.SZ', '000002.XSHE', OTHER].map((code) => data.quote(code)));
    expect(names.map((quote) => [quote?.security, quote?.name])).toEqual([
      [STOCK, 'file'],
      ['000002.XSHE', 'north'],
      [OTHER, 'gateway'],
    ]);
  });

  it('a list is one request to each, and comes back in the order asked', async () => {
    const asked: string[] = [];
    const north = quotes('north', { markets: ['XSHE'] }, asked);
    const data = new DataRouter([north, quotes('gateway', 'any', asked)]);
    const answer = await data.quotes([OTHER, '000001.SZ', '600001.XSHG', STOCK]);
    expect([...answer.keys()]).toEqual([OTHER, STOCK, '600001.XSHG']);
    expect(asked.toSorted()).toEqual([`gateway: ${OTHER} 600001.XSHG`, `north: ${STOCK}`]);
    expect((await data.quotes([])).size).toBe(0);
  });

  it.each<[string, Partial<BarSource['serves']>, Partial<BarsRequest>]>([
    ['the unit', { units: ['1d'] }, { unit: '1m' }],
    ['the adjustment', { adjust: ['none'] }, { adjust: 'pre' }],
    ['the security', { securities: { markets: ['XSHG'] } }, { security: STOCK }],
    ['a column', { columns: ['open', 'close'] }, { columns: ['close', 'factor'] }],
    ['the last day', { days: { from: null, to: '2026-07-02' } }, {}],
    [
      'the first day',
      { days: { from: '2026-07-01', to: null } },
      { start: chinaInstant('2026-06-30', '00:00'), count: null },
    ],
  ])('bars: passes over a source that lacks %s', async (_what, lacking, asked) => {
    const [narrow, wide] = [bars('narrow', lacking), bars('wide', {})];
    expect(await servedBy([narrow, wide], asked)).toBe('wide');
    await expect(new DataRouter([narrow]).bars(request(asked))).rejects.toMatchObject({ code: 'NOT_SERVED' });
  });

  it('bars: takes a source whose limits the call keeps, by count as far back as it reaches', async () => {
    const limits = {
      columns: ['close'],
      days: { from: '2026-07-01', to: '2026-07-03' },
      securities: { codes: new Set([STOCK]) },
    };
    const asked = { columns: ['close'], security: '000001.sz' };
    expect(await servedBy([bars('narrow', limits), bars('wide', {})], asked)).toBe('narrow');
  });

  it('trading days: a source that holds them all', async () => {
    const days = (name: string, from: string | null, to: string | null): Provider =>
      provider(name, { calendar: { serves: { days: { from, to } }, tradeDays: () => Promise.resolve([name]) } });
    const data = new DataRouter([days('year', '2026-01-01', '2026-12-31'), days('ever', null, null)]);
    expect(await data.tradeDays('2026-01-01', '2026-12-31')).toEqual(['year']);
    expect(await data.tradeDays('2025-12-31', '2026-01-31')).toEqual(['ever']);
    expect(await data.tradeDays('2026-12-31', '2027-01-04')).toEqual(['ever']);
  });

  it('ticks: each security at its own source, heard from all', async () => {
    const wanted: string[] = [];
    const listeners = new Map<string, (quote: Quote) => void>();
    const ticks = (name: string, securities: SecurityScope): Provider =>
      provider(name, {
        ticks: {
          serves: { securities },
          subscribe: (list) => Promise.resolve(void wanted.push(`${name}+${list.join(' ')}`)),
          unsubscribe: (list) => Promise.resolve(void wanted.push(`${name}-${list.join(' ')}`)),
          onTick: (listener) => {
            listeners.set(name, listener);
            return () => listeners.delete(name);
          },
        },
      });
    const data = new DataRouter([ticks('north', { markets: ['XSHE'] }), ticks('gateway', 'any')]);
    const seen: string[] = [];
    const leave = data.onTick(({ security }) => seen.push(security));
    await data.subscribe(['000001.SZ', OTHER]);
    await data.unsubscribe([OTHER]);
    expect(wanted).toEqual([`north+${STOCK}`, `gateway+${OTHER}`, `gateway-${OTHER}`]);
    for (const [name, listener] of listeners) listener(aQuote({ security: name }));
    expect(seen).toEqual(['north', 'gateway']);
    leave();
    expect(listeners.size).toBe(0);
  });
});

describe('errors', () => {
  it('of the source that serves are errors: no other one is asked', async () => {
    const broken = provider('broken', {
      bars: { serves: ALL_BARS, bars: () => Promise.reject(new Error('the link is down')) },
    });
    await expect(servedBy([broken, bars('other', {})])).rejects.toThrow('the link is down');
  });

  it('a list with a security that nobody serves asks nobody', async () => {
    const asked: string[] = [];
    const data = new DataRouter([quotes('north', { markets: ['XSHE'] }, asked)]);
    await expect(data.quotes([STOCK, OTHER])).rejects.toMatchObject({ code: 'NOT_SERVED', fault: 'config' });
    expect(asked).toEqual([]);
  });

  it('a call that nobody serves says what was asked, who serves what, and who could', async () => {
    const known = [
      { name: 'gateway', offers: ['quotes', 'bars'] },
      { name: 'file', offers: ['bars'] },
      { name: 'ticker', offers: ['ticks'] },
    ] as const;
    const here = [{ ...bars('gateway', { units: ['1d'], columns: ['close'] }) }, quotes('board', 'any')];
    const error: unknown = await new DataRouter(here, known)
      .bars(request({ unit: '1m', columns: ['factor'] }))
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      message:
        'Nobody serves 1m bars of 000001.XSHE (pre, factor) (gateway: bars of any security, 1d, pre none, columns close, any day; board: no bars). Add a source that may: file.',
    });
    await expect(new DataRouter([]).quote(STOCK)).rejects.toMatchObject({
      message: `Nobody serves quotes of ${STOCK} (no source is configured). No other source of quotes is known: ask for what is served.`,
    });
  });

  it('a malformed code is the author’s error', async () => {
    await expect(new DataRouter([quotes('all', 'any')]).quote('banana')).rejects.toMatchObject({
      code: 'BAD_SECURITY',
    });
  });
});
