import { beforeEach, describe, expect, it } from 'vitest';
import type { Quote } from '../../../../src/domain/trading.ts';
import type { DataRouter } from '../../../../src/engine/data/data-router.ts';
import { QuoteBoard } from '../../../../src/engine/data/quote-board.ts';
import { aQuote } from '../../domain/order/builders.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';

let timers: FakeTimers;
let asked: (readonly string[])[];
let served: Map<string, Quote>;
let push: (quote: Quote) => void;
let listeners: number;
let board: QuoteBoard;
let isDown: boolean;

beforeEach(() => {
  timers = new FakeTimers();
  asked = [];
  served = new Map([
    ['000001.XSHE', aQuote({ lastPrice: 10 })],
    ['600000.XSHG', aQuote({ security: '600000.XSHG', lastPrice: 20 })],
  ]);
  listeners = 0;
  isDown = false;
  const answer = <T>(value: T): Promise<T> =>
    isDown ? Promise.reject(new Error('the link is down')) : Promise.resolve(value);
  const data: Pick<DataRouter, 'quote' | 'quotes' | 'onTick'> = {
    quote: (security) => {
      asked.push([security]);
      return answer(served.get(security) ?? null);
    },
    quotes: (securities) => {
      asked.push(securities);
      return answer(new Map([...served].filter(([security]) => securities.includes(security))));
    },
    onTick: (listener) => {
      listeners += 1;
      push = listener;
      return () => {
        listeners -= 1;
      };
    },
  };
  board = new QuoteBoard(data, timers, { now: () => 0 });
});

const pushed = (change: Partial<Quote> = {}): void => push(aQuote({ lastPrice: 10.5, ...change }));
const prices = async (securities: readonly string[]): Promise<(number | null | undefined)[]> =>
  (await board.read(securities)).map((quote) => quote?.lastPrice);

describe('read', () => {
  it('serves a fresh whole tick without a request', async () => {
    pushed();
    expect(await prices(['000001.XSHE'])).toEqual([10.5]);
    expect(asked).toEqual([]);
  });

  it('asks when the tick is older than 3 s', async () => {
    pushed();
    timers.pass(3_000);
    expect(await prices(['000001.XSHE'])).toEqual([10.5]);
    timers.pass(1);
    expect(await prices(['000001.XSHE'])).toEqual([10]);
    expect(asked).toEqual([['000001.XSHE']]);
  });

  it.each([{ paused: null }, { highLimit: null }])('asks when the tick is not whole: %o', async (change) => {
    pushed(change);
    expect(await prices(['000001.XSHE'])).toEqual([10]);
  });

  it('keeps the order asked, asks once for all that is missing, and each one once', async () => {
    pushed();
    expect(await prices(['600000.XSHG', '000001.SZ', '600000.SH', '999999.XSHG'])).toEqual([20, 10.5, 20, undefined]);
    expect(asked).toEqual([['600000.XSHG', '999999.XSHG']]);
  });

  it('a tick that grows old while others are asked for is not an unknown security', async () => {
    pushed();
    const reading = board.read(['000001.XSHE', '600000.XSHG']);
    timers.pass(3_001);
    expect((await reading).map((quote) => quote?.lastPrice)).toEqual([10.5, 20]);
  });

  it('a security that the venue does not know is null, never an old price', async () => {
    served.clear();
    pushed();
    timers.pass(10_000);
    expect(await board.read(['000001.XSHE'])).toEqual([null]);
  });

  it('a failure is a failure', async () => {
    isDown = true;
    await expect(board.read(['000001.XSHE'])).rejects.toThrow('the link is down');
    await expect(board.fresh('000001.XSHE')).rejects.toThrow('the link is down');
  });

  it('a malformed code is the author’s error', async () => {
    await expect(board.read(['banana'])).rejects.toMatchObject({ code: 'BAD_SECURITY' });
  });
});

describe('fresh', () => {
  it('A quote to plan an order on is always asked for', async () => {
    pushed();
    expect((await board.fresh('000001.SZ'))?.lastPrice).toBe(10);
    expect(asked).toEqual([['000001.XSHE']]);
  });
});

describe('ticks', () => {
  it('the latest one counts', async () => {
    pushed();
    timers.pass(2_000);
    pushed({ lastPrice: 10.6 });
    timers.pass(2_000);
    expect(await prices(['000001.XSHE'])).toEqual([10.6]);
    expect(asked).toEqual([]);
  });

  it('are not listened to after stop', () => {
    expect(listeners).toBe(1);
    board.stop();
    expect(listeners).toBe(0);
  });
});
