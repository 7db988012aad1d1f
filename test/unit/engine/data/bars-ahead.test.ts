import { beforeEach, describe, expect, it } from 'vitest';
import { attribute_history, get_price, order, set_universe } from 'jqdata';
import { bindHost } from '../../../../runtime/host.ts';
import type { HistoryBlock, HistoryRequest, StrategyHost } from '../../../../runtime/host.ts';
import { tableOf, texts } from '../../../../src/domain/data/table.ts';
import { BtError } from '../../../../src/domain/errors.ts';
import { FRESH_MS } from '../../../../src/engine/data/quotes-ahead.ts';
import { readingAhead } from '../../../../src/engine/data/reading-ahead.ts';
import { block, FakeHost } from '../../runtime/fake-host.ts';

const CODES = Array.from({ length: 100 }, (_, i) => `${600_000 + i}.XSHG`);

class BarsHost extends FakeHost {
  failing: string | null = null;

  override history(request: HistoryRequest): readonly HistoryBlock[] {
    if (this.failing !== null && request.securities.includes(this.failing)) {
      this.asked.push(request);
      throw new BtError('REQUEST_FAILED', 'no such security', { fault: 'venue' });
    }
    return super.history(request);
  }
}

let host: BarsHost;
let ahead: StrategyHost;
let now: number;

beforeEach(() => {
  host = new BarsHost();
  host.bars = (security) => block(security, ['2026-07-03'], { close: [Number(security.slice(0, 6))] });
  now = 0;
  ahead = readingAhead(host, () => now);
  bindHost(ahead, () => null);
});

const sizes = (): number[] => host.asked.map(({ securities }) => securities.length);

/** Reads one by one, as strategies do. */
function loop(list: readonly string[] = CODES): void {
  for (const code of list)
    expect(attribute_history(code, 5, '1d', ['close']).close.tolist()).toEqual([Number(code.slice(0, 6))]);
}

describe('a loop over the bars of securities', () => {
  it('asks for one, two, four … of the list that it walks', () => {
    set_universe(CODES);
    loop();
    expect(sizes()).toEqual([1, 2, 4, 8, 16, 32, 37]);
    expect(host.asked.flatMap(({ securities }) => securities)).toEqual(CODES);
  });

  it('knows a list from the answer to a question', () => {
    host.table = () => tableOf({ code: texts(CODES) });
    ahead.data({ dataset: 'index_members', params: { index: '000300.XSHG', day: '2026-07-06' } });
    loop();
    expect(sizes().length).toBe(7);
  });

  it('is known from the strategy itself, which is asked for the list when there is more than one to ask for', () => {
    const around: string[] = [];
    const walked = (code: string): readonly string[] => {
      around.push(code);
      return CODES.slice(CODES.indexOf(code) + 1);
    };
    bindHost(
      readingAhead(
        host,
        () => now,
        () => [],
        walked,
      ),
      () => null,
    );
    loop();
    expect(sizes()).toEqual([1, 2, 4, 8, 16, 32, 37]);
    expect(around).toEqual([1, 3, 7, 15, 31, 63].map((at) => CODES[at]));
  });

  it('of no known list asks for each alone', () => {
    loop(CODES.slice(0, 5));
    expect(sizes()).toEqual([1, 1, 1, 1, 1]);
  });

  it('that ends early has asked for no more than twice what it read', () => {
    set_universe(CODES);
    loop(CODES.slice(0, 9));
    expect(sizes().reduce((sum, size) => sum + size, 0)).toBeLessThan(18);
  });

  it('each of which has an end of its own asks for little more than what is read', () => {
    set_universe(CODES);
    const ends = ['2026-06-29', '2026-06-30', '2026-07-01', '2026-07-02', '2026-07-03'];
    for (const [at, code] of CODES.entries())
      get_price(code, { count: 4, end_date: ends[(at * 7) % 5] ?? '', fields: ['close'] });
    expect(sizes().reduce((sum, size) => sum + size, 0)).toBeLessThan(350);
  });

  it('with other arguments is another loop', () => {
    set_universe(CODES);
    for (const count of [5, 6]) for (const code of CODES.slice(0, 3)) attribute_history(code, count, '1d', ['close']);
    expect(sizes()).toEqual([1, 2, 1, 2]);
  });

  it('of many bars asks for fewer at once', () => {
    set_universe(CODES);
    for (const code of CODES.slice(0, 20)) attribute_history(code, 20_000, '1d', ['close', 'open']);
    expect(Math.max(...sizes())).toBe(5);
  });
});

describe('what was read ahead', () => {
  const again = (): void => {
    host.bars = (security) => block(security, ['2026-07-03'], { close: [1] });
  };

  beforeEach(() => {
    set_universe(CODES);
    for (const code of CODES.slice(0, 4)) get_price(code, { count: 1, fields: ['close'] });
    again();
  });

  const fourth = (): number => get_price(CODES[3] ?? '', { count: 1, fields: ['close'] }).close.at(0);

  it('serves in its dispatch, today’s bar for 3 s', () => {
    now += FRESH_MS;
    expect(fourth()).toBe(600_003);
    now += 1;
    expect(fourth()).toBe(1);
  });

  it('does not serve after an order', () => {
    order('000001.XSHE', 100);
    expect(fourth()).toBe(1);
  });

  it('of days that are over serves after an order', () => {
    const past = (code: string): number => attribute_history(code, 5, '1d', ['close']).close.at(0);
    const asked = CODES.slice(0, 3).map(past);
    const requests = host.asked.length;
    order('000001.XSHE', 100);
    expect(CODES.slice(0, 3).map(past)).toEqual(asked);
    expect(host.asked.length).toBe(requests);
  });

  it('does not serve in another dispatch', () => {
    host.context = { ...host.context };
    expect(fourth()).toBe(1);
  });

  it('without today serves as long as the dispatch takes', () => {
    host.bars = (security) => block(security, ['2026-07-03'], { close: [7] });
    attribute_history('600000.XSHG', 5, '1d', ['close']);
    again();
    now += 60_000;
    expect(attribute_history('600000.XSHG', 5, '1d', ['close']).close.tolist()).toEqual([7]);
  });
});

describe('an error', () => {
  it('of one security in the list is that one’s alone', () => {
    set_universe(CODES);
    host.failing = CODES[5] ?? '';
    const failed = CODES.filter((code) => {
      try {
        attribute_history(code, 5, '1d', ['close']);
        return false;
      } catch {
        return true;
      }
    });
    expect(failed).toEqual([CODES[5]]);
  });
});
