import { afterEach, describe, expect, it } from 'vitest';
import type { IntentRow } from '../../../../src/domain/order/rows.ts';
import { createWorld, type World } from './world.ts';

let world: World;
afterEach(async () => {
  await world.close();
});

/** One order of unknown fate that the broker holds without our mark. */
async function doubtful(): Promise<{ intent: IntentRow; orderId: string }> {
  world = await createWorld();
  world.broker.onPlace = (request, broker) => {
    broker.enter({ ...request, remark: 'bt:zzzzzzzz:other' });
    return { kind: 'unknown', code: 'RPC_TIMEOUT', reason: 'no answer', answered: false };
  };
  await world.settle(world.order({ waitTimeout: 1 }));
  const [intent] = world.trading.book.intents();
  if (intent === undefined) throw new Error('nothing was sent');
  return { intent, orderId: '1000' };
}

describe('the late answer to a place request', () => {
  it('settles the order it names', async () => {
    const { intent } = await doubtful();
    // The gateway hides marks: only its own answer can say which order it is.
    world.broker.set('1000', { remark: '' });
    world.broker.answerLate(intent.clientId, { kind: 'accepted', orderId: '1000', order: null });
    expect(world.trading.book.intent(intent.clientId)).toMatchObject({ state: 'accepted', brokerOrderId: '1000' });
  });

  it('is a rejection when it says so', async () => {
    const { intent } = await doubtful();
    const outcome = { kind: 'rejected', code: 'REQUEST_FAILED', reason: 'X 停牌，无法下单', orderId: null } as const;
    world.broker.answerLate(intent.clientId, outcome);
    expect(world.trading.book.intent(intent.clientId)).toMatchObject({ state: 'rejected', reason: outcome.reason });
  });

  it('names the order that was rejected: a list that does not say how that one ended is about nothing new', async () => {
    const { intent } = await doubtful();
    world.broker.answerLate(intent.clientId, { kind: 'rejected', code: 'REJECTED', reason: '废单', orderId: '1000' });
    world.broker.set('1000', { remark: intent.remark, status: 'unknown' });
    await world.trading.tracker.readNow();
    expect(world.trading.book.intent(intent.clientId)).toMatchObject({ state: 'rejected', brokerOrderId: '1000' });
    expect(world.lines.filter(({ text }) => text.includes('turns up'))).toEqual([]);
  });

  it('changes nothing that is settled, unknown to us, or told without a verdict', async () => {
    const { intent } = await doubtful();
    world.broker.answerLate('stranger', { kind: 'accepted', orderId: '7', order: null });
    world.broker.answerLate(intent.clientId, { kind: 'unknown', code: 'X', reason: '', answered: true });
    world.broker.answerLate(intent.clientId, { kind: 'rejected', code: 'NOT_SENT', reason: '', orderId: null });
    expect(world.trading.book.intent(intent.clientId).state).toBe('unknown');
  });
});
