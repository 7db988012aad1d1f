import { describe, expect, it } from 'vitest';
import type { OrderData } from '../../../src/exchange/data.ts';
import type { Pit } from '../../../src/exchange/matching.ts';
import { byPriority, join, matchAuction, matchTick } from '../../../src/exchange/matching.ts';
import type { Book } from '../../../src/exchange/order-book.ts';
import { newOrder } from '../../../src/exchange/orders.ts';

const BOOK: Book = {
  bids: [
    { price: 99, volume: 300 },
    { price: 98, volume: 500 },
  ],
  asks: [
    { price: 101, volume: 200 },
    { price: 102, volume: 400 },
  ],
};

function order(side: 'buy' | 'sell', limit: number, amount: number, serial = 1): OrderData {
  const request = {
    security: '000001.XSHE',
    side,
    amount,
    price: limit,
    style: 'limit',
    remark: '',
    strategyName: '',
  } as const;
  const base = newOrder({
    request,
    security: request.security,
    seq: serial,
    serial,
    key: serial,
    now: 0,
    day: '2026-07-06',
  });
  return { ...base, limit };
}

interface Floor {
  readonly pit: (tick: { price: number; traded: number; book?: Book }) => Pit;
  readonly fills: [number, number, number][];
}

/** A floor whose fills are [serial, amount, price]. */
function floor(): Floor {
  const fills: [number, number, number][] = [];
  return {
    fills,
    pit: ({ price, traded, book = BOOK }) => ({
      session: { price: () => price, lotsAt: () => traded / 100, book: () => book },
      tick: 1,
      taken: { tick: 1, bids: [], asks: [] },
      fill: (filled, amount, at) => {
        filled.filled += amount;
        fills.push([filled.serial, amount, at]);
      },
    }),
  };
}

describe('an order that joins', () => {
  it('takes level by level what its limit reaches, never more than is shown', () => {
    const { pit, fills } = floor();
    const buy = order('buy', 102, 1000);
    join(buy, pit({ price: 100, traded: 0 }));
    expect(fills).toEqual([
      [1, 200, 101],
      [1, 400, 102],
    ]);
    expect(buy.mode).toBe('taking');
    const sell = order('sell', 99, 100, 2);
    join(sell, pit({ price: 100, traded: 0 }));
    expect(fills.at(-1)).toEqual([2, 100, 99]);
  });

  it('leaves nothing for the next one of the same tick', () => {
    const { pit, fills } = floor();
    const one = pit({ price: 100, traded: 0 });
    join(order('buy', 101, 150, 1), one);
    const second = order('buy', 101, 150, 2);
    join(second, one);
    join(order('buy', 101, 150, 3), one);
    expect(fills).toEqual([
      [1, 150, 101],
      [2, 50, 101],
    ]);
    expect(second.mode).toBe('taking');
  });

  it('queues behind what its level shows, before everybody inside the spread, behind a seeded amount deeper', () => {
    const queue = (side: 'buy' | 'sell', limit: number): number => {
      const resting = order(side, limit, 100);
      join(resting, floor().pit({ price: 100, traded: 0 }));
      expect(resting.mode).toBe('resting');
      return resting.queue;
    };
    expect([queue('buy', 99), queue('buy', 98), queue('buy', 100)]).toEqual([300, 500, 0]);
    expect([queue('sell', 101), queue('sell', 102), queue('sell', 100)]).toEqual([200, 400, 0]);
    expect(queue('buy', 90)).toBeGreaterThan(0);
  });
});

describe('a resting order', () => {
  const resting = (side: 'buy' | 'sell', limit: number, amount: number, queue: number, serial = 1): OrderData => ({
    ...order(side, limit, amount, serial),
    mode: 'resting',
    queue,
  });

  it('waits for its price', () => {
    const { pit, fills } = floor();
    const buy = resting('buy', 99, 1000, 300);
    matchTick([buy], pit({ price: 100, traded: 5000 }));
    expect([fills, buy.queue]).toEqual([[], 300]);
  });

  it('at its price fills from what trades after the queue', () => {
    const { pit, fills } = floor();
    const buy = resting('buy', 99, 1000, 300);
    matchTick([buy], pit({ price: 99, traded: 200 }));
    expect([fills, buy.queue]).toEqual([[], 100]);
    matchTick([buy], pit({ price: 99, traded: 400 }));
    expect([fills, buy.queue]).toEqual([[[1, 300, 99]], 0]);
    matchTick([buy], pit({ price: 99, traded: 5000 }));
    expect(fills.at(-1)).toEqual([1, 700, 99]);
  });

  it('fills at its own limit when the price went through, out of the volume and the book there', () => {
    const { pit, fills } = floor();
    const through = { bids: [], asks: [{ price: 96, volume: 400 }] };
    matchTick([resting('buy', 97, 10_000, 9_999_900)], pit({ price: 95, traded: 500, book: through }));
    expect(fills).toEqual([[1, 900, 97]]);
    const up = { bids: [{ price: 104, volume: 100 }], asks: [] };
    matchTick([resting('sell', 103, 250, 500, 2)], pit({ price: 105, traded: 200, book: up }));
    expect(fills.at(-1)).toEqual([2, 250, 103]);
  });

  it('shares a tick’s volume with the other orders of its side, better and older first', () => {
    const { pit, fills } = floor();
    const orders = [resting('buy', 97, 300, 0, 3), resting('buy', 98, 300, 0, 2), resting('buy', 97, 300, 0, 1)];
    matchTick(orders.toSorted(byPriority), pit({ price: 97, traded: 500, book: { bids: [], asks: [] } }));
    expect(fills).toEqual([
      [2, 300, 98],
      [1, 200, 97],
    ]);
  });
});

describe('a taking order', () => {
  it('meets the fresh book at each tick, and rests at the front once the market has left it', () => {
    const { pit, fills } = floor();
    const buy: OrderData = { ...order('buy', 101, 500), mode: 'taking' };
    matchTick([buy], pit({ price: 100, traded: 0 }));
    expect(fills).toEqual([[1, 200, 101]]);
    matchTick([buy], pit({ price: 103, traded: 900, book: { bids: [], asks: [{ price: 104, volume: 100 }] } }));
    expect([buy.mode, buy.queue]).toEqual(['resting', 0]);
    matchTick([buy], pit({ price: 101, traded: 200, book: { bids: [], asks: [{ price: 102, volume: 100 }] } }));
    expect(fills.at(-1)).toEqual([1, 200, 101]);
  });
});

describe('an auction', () => {
  it('fills the better limits at its price, best and oldest first, as far as its volume goes', () => {
    const { fills, pit } = floor();
    const { fill } = pit({ price: 100, traded: 0 });
    const orders = [
      order('buy', 103, 500, 2),
      order('buy', 105, 400, 3),
      order('buy', 99, 100, 1),
      order('buy', 103, 500, 4),
    ];
    matchAuction(orders.toSorted(byPriority), 100, 1000, fill);
    expect(fills).toEqual([
      [3, 400, 100],
      [2, 500, 100],
      [4, 100, 100],
    ]);
    matchAuction([order('sell', 101, 100, 5), order('sell', 98, 100, 6)], 100, 1000, fill);
    expect(fills.at(-1)).toEqual([6, 100, 100]);
  });

  it('serves a limit at its very price after a seeded queue: some fill, some do not, none more than the volume', () => {
    const { fills, pit } = floor();
    const { fill } = pit({ price: 100, traded: 0 });
    for (let serial = 1; serial <= 200; serial += 1) matchAuction([order('buy', 100, 1000, serial)], 100, 1000, fill);
    expect(fills.length).toBeGreaterThan(100);
    expect(fills.length).toBeLessThan(200);
    expect(new Set(fills.map(([, amount]) => amount)).size).toBeGreaterThan(50);
  });
});
