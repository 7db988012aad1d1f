import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../../src/domain/time.ts';
import type { KillFilePort } from '../../../../src/engine/risk/kill-switch.ts';
import type { KillOrder } from '../../../../src/platform/kill-file.ts';
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

const resting = { quantity: 100, style: { kind: 'limit', limitPrice: 9.5 }, waitTimeout: 0 } as const;
const stopped = { cancel: false, flatten: false, reason: 'too fast' };
const held = {
  security: '000001.XSHE',
  name: null,
  amount: 1000,
  closeableAmount: 600,
  avgCost: 9,
  lastPrice: 10,
  marketValue: 10_000,
};

describe('the kill switch', () => {
  it('places nothing from the moment it is acknowledged, over a restart too, until a person says why it may go on', async () => {
    world = await createWorld({ killFile });
    world.trading.risk.pull(stopped);
    expect(await world.settle(world.order(resting))).toBeNull();
    await world.restart();
    expect(await world.settle(world.order(resting))).toBeNull();
    expect(world.broker.placed).toEqual([]);
    expect(world.lines.map(({ text }) => text).join('\n')).toMatch(/kill switch stops all orders since .*: too fast/);
    world.trading.risk.lift('looked at');
    expect(await world.settle(world.order(resting))).not.toBeNull();
    expect(world.ledger.risk.entriesSince(0)).toMatchObject([
      { level: 'stopped', rule: 'kill' },
      { level: 'resumed', rule: 'kill', text: 'looked at' },
    ]);
  });

  it('leaves open what is open, and ends what waits for its window', async () => {
    world = await createWorld({ killFile, start: '09:05:00' });
    const parked = await world.settle(world.order(resting));
    world.trading.risk.pull(stopped);
    await world.pass(500);
    expect(world.trading.book.view(parked?.orderId ?? '').state).toBe('not_sent');
    await world.close();
    world = await createWorld({ killFile });
    const open = await world.settle(world.order(resting));
    world.trading.risk.pull(stopped);
    await world.pass(2_000);
    expect(world.trading.book.view(open?.orderId ?? '').state).toBe('accepted');
  });

  it('cancels what is open when it is told to, also when the gateway comes back only later', async () => {
    world = await createWorld({ killFile });
    const open = await world.settle(world.order(resting));
    world.broker.readsFail = true;
    world.broker.emit({ kind: 'disconnected', session: 'read', reason: 'away' });
    world.trading.risk.pull({ ...stopped, cancel: true });
    await world.restart().catch(() => undefined);
    world.broker.readsFail = false;
    world.broker.emit({ kind: 'connected', session: 'read' });
    await world.pass(30_000, () => world.broker.cancels.length > 0);
    await world.pass(2_000);
    expect(world.trading.book.view(open?.orderId ?? '').state).toBe('canceled');
  });

  it('sells what can be sold, once, and tells what is left', async () => {
    world = await createWorld({ killFile });
    world.broker.held = [held];
    await world.restart();
    world.broker.onPlace = (request, broker) => {
      const answer = broker.accept(request);
      broker.fill(String(1000 + broker.book.length - 1), request.amount);
      return answer;
    };
    world.trading.risk.pull({ ...stopped, cancel: true, flatten: true });
    await world.pass(10_000);
    expect(world.broker.placed).toMatchObject([{ side: 'sell', amount: 600, security: '000001.XSHE' }]);
    const told = world.happened.flatMap((event) => (event.kind === 'operator' ? [event.text] : []));
    expect(told.join()).toMatch(/left: 400 000001\.XSHE/);
    await world.restart();
    await world.pass(5_000);
    expect(world.broker.placed).toHaveLength(1);
  });

  it('is found as a file before the next place, and within a second when nothing is placed', async () => {
    world = await createWorld({ killFile });
    const open = await world.settle(world.order(resting));
    file = { ...stopped, cancel: true };
    expect(await world.settle(world.order(resting))).toBeNull();
    await world.pass(2_000);
    expect(world.broker.placed).toHaveLength(1);
    expect(world.trading.book.view(open?.orderId ?? '').state).toBe('canceled');
    world.trading.risk.lift('looked at');
    expect(file).toBeNull();
    await world.pass(1_500);
    file = stopped;
    await world.pass(1_200);
    expect(world.trading.risk.stopped()).toEqual(['kill']);
  });

  it('obeys a file that was made while no engine ran', async () => {
    world = await createWorld({ killFile });
    file = stopped;
    await world.restart();
    expect(world.trading.risk.pausesHooks()).toMatch(/kill switch/);
    expect(await world.settle(world.order(resting))).toBeNull();
  });

  it('asked again it does what is asked for as well', async () => {
    world = await createWorld({ killFile });
    const open = await world.settle(world.order(resting));
    world.trading.risk.pull(stopped);
    await world.pass(500);
    world.trading.risk.pull({ ...stopped, cancel: true });
    await world.pass(2_000);
    expect(world.trading.book.view(open?.orderId ?? '').state).toBe('canceled');
  });

  it('cancels what it was to cancel although a person lets everything go on in the turn in which its file is found', async () => {
    world = await createWorld({ killFile });
    const open = await world.settle(world.order(resting));
    file = { ...stopped, cancel: true };
    expect(world.trading.risk.stopped()).toEqual(['kill']);
    world.trading.risk.lift('looked at');
    await world.pass(2_000);
    expect(world.trading.book.view(open?.orderId ?? '').state).toBe('canceled');
    expect(await world.settle(world.order(resting))).not.toBeNull();
  });

  it('that has sold nothing on one day sells on the next one', async () => {
    world = await createWorld({ killFile, start: '15:10:00' });
    world.broker.held = [held];
    await world.restart();
    world.trading.risk.pull({ ...stopped, flatten: true });
    await world.pass(2_000);
    expect(world.ledger.risk.killWish()).toMatchObject({ done: false });
    world.broker.onPlace = (request, broker) => {
      const answer = broker.accept(request);
      broker.fill(String(1000 + broker.book.length - 1), request.amount);
      return answer;
    };
    await world.clock.walk(chinaInstant('2026-07-07', '09:35:00'));
    await world.restart();
    await world.pass(3_000, () => world.broker.placed.length > 0);
    expect(world.broker.placed).toMatchObject([{ side: 'sell', amount: 600 }]);
  });
});

describe('a pause', () => {
  it('stops orders and hooks, over a restart too, and leaves open what is open', async () => {
    world = await createWorld();
    const open = await world.settle(world.order(resting));
    world.trading.risk.pause('lunch');
    await world.restart();
    expect(world.trading.risk.pausesHooks()).toMatch(/paused/);
    expect(await world.settle(world.order(resting))).toBeNull();
    expect(world.trading.book.view(open?.orderId ?? '').state).toBe('accepted');
    world.trading.risk.lift('back');
    expect(world.trading.risk.pausesHooks()).toBeNull();
  });
  it('ends what its window comes to while it lasts, and keeps what waits beyond it', async () => {
    world = await createWorld({ start: '12:59:30' });
    const [ends, stays] = [
      await world.settle(world.order(resting)),
      await world.settle(
        world.order({
          ...resting,
          style: { kind: 'limit', limitPrice: 9.4, stop: { mode: 'take_profit', price: 9.4 } },
        }),
      ),
    ];
    world.trading.risk.pause('lunch');
    await world.pass(40_000);
    world.trading.risk.lift('back');
    const states = [ends, stays].map((order) => world.trading.book.life(order?.orderId ?? '')?.order);
    expect(states).toMatchObject([
      { phase: 'done', denied: expect.stringMatching(/a pause stops all orders/) },
      { phase: 'parked', denied: null },
    ]);
    expect(world.lines.map(({ text }) => text).join('\n')).toMatch(/A waiting order was not sent: .*a pause/);
  });
});
