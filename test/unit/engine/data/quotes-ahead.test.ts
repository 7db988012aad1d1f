import { beforeEach, describe, expect, it } from 'vitest';
import { get_current_data, get_price, order, set_universe } from 'jqdata';
import { bindHost, type StrategyHost } from '../../../../runtime/host.ts';
import { BtError } from '../../../../src/domain/errors.ts';
import type { Quote } from '../../../../src/domain/trading.ts';
import { FRESH_MS, MOST_AT_ONCE } from '../../../../src/engine/data/quotes-ahead.ts';
import { readingAhead } from '../../../../src/engine/data/reading-ahead.ts';
import { account, block, FakeHost, position, quote } from '../../runtime/fake-host.ts';

const codes = (count: number, from = 600_000): string[] => Array.from({ length: count }, (_, i) => `${from + i}.XSHG`);
const CODES = codes(300);

/** Counts the calls that cross the border, and can fail. */
class CountingHost extends FakeHost {
  calls: (readonly string[])[] = [];
  fails: (security: string) => BtError | null = () => null;

  override quotes(securities: readonly string[]): readonly (Quote | null)[] {
    this.calls.push(securities);
    for (const security of securities) {
      const error = this.fails(security);
      if (error !== null) throw error;
    }
    return super.quotes(securities);
  }
}

let host: CountingHost;
let now: number;
let ahead: StrategyHost;
/** The strategy's `g`. */
let state: Record<string, unknown>;

beforeEach(() => {
  host = new CountingHost();
  now = 0;
  for (const code of CODES) host.quoteViews.set(code, quote(code, { lastPrice: Number(code.slice(0, 6)) / 100_000 }));
  state = {};
  ahead = readingAhead(
    host,
    () => now,
    () => Object.values(state),
  );
  bindHost(ahead, () => null);
});

/** The next dispatch of the strategy. */
function next(): void {
  host.context = { ...host.context };
  host.calls = [];
}

/** Reads one by one, as strategies do, and says how many codes each call asked for. */
function loop(list: readonly string[] = CODES): number[] {
  const data = get_current_data();
  for (const code of list) expect(data[code]?.last_price).toBe(host.quoteViews.get(code)?.lastPrice ?? Number.NaN);
  return host.calls.map((call) => call.length);
}

describe('a loop over get_current_data is one request', () => {
  it('over what the last dispatch read', () => {
    expect(loop()).toEqual(CODES.map(() => 1));
    next();
    expect(loop()).toEqual([300]);
    next();
    expect(loop(CODES.slice(100).toReversed())).toEqual([300]);
  });

  it('over what an earlier dispatch read, although others read something else since', () => {
    loop();
    next();
    expect(loop(codes(2, 601_000))).toEqual([1, 1]);
    next();
    expect(loop(codes(2, 601_000))).toEqual([2]);
    next();
    expect(loop()).toEqual([300]);
  });

  it('over a list given to a call for bars', () => {
    host.bars = (security) => block(security, [], {});
    get_price(CODES, { count: 1, panel: false });
    expect(loop()).toEqual([300]);
  });

  it.each([
    ['an array', CODES],
    ['a set', new Set(CODES)],
    ['an array with other things in it', [...CODES.slice(0, 299), null, 7, 'cash', ...CODES.slice(299)]],
  ])('over %s in g', (_what, list) => {
    state = { count: 300, none: null, one: CODES.slice(0, 1), name: CODES[0], list };
    expect(loop()).toEqual([300]);
  });

  it('over the universe', () => {
    set_universe(CODES);
    expect(loop()).toEqual([300]);
  });

  it('over the positions held', () => {
    host.accountView = account(CODES.slice(0, 20).map((security) => position({ security })));
    ahead.account();
    expect(loop(CODES.slice(0, 20))).toEqual([20]);
  });

  it('also with a new get_current_data() for each code and field', () => {
    set_universe(CODES);
    const open = CODES.filter((code) => get_current_data()[code]?.paused === false);
    const names = open.filter((code) => (get_current_data()[code]?.name ?? '') !== '');
    expect(names).toEqual(CODES);
    expect(host.calls.map((call) => call.length)).toEqual([300]);
  });

  it('of a bounded size, going on with the rest of the list', () => {
    const many = codes(1_200);
    set_universe(many);
    expect(loop(many)).toEqual([MOST_AT_ONCE, MOST_AT_ONCE, 200]);
    expect(host.calls.flat()).toEqual(many);
  });
});

describe('what is asked for', () => {
  it('is the code alone when nothing tells that others will be read', () => {
    set_universe(CODES);
    expect(loop(['510300.XSHG'])).toEqual([1]);
    next();
    expect(loop(['510300.XSHG'])).toEqual([1]);
  });

  it('is the code alone when it was read alone the last time, whatever list it stands in', () => {
    set_universe(CODES);
    loop(CODES.slice(0, 1));
    next();
    expect(loop(CODES.slice(0, 1))).toEqual([1]);
  });

  it('is exactly what was asked when a list is asked for', () => {
    set_universe(CODES);
    expect(ahead.quotes(CODES.slice(0, 2))).toHaveLength(2);
    expect(host.calls).toEqual([CODES.slice(0, 2)]);
  });
});

describe('what was read ahead serves', () => {
  beforeEach(() => {
    set_universe(CODES);
    expect(loop(CODES.slice(0, 1))).toEqual([300]);
    host.quoteViews.set(CODES[1] ?? '', quote(CODES[1] ?? '', { lastPrice: 99 }));
  });

  const second = (): number | undefined => get_current_data()[CODES[1] ?? '']?.last_price;

  it('in the same dispatch, at one moment', () => {
    now += FRESH_MS;
    expect(second()).toBe(6.00001);
  });

  it('not in the next dispatch', () => {
    next();
    expect(second()).toBe(99);
  });

  it('not when it is older than 3 s of the strategy’s time: one that waits for the market sees it move', () => {
    now += FRESH_MS + 1;
    expect(second()).toBe(99);
    host.quoteViews.set(CODES[1] ?? '', quote(CODES[1] ?? '', { lastPrice: 100 }));
    now += FRESH_MS + 1;
    expect(second()).toBe(100);
  });

  it('not after an order or a cancel: market time has passed', () => {
    order('000001.XSHE', 100);
    expect(second()).toBe(99);
    host.quoteViews.set(CODES[1] ?? '', quote(CODES[1] ?? '', { lastPrice: 100 }));
    ahead.cancelOrder('101');
    expect(second()).toBe(100);
  });

  it('a slow loop asks ahead for no more than it reads in time', () => {
    host.calls = [];
    const data = get_current_data();
    for (const code of CODES) {
      now += 300;
      expect(data[code]?.last_price).toBeGreaterThan(0);
    }
    expect(host.calls.flat().length).toBeLessThan(3 * CODES.length);
    expect(host.calls.length).toBeLessThan(40);
  });
});

describe('an error', () => {
  const BAD = CODES[150] ?? '';

  it('of one code in the list is that code’s alone', () => {
    set_universe(CODES);
    host.fails = (security) => (security === BAD ? new BtError('REQUEST_FAILED', 'no', { fault: 'venue' }) : null);
    const data = get_current_data();
    const failed = CODES.filter((code) => {
      try {
        return Number.isNaN(data[code]?.last_price);
      } catch (error) {
        expect(error).toMatchObject({ code: 'REQUEST_FAILED' });
        return true;
      }
    });
    expect(failed).toEqual([BAD]);
    expect(host.calls.length).toBeLessThan(20);
  });

  it('of the link is thrown at once', () => {
    set_universe(CODES);
    host.fails = () => new BtError('REQUEST_TIMEOUT', 'away', { fault: 'network' });
    expect(() => get_current_data()[BAD]).toThrow('away');
    expect(host.calls).toHaveLength(1);
  });
});

it('everything else is the host’s own', () => {
  expect(ahead.runParams).toBe(host.runParams);
  expect(ahead.dispatch()).toBe(host.context);
  ahead.log({ level: 'info', source: 'strategy', text: 'x', time: 1 });
  expect(host.texts()).toEqual(['x']);
  expect(ahead.securityInfo('000001.XSHE')).toBeNull();
});
