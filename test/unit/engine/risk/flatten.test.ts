import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import type { KillFilePort } from '../../../../src/engine/risk/kill-switch.ts';
import type { KillOrder } from '../../../../src/platform/kill-file.ts';
import { aQuote } from '../../domain/order/builders.ts';
import { createWorld, type World } from '../orders/world.ts';

let world: World;
let file: KillOrder | null;
const killFile: KillFilePort = {
  read: () => file,
  remove: () => {
    file = null;
  },
};
beforeEach(() => {
  file = null;
});
afterEach(async () => {
  await world.close();
});

const flatten = { cancel: true, flatten: true, reason: 'too fast' };
const held = {
  security: '000001.XSHE',
  name: null,
  amount: 1000,
  closeableAmount: 600,
  avgCost: 9,
  lastPrice: 10,
  marketValue: 10_000,
};
const resting = { quantity: -200, style: { kind: 'limit', limitPrice: 10.9 }, waitTimeout: 0 } as const;

function fillsAtOnce(): void {
  world.broker.onPlace = (request, broker) => {
    const answer = broker.accept(request);
    broker.fill(String(1000 + broker.book.length - 1), request.amount);
    return answer;
  };
}
const sells = (): readonly number[] => world.broker.placed.map(({ amount }) => amount);
const told = (): string =>
  world.happened.flatMap((event) => (event.kind === 'operator' ? [event.text] : [])).join('\n');

describe('a kill that sells', () => {
  it('sells on the next day what was bought on its day', async () => {
    world = await createWorld({ killFile });
    world.broker.held = [held];
    await world.restart();
    fillsAtOnce();
    world.trading.risk.pull(flatten);
    await world.pass(10_000, () => told().includes('left: 400'));
    expect(sells()).toEqual([600]);
    world.broker.held = [{ ...held, amount: 400, closeableAmount: 400, marketValue: 4_000 }];
    world.broker.book.length = 0;
    world.broker.fills.length = 0;
    world.kill();
    await world.clock.walk(chinaInstant('2026-07-07', '09:35:00'));
    await world.restart();
    await world.pass(90_000, () => told().includes('everything'));
    expect(sells()).toEqual([600, 400]);
    expect(world.ledger.risk.killWish()).toMatchObject({ done: true });
  });

  it('at lunch asks for a holding once, and sells it when the market opens', async () => {
    world = await createWorld({ killFile, start: '12:59:00' });
    world.broker.held = [held];
    await world.restart();
    fillsAtOnce();
    world.trading.risk.pull(flatten);
    await world.pass(10_000);
    expect(world.trading.book.unfinished()).toHaveLength(1);
    await world.pass(90_000, () => told().includes('left: 400'));
    expect(sells()).toEqual([600]);
  });

  it('sells the rest of what a sell in the auction left open', async () => {
    world = await createWorld({ killFile, start: '09:24:30' });
    world.broker.held = [held];
    await world.restart();
    world.trading.risk.pull(flatten);
    await world.pass(2_000, () => world.broker.placed.length > 0);
    expect(world.ledger.risk.killWish()).toMatchObject({ done: false });
    world.broker.fill('1000', 200);
    world.broker.onPlace = (request, broker) => broker.accept(request);
    await world.clock.walk(chinaInstant('2026-07-06', '09:30:15'));
    fillsAtOnce();
    await world.pass(30_000, () => world.broker.placed.length > 1);
    expect(sells()).toEqual([600, 400]);
  });

  it('sells what an own order holds once its cancel is possible', async () => {
    world = await createWorld({ killFile, start: '09:18:00' });
    world.broker.held = [held];
    await world.restart();
    await world.settle(world.order(resting));
    await world.clock.walk(chinaInstant('2026-07-06', '09:24:00'));
    world.trading.risk.pull(flatten);
    await world.pass(2_000, () => world.broker.placed.length > 1);
    expect(sells()).toEqual([200, 400]);
    await world.clock.walk(chinaInstant('2026-07-06', '09:29:59'));
    fillsAtOnce();
    await world.pass(40_000, () => world.broker.placed.length > 3);
    expect(world.broker.held).toMatchObject([{ amount: 400 }]);
  });

  it('goes on after a restart with what a sell had left, and tells a person after five', async () => {
    world = await createWorld({ killFile });
    world.broker.held = [held];
    await world.restart();
    world.trading.risk.pull(flatten);
    await world.pass(2_000, () => world.broker.placed.length > 0);
    world.broker.fill('1000', 100);
    await world.pass(1_000);
    await world.restart();
    await world.pass(25_000, () => world.broker.placed.length > 1);
    expect(sells().slice(0, 2)).toEqual([600, 500]);
    await world.pass(120_000, () => told().includes('often enough'));
    expect(sells()).toEqual([600, 500, 500, 500, 500]);
    await world.pass(120_000);
    expect(sells()).toHaveLength(5);
  });

  it('asks for nothing after the close, however long it waits', async () => {
    world = await createWorld({ killFile, start: '15:10:00' });
    world.broker.held = [held];
    await world.restart();
    world.trading.risk.pull(flatten);
    await world.pass(200_000);
    expect(world.ledger.ordersOf('2026-07-06')).toEqual([]);
    expect(told()).not.toContain('often enough');
  });

  it('tries again when there was no quote for a while', async () => {
    world = await createWorld({ killFile });
    world.broker.held = [held];
    await world.restart();
    fillsAtOnce();
    world.quotes.clear();
    world.trading.risk.pull(flatten);
    await world.pass(20_000);
    expect(sells()).toEqual([]);
    world.quotes.set('000001.XSHE', aQuote());
    await world.pass(90_000, () => world.broker.placed.length > 0);
    expect(sells()).toEqual([600]);
  });

  it('does not send what waited for its window when a person let everything go on', async () => {
    world = await createWorld({ killFile, start: '12:59:30' });
    world.broker.held = [held];
    await world.restart();
    world.trading.risk.pull(flatten);
    await world.pass(2_000);
    world.trading.risk.lift('a mistake');
    await world.pass(60_000);
    expect(sells()).toEqual([]);
  });

  it('sells of each sub-portfolio what it holds', async () => {
    world = await createWorld({ killFile });
    world.trading.portfolios.divide(
      [
        { type: 'stock', cash: 50_000 },
        { type: 'stock', cash: 50_000 },
      ],
      () => undefined,
    );
    world.quotes.set('518880.XSHG', { ...aQuote(), security: '518880.XSHG' });
    fillsAtOnce();
    await world.settle(world.order({ security: '518880.XSHG', quantity: 300, pindex: 1 }));
    world.trading.risk.pull(flatten);
    await world.pass(20_000, () => world.broker.placed.length > 1);
    expect(world.broker.placed.map(({ side, amount }) => [side, amount])).toEqual([
      ['buy', 300],
      ['sell', 300],
    ]);
  });
});

describe('a kill that sells with --positions own', () => {
  it('sells what this instance bought, and nothing of others', async () => {
    world = await createWorld({ killFile, positions: 'own' });
    const gold = { ...held, security: '518880.XSHG', amount: 1000, closeableAmount: 1000 };
    world.broker.held = [held, gold];
    await world.restart();
    world.quotes.set('518880.XSHG', { ...aQuote(), security: '518880.XSHG' });
    fillsAtOnce();
    await world.settle(world.order({ security: '518880.XSHG', quantity: 300 }));
    world.trading.risk.pull(flatten);
    await world.pass(30_000);
    expect(world.broker.placed.map(({ side, security, amount }) => [side, security, amount])).toEqual([
      ['buy', '518880.XSHG', 300],
      ['sell', '518880.XSHG', 300],
    ]);
    expect(told()).toMatch(/sold everything/);
  });
});

describe('the file KILL', () => {
  it('that asks for more than the pull before it is obeyed, also when no engine ran', async () => {
    world = await createWorld({ killFile });
    world.broker.held = [held];
    await world.restart();
    fillsAtOnce();
    file = { cancel: false, flatten: false, reason: 'first' };
    await world.pass(2_000);
    world.kill();
    file = flatten;
    await world.restart();
    await world.pass(20_000, () => world.broker.placed.length > 0);
    expect(sells()).toEqual([600]);
  });

  it('is not removed by a resume that knows of something else only', async () => {
    world = await createWorld({ killFile });
    world.trading.risk.pause('lunch');
    file = { cancel: false, flatten: false, reason: 'by hand' };
    expect(world.trading.risk.stopped()).toEqual(['pause', 'kill']);
  });
});

describe('a kill that cancels', () => {
  it('insists where a target that replaced the order would have given up', async () => {
    world = await createWorld({ killFile });
    world.broker.held = [held];
    await world.restart();
    const open = await world.settle(world.order(resting));
    const id = open?.orderId ?? '';
    const refuse = (): { kind: 'refused'; reason: string } => ({ kind: 'refused', reason: 'not now' });
    world.broker.onCancel = refuse;
    world.trading.driver.cancel(id, 'an order_target call replaces it', false);
    world.trading.risk.pull({ ...flatten, flatten: false });
    await world.pass(1_000);
    world.broker.onCancel = (orderId, broker) => broker.drop(orderId);
    await world.pass(30_000, () => world.trading.book.view(id).state === 'canceled');
    expect(world.trading.book.view(id).state).toBe('canceled');
  });
});
