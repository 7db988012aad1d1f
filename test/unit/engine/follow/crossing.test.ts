import { afterEach, describe, expect, test } from 'vitest';
import { aHolding } from '../../domain/order/builders.ts';
import { createFollowWorld, type FollowWorld } from './follow-world.ts';

let follow: FollowWorld;
afterEach(() => follow.close());

const REQUOTES = { requote: { afterSeconds: 10, times: 5, totalSeconds: 300 }, maxAgeSeconds: 60 };

/** 1,000 shares are held since before. */
async function holding(): Promise<void> {
  follow = await createFollowWorld([REQUOTES]);
  follow.world.broker.held = [aHolding(1_000)];
  await follow.restart();
}

/** A buy of 400 of which 100 are filled and the rest stands at the counter. */
async function halfBought(): Promise<void> {
  const { world } = follow;
  await follow.take({ id: 'buy', amount: 400 });
  await world.pass(2_000, () => world.broker.book.length === 1);
  world.broker.fill('1000', 100);
  await world.pass(5_000);
}

describe('a signal the other way, while an earlier one of its security is under way', () => {
  test('ends it: a sell sells what was bought, and nothing more is bought', async () => {
    follow = await createFollowWorld([REQUOTES]);
    const { world } = follow;
    await halfBought();
    await follow.take({ id: 'sell', side: 'sell', amount: 400 });
    expect(await follow.ended('buy')).toMatchObject({ end: 'partly_filled', filled: 100 });
    expect(follow.row('buy').reason).toMatch(/a later sell of its source goes the other way/);
    await world.pass(60_000);
    const sold = follow.row('sell');
    // What was bought today cannot be sold today, of a stock: but 100 it is.
    expect(sold.notes.join() + (sold.reason ?? '')).toMatch(/100/);
    expect(world.broker.placed.filter(({ side }) => side === 'buy')).toHaveLength(1);
  });

  test('nets what was not filled: of shares held before, only the difference goes', async () => {
    await holding();
    const { world } = follow;
    await halfBought();
    await follow.take({ id: 'sell', side: 'sell', amount: 400 });
    await world.pass(10_000, () => world.broker.placed.length === 2);
    expect(world.broker.placed[1]).toMatchObject({ side: 'sell', amount: 100 });
    expect(follow.row('sell').notes.join()).toMatch(/400 of the source became 100: the rest was not bought before/);
  });

  test('survives a restart between the end of the one and the order of the other', async () => {
    await holding();
    const { world } = follow;
    await halfBought();
    world.fails.quote = new Error('no answer');
    await follow.take({ id: 'sell', side: 'sell', amount: 400 });
    await follow.ended('buy');
    await follow.restart();
    world.fails.quote = null;
    await world.pass(10_000, () => world.broker.placed.length === 2);
    expect(world.broker.placed[1]).toMatchObject({ side: 'sell', amount: 100 });
  });

  test('ends one that waits at once, and neither is traded when nothing of it was', async () => {
    await holding();
    const { world } = follow;
    world.fails.quote = new Error('no answer');
    await follow.take({ id: 'buy', amount: 400 });
    await follow.take({ id: 'sell', side: 'sell', amount: 400 });
    world.fails.quote = null;
    await world.pass(10_000);
    expect(follow.row('buy')).toMatchObject({ end: 'refused', code: 'OVERTAKEN' });
    expect(follow.row('sell')).toMatchObject({ end: 'nothing' });
    expect(world.broker.placed).toEqual([]);
  });

  test('leaves those of other securities and strategies alone', async () => {
    follow = await createFollowWorld([REQUOTES, { ...REQUOTES, name: 'beta', cash: 20_000 }]);
    const { world } = follow;
    await halfBought();
    await follow.take({ id: 'b', strategy: 'beta', side: 'sell', amount: 400 });
    await follow.take({ id: 'c', security: '600000.XSHG', side: 'sell', amount: 400 });
    await world.pass(3_000);
    expect(follow.row('buy').phase).toBe('ordered');
  });
});
