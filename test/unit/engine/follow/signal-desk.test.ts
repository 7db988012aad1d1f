import { afterEach, describe, expect, test } from 'vitest';
import { aHolding, aQuote } from '../../domain/order/builders.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import type { FollowParts } from '../../../../src/engine/follow/parts.ts';
import { Reconciler } from '../../../../src/engine/follow/reconciler.ts';
import { pictureOf } from '../../domain/follow/rules.ts';
import { createFollowWorld, type FollowWorld } from './follow-world.ts';

let follow: FollowWorld;
afterEach(() => follow.close());

describe('a signal', () => {
  test('is written down before its receipt, ordered once on the order path, and ends with what was filled', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    const receipt = await follow.take();
    expect(receipt.kind).toBe('accepted');
    expect(follow.row()).toMatchObject({ amount: 300, day: '2026-07-06' });
    await world.pass(2_000, () => world.broker.book.length === 1);
    expect(world.broker.placed).toMatchObject([{ security: '000001.XSHE', side: 'buy', amount: 300, price: 10 }]);
    expect(world.ledger.orderOfKey('signal:alpha:20260706-1:1')).toMatchObject({ amount: 300, owner: 'test' });
    world.broker.fill('1000', 300);
    expect(await follow.ended()).toMatchObject({ end: 'filled', filled: 300, reason: null });
    if (receipt.kind === 'accepted') expect(await receipt.end).toEqual({ kind: 'filled', filled: 300, reason: null });
    expect(world.broker.placed).toHaveLength(1);
  });

  test('asks for one quote before it is written down, and its order is planned on that one', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    const asked: boolean[] = [];
    const get = world.quotes.get.bind(world.quotes);
    world.quotes.get = (security) => {
      asked.push(world.ledger.signals.get('alpha:20260706-1') !== null);
      return get(security);
    };
    await follow.take();
    await world.pass(2_000, () => world.broker.placed.length === 1);
    expect(asked).toEqual([false]);
  });

  test('of several at once only the first asks ahead: the others are looked at when their turn has come', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    const ids = ['a', 'b', 'c'];
    const asked: number[] = [];
    const get = world.quotes.get.bind(world.quotes);
    world.quotes.get = (security) => {
      asked.push(world.ledger.signals.open().length);
      return get(security);
    };
    await Promise.all(ids.map((id) => follow.take({ id })));
    await world.pass(2_000, () => world.broker.placed.length === 3);
    expect(asked).toEqual([0, 3, 3]);
  });

  test('that comes again is a duplicate, whatever it says then, and after a restart too', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    await follow.take();
    expect(await follow.take({ amount: 900 })).toMatchObject({ kind: 'duplicate', state: 'ordered' });
    await world.pass(2_000, () => world.broker.book.length === 1);
    world.broker.fill('1000', 300);
    await follow.ended();
    await follow.restart();
    const again = await follow.take();
    expect(again).toMatchObject({ kind: 'duplicate', state: 'filled' });
    if (again.kind === 'duplicate') expect(await again.end).toMatchObject({ kind: 'filled', filled: 300 });
    await world.pass(5_000);
    expect(world.broker.placed).toHaveLength(1);
  });

  test.each([
    [{ amount: 0 }, 'BAD_AMOUNT'],
    [{ amount: 12.5 }, 'BAD_AMOUNT'],
    [{ amount: Number.NaN }, 'BAD_AMOUNT'],
    [{ price: -1 }, 'BAD_PRICE'],
    [{ security: '600000' }, 'BAD_SECURITY'],
    [{ security: '000300.XSHG' }, 'NOT_SERVED'],
    [{ strategy: 'nobody' }, 'NO_STRATEGY'],
    [{ sentAt: Date.parse('2026-07-06T09:33:00+08:00') }, 'EXPIRED'],
    [{ sentAt: Date.parse('2026-07-06T09:36:00+08:00') }, 'CLOCK'],
  ])('%o is refused with %s, and written down', async (change, code) => {
    follow = await createFollowWorld();
    const receipt = await follow.take(change);
    expect(receipt).toMatchObject({ kind: 'refused', code });
    expect(follow.row(undefined, 'strategy' in change ? change.strategy : undefined)).toMatchObject({
      phase: 'done',
      end: 'refused',
      code,
    });
    await follow.world.pass(3_000);
    expect(follow.world.broker.placed).toEqual([]);
  });

  test('outside trading hours is refused with the next opening, or queued to it', async () => {
    follow = await createFollowWorld([{}, { name: 'beta', outsideHours: 'queue', cash: 50_000 }], {
      start: '11:45:00',
    });
    expect(await follow.take()).toMatchObject({ kind: 'refused', code: 'OUTSIDE_HOURS' });
    expect(follow.row().reason).toContain('2026-07-06 13:00');
    expect((await follow.take({ strategy: 'beta' })).kind).toBe('accepted');
    const { world } = follow;
    world.clock.jump(Date.parse('2026-07-06T12:59:50+08:00'));
    await world.pass(5_000);
    expect(world.broker.placed).toEqual([]);
    await world.pass(10_000, () => world.broker.placed.length === 1);
    expect(world.clock.now()).toBeGreaterThanOrEqual(Date.parse('2026-07-06T13:00:00+08:00'));
    expect(world.broker.placed).toHaveLength(1);
  });

  test('whose session ends while it is being planned is not left to the next opening: its age is looked at, and it is refused', async () => {
    follow = await createFollowWorld(
      [{ maxAgeSeconds: 20, requote: { afterSeconds: 10, times: 2, totalSeconds: 120 } }],
      {
        start: '11:29:59',
      },
    );
    const { world } = follow;
    world.slow.quote = 3_000;
    await follow.take();
    const row = await follow.ended();
    expect(row).toMatchObject({ end: 'refused', code: 'EXPIRED', filled: 0 });
    expect(row.reason).toBe('it could not be ordered within 120 s: the exchanges open again on 2026-07-06 13:00');
    expect(follow.world.lines.some(({ text }) => text.includes('REFUSED (EXPIRED)'))).toBe(true);
    world.clock.jump(Date.parse('2026-07-06T12:59:58+08:00'));
    await world.pass(10_000);
    expect(world.broker.placed).toEqual([]);
    // Nothing waits at the broker's door either.
    expect(world.trading.book.unfinished()).toEqual([]);
  });

  test('that may be as old as the lunch is long is ordered after it, as it is then', async () => {
    follow = await createFollowWorld([{ maxAgeSeconds: 7_200 }], { start: '11:29:59' });
    const { world } = follow;
    world.slow.quote = 3_000;
    await follow.take();
    await world.pass(20_000, () => (follow.row().waitsFor ?? '').includes('open again'));
    expect(world.broker.placed).toEqual([]);
    world.slow.quote = 0;
    world.clock.jump(Date.parse('2026-07-06T12:59:58+08:00'));
    await world.pass(10_000, () => world.broker.placed.length === 1);
    expect(world.broker.placed).toMatchObject([{ side: 'buy', amount: 300 }]);
    expect(follow.row()).toMatchObject({ phase: 'ordered', attempt: 2 });
  });

  test('waits while trading waits, and is refused when that lasts for too long', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    world.broker.readsFail = true;
    world.broker.emit({ kind: 'disconnected', session: 'read', reason: 'gone' });
    await follow.take({ id: 'a' });
    await world.pass(5_000);
    expect(world.broker.placed).toEqual([]);
    world.broker.readsFail = false;
    world.broker.emit({ kind: 'connected', session: 'read' });
    await world.pass(20_000, () => world.broker.placed.length === 1);
    expect(world.broker.placed).toHaveLength(1);
    world.broker.readsFail = true;
    world.broker.emit({ kind: 'disconnected', session: 'read', reason: 'gone' });
    await follow.take({ id: 'b' });
    expect(await follow.ended('b')).toMatchObject({ end: 'refused', code: 'EXPIRED' });
    expect(world.broker.placed).toHaveLength(1);
  });

  test('to buy at the upper limit is held back until it opens', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    world.quotes.set('000001.XSHE', aQuote({ lastPrice: 11, ask1: null, bid1: 11 }));
    await follow.take({ price: 11 });
    await world.pass(6_000);
    expect(world.broker.placed).toEqual([]);
    expect(follow.row().waitsFor).toContain('upper limit');
    world.quotes.set('000001.XSHE', aQuote({ lastPrice: 10.98, ask1: 10.99, bid1: 10.97 }));
    await world.pass(5_000, () => world.broker.placed.length === 1);
    expect(world.broker.placed).toHaveLength(1);
  });

  test('to sell more than can be sold sells what can be, and says the difference', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    world.broker.held = [aHolding(500, { closeableAmount: 200 })];
    await follow.restart();
    await follow.take({ side: 'sell', amount: 500 });
    await world.pass(2_000, () => world.broker.book.length === 1);
    expect(world.broker.placed).toMatchObject([{ side: 'sell', amount: 200 }]);
    world.broker.fill('1000', 200);
    const row = await follow.ended();
    expect(row).toMatchObject({ end: 'partly_filled', filled: 200, asked: 500 });
    expect(row.reason).toContain('of 500 200 can be sold now');
  });

  test('without a picture is not read by one of before it: what that lacks may have been bought since', async () => {
    follow = await createFollowWorld([{}, { name: 'beta', mode: 'mirror', cash: 10_000 }]);
    const { world } = follow;
    world.broker.held = [aHolding(500)];
    await follow.restart();
    const before = world.clock.now() - 1;
    for (const strategy of ['alpha', 'beta']) await follow.desk.takePicture(strategy, pictureOf({}, { at: before }));
    await follow.take({ side: 'sell', amount: 100 });
    await world.pass(2_000, () => world.broker.book.length === 1);
    expect(world.broker.placed).toMatchObject([{ side: 'sell', amount: 100 }]);
    await follow.take({ strategy: 'beta' });
    expect(await follow.ended(undefined, 'beta')).toMatchObject({ end: 'refused', code: 'NO_PICTURE' });
  });

  test('that the source closes out by the picture that came with it sells all that is held', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    world.broker.held = [aHolding(500)];
    await follow.restart();
    await follow.take({ side: 'sell', amount: 100, picture: pictureOf({}, { at: world.clock.now() }) });
    await world.pass(2_000, () => world.broker.book.length === 1);
    expect(world.broker.placed).toMatchObject([{ side: 'sell', amount: 500 }]);
  });

  test('is corrected once, however often a person asks, and however long quotes take', async () => {
    follow = await createFollowWorld([{ price: 'opponent' }]);
    const { world, parts, desk } = follow;
    const reads: (() => void)[] = [];
    const quotes: FollowParts['quotes'] = {
      ...parts.quotes,
      read: async (securities) => {
        await new Promise<void>((done) => reads.push(done));
        return parts.quotes.read(securities);
      },
    };
    const reconciler = new Reconciler({ ...parts, calendar: exchangeCalendar(), quotes, desk });
    await desk.takePicture('alpha', pictureOf({ '000001.XSHE': 400 }, { at: world.clock.now() }));
    const both = Promise.all([reconciler.correct(null, true), reconciler.correct(null, true)]);
    await world.pass(1_000);
    reads.pop()?.();
    await world.pass(5_000, () => world.broker.book.length === 1);
    world.broker.fill('1000', 400);
    await world.pass(5_000, () => desk.lives.open().length === 0);
    while (reads.length > 0) {
      reads.pop()?.();
      await world.pass(2_000);
    }
    expect(await both).toEqual([expect.stringContaining('accepted'), 'Nothing is to be corrected.']);
    expect(world.broker.placed).toHaveLength(1);
  });

  test('is not corrected by what was found earlier when quotes cannot be read now', async () => {
    follow = await createFollowWorld([{ price: 'opponent' }]);
    const { world, parts, desk } = follow;
    const reconciler = new Reconciler({ ...parts, calendar: exchangeCalendar(), desk });
    await desk.takePicture('alpha', pictureOf({ '000001.XSHE': 400 }, { at: world.clock.now() }));
    await reconciler.reconcile();
    world.fails.quote = new Error('no answer');
    await expect(reconciler.correct(null, true)).rejects.toThrow('alpha could not be held against its source');
    expect(world.broker.placed).toEqual([]);
  });

  test('of a strategy with a name that every object has is ordered on its own part of the account', async () => {
    follow = await createFollowWorld([{}, { name: 'constructor', cash: 50_000 }, { name: '__proto__', cash: 20_000 }]);
    const { strategies } = follow.parts;
    expect([...strategies].map(([name, { pindex }]) => [name, pindex])).toEqual([
      ['alpha', 0],
      ['constructor', 1],
      ['__proto__', 2],
    ]);
    await follow.restart();
    expect([...follow.parts.strategies.values()].map(({ pindex }) => pindex)).toEqual([0, 1, 2]);
  });

  test('to sell what is not held is refused', async () => {
    follow = await createFollowWorld();
    await follow.take({ side: 'sell' });
    expect(await follow.ended()).toMatchObject({ end: 'refused', code: 'NOT_HELD' });
  });

  test('that the cash does not reach for is cut, and ends as partly filled with the reason', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    await follow.take({ amount: 20_000 });
    await world.pass(2_000, () => world.broker.book.length === 1);
    const [order] = world.broker.book;
    world.broker.fill('1000', order?.amount ?? 0);
    const row = await follow.ended();
    expect(row).toMatchObject({ end: 'partly_filled', asked: 20_000 });
    expect(row.filled).toBeLessThan(10_000);
    expect(row.reason).toContain('cash');
  });

  test('that the counter rejects is refused with its words', async () => {
    follow = await createFollowWorld();
    follow.world.broker.onPlace = () => ({
      kind: 'rejected',
      reason: 'no rights for this board',
      code: 'X',
      orderId: null,
    });
    await follow.take();
    const row = await follow.ended();
    expect(row).toMatchObject({ end: 'refused' });
    expect(row.reason).toContain('no rights for this board');
    expect(follow.world.broker.placed).toHaveLength(1);
  });
});

describe('an order that nobody fills', () => {
  test('is cancelled, and its rest ordered anew when its end is known, so often and no more', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    await follow.take();
    await world.pass(2_000, () => world.broker.book.length === 1);
    world.broker.fill('1000', 100);
    await world.pass(15_000, () => world.broker.book.length === 2);
    expect(world.broker.cancels).toEqual(['1000']);
    expect(world.broker.placed.map(({ amount }) => amount)).toEqual([300, 200]);
    await world.pass(15_000, () => world.broker.book.length === 3);
    expect(world.broker.placed.map(({ amount }) => amount)).toEqual([300, 200, 200]);
    const row = await follow.ended();
    expect(row).toMatchObject({ end: 'partly_filled', filled: 100, requotes: 2 });
    expect(row.reason).toContain('unfilled after 10 s');
    expect(world.broker.placed).toHaveLength(3);
  });

  test('orders what the final answer leaves, not what was read before', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    world.broker.onCancel = (orderId, broker) => {
      // It is filled further while its cancel is on the way.
      broker.fill(orderId, 200);
      return broker.drop(orderId);
    };
    await follow.take();
    await world.pass(15_000, () => world.broker.book.length === 2);
    expect(world.broker.placed.map(({ amount }) => amount)).toEqual([300, 100]);
  });

  test('is not ordered again before the end of its cancel is known', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    world.broker.onCancel = () => ({ kind: 'unknown', reason: 'no answer' });
    await follow.take();
    await world.pass(60_000);
    expect(world.broker.cancels.length).toBeGreaterThan(0);
    expect(world.broker.placed).toHaveLength(1);
    world.broker.set('1000', { status: 'canceled' });
    await world.pass(15_000, () => world.broker.book.length === 2);
    expect(world.broker.placed).toHaveLength(2);
  });

  test('stays where it queues at the limit of the day', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    await follow.take({ price: 11 });
    await world.pass(2_000, () => world.broker.book.length === 1);
    world.quotes.set('000001.XSHE', aQuote({ lastPrice: 11, ask1: null, bid1: 11 }));
    await world.pass(30_000);
    expect(world.broker.cancels).toEqual([]);
    world.quotes.set('000001.XSHE', aQuote());
    await world.pass(15_000, () => world.broker.book.length === 2);
    expect(world.broker.cancels).toEqual(['1000']);
  });

  test('is not cancelled when no cancels are taken, and ends with its day', async () => {
    follow = await createFollowWorld([{}], { start: '14:56:55' });
    const { world } = follow;
    await follow.take();
    await world.pass(200_000);
    expect(world.broker.cancels).toEqual([]);
    world.clock.jump(Date.parse('2026-07-06T15:00:50+08:00'));
    expect(await follow.ended()).toMatchObject({ end: 'refused' });
  });

  test('goes on where a dead run has left it', async () => {
    follow = await createFollowWorld();
    const { world } = follow;
    await follow.take();
    await world.pass(2_000, () => world.broker.book.length === 1);
    await follow.restart();
    await world.pass(15_000, () => world.broker.book.length === 2);
    expect(world.broker.cancels).toEqual(['1000']);
    world.broker.fill('1001', 300);
    expect(await follow.ended()).toMatchObject({ end: 'filled', filled: 300 });
    expect(world.broker.placed).toHaveLength(2);
  });
});

describe('a rotation', () => {
  test('sells first, and buys when the sell has ended', async () => {
    follow = await createFollowWorld([{ rotationSeconds: 1 }]);
    const { world } = follow;
    world.broker.held = [aHolding(500, { security: '600000.XSHG' })];
    world.quotes.set('600000.XSHG', aQuote({ security: '600000.XSHG' }));
    await follow.restart();
    await follow.take({ id: 'buy' });
    await world.pass(500);
    await follow.take({ id: 'sell', side: 'sell', amount: 500, security: '600000.XSHG' });
    await world.pass(5_000);
    expect(world.broker.placed.map(({ side }) => side)).toEqual(['sell']);
    world.broker.fill('1000', 500);
    await world.pass(5_000, () => world.broker.placed.length === 2);
    expect(world.broker.placed.map(({ side }) => side)).toEqual(['sell', 'buy']);
  });
});

describe('several strategies on one account', () => {
  test('never sell what another one has bought', async () => {
    follow = await createFollowWorld([{ cash: 30_000 }, { name: 'beta', cash: 30_000 }]);
    const { world } = follow;
    world.broker.now = () => world.clock.now() - 86_400_000;
    await follow.take();
    await world.pass(2_000, () => world.broker.book.length === 1);
    world.broker.fill('1000', 300);
    await follow.ended();
    await follow.take({ strategy: 'beta', side: 'sell' });
    expect(await follow.ended(undefined, 'beta')).toMatchObject({ end: 'refused', code: 'NOT_HELD' });
    // What one strategy may use is its own too.
    await follow.take({ strategy: 'beta', id: '2', amount: 9_000 });
    await world.pass(2_000, () => world.broker.book.length === 2);
    expect(world.broker.book[1]?.amount).toBeLessThanOrEqual(3_000);
  });

  test('keep their parts over a restart, with one that is new', async () => {
    follow = await createFollowWorld([{ cash: 30_000 }]);
    const { world } = follow;
    await follow.restart();
    expect(world.trading.portfolios.view()?.subs?.map(({ startingCash }) => startingCash)).toEqual([70_000, 30_000]);
  });
});
