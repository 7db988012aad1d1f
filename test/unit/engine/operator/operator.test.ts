import { afterEach, describe, expect, it } from 'vitest';
import type { Operator } from '../../../../src/engine/operator/operator.ts';
import type { IntentRow } from '../../../../src/domain/order/rows.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { anOperator } from './an-operator.ts';
import { createWorld, type World } from '../orders/world.ts';

let world: World;
let resume = (): boolean => false;
afterEach(async () => {
  await world.close();
});

const lost = { kind: 'unknown', code: 'LINK_LOST', reason: 'the link was lost', answered: false } as const;

const operator = (): Operator => anOperator(world, resume);

/** One order of unknown fate that the broker may or may not have. */
async function unknownOrder(): Promise<IntentRow> {
  world = await createWorld();
  world.broker.onPlace = () => lost;
  await world.settle(world.order({ waitTimeout: 1 }));
  const [intent] = world.trading.book.intents();
  if (intent === undefined) throw new Error('nothing was sent');
  return intent;
}

describe('resolve', () => {
  it('gives the order the broker’s id and follows it from there', async () => {
    const intent = await unknownOrder();
    const row = world.broker.enter({ ...intent, remark: 'cut', security: '000001.XSHE' });
    // Another candidate with a lost remark: the program may not choose, a person can.
    world.broker.enter({ ...intent, remark: 'cut too' });
    world.broker.fill(row.orderId, 100);
    await world.pass(6_000);
    expect(world.trading.book.intent(intent.clientId).state).toBe('unknown');
    const text = await world.settle(
      operator().handle({ command: 'resolve', values: { id: intent.tag, as: row.orderId } }),
    );
    expect(text).toContain('filled');
    expect(world.trading.book.views()[0]).toMatchObject({ state: 'filled', filled: 100, unknown: false });
  });

  it('settles it as not placed, and its security may be traded again', async () => {
    const intent = await unknownOrder();
    await world.settle(operator().handle({ command: 'resolve', values: { id: intent.tag, notPlaced: 'yes' } }));
    expect(world.trading.book.intent(intent.clientId).state).toBe('not_placed');
    world.broker.onPlace = (request, broker) => broker.accept(request);
    expect(await world.settle(world.order({ waitTimeout: 0 }))).toMatchObject({ state: 'accepted' });
  });

  it('does not believe a person against the broker’s list', async () => {
    const intent = await unknownOrder();
    world.broker.enter({ ...intent });
    await expect(operator().resolve(intent.tag, { kind: 'not_placed' })).rejects.toMatchObject({
      code: 'ORDER_EXISTS',
    });
    await expect(operator().resolve(intent.tag, { kind: 'as', brokerOrderId: '77' })).rejects.toMatchObject({
      code: 'NO_SUCH_ORDER',
    });
    const other = world.broker.enter({ ...intent, security: '000002.XSHE', remark: '' });
    await expect(operator().resolve(intent.tag, { kind: 'as', brokerOrderId: other.orderId })).rejects.toMatchObject({
      code: 'ORDER_MISMATCH',
    });
  });

  it('names what there is when the id is wrong', async () => {
    const intent = await unknownOrder();
    await expect(operator().resolve('nope', { kind: 'not_placed' })).rejects.toThrow(intent.tag);
  });
});

describe('adopt', () => {
  it('takes a foreign order in, tracks it and lets it be cancelled', async () => {
    world = await createWorld();
    const row = world.broker.enter({
      clientId: 'x',
      remark: 'bt:zzzzzzzz:other',
      security: '000001.XSHE',
      side: 'buy',
      amount: 200,
      price: 9.9,
      style: 'limit',
    });
    await world.pass(6_000);
    expect(world.trading.book.views()).toEqual([]);
    await world.settle(operator().handle({ command: 'adopt', values: { id: row.orderId } }));
    const [view] = world.trading.book.views();
    expect(view).toMatchObject({ state: 'accepted', amount: 200, brokerOrderIds: [row.orderId] });
    await expect(operator().adopt(row.orderId)).rejects.toMatchObject({ code: 'ORDER_TAKEN' });
    expect(await world.settle(world.trading.desk.cancel(row.orderId))).toMatchObject({ state: 'canceled' });
  });
});

it('refuses a command it does not know', async () => {
  world = await createWorld();
  await expect(operator().handle({ command: 'sell-all', values: {} })).rejects.toMatchObject({
    code: 'UNKNOWN_COMMAND',
  });
});

describe('an order', () => {
  it('of an earlier day, settled by hand, counts its cash and shares once', async () => {
    world = await createWorld({ positions: 'own' });
    const w = world;
    await w.settle(w.order({ style: { kind: 'limit', limitPrice: 9.9 }, quantity: 500 }), 2_000);
    w.kill();
    // Filled, seen by nobody.
    w.broker.fill('1000', 500);
    w.broker.book.length = 0;
    w.broker.fills.length = 0;
    w.clock.jump(chinaInstant('2026-07-07', '10:00:00'));
    await w.restart();
    await w.pass(60_000);
    const view = () => {
      const v = w.trading.account.view();
      return [v?.availableCash, v?.positions.map(({ amount }) => amount)];
    };
    const op = operator();
    const [intent] = w.trading.book.intents();
    const cash = view()[0];
    await op.resolve(intent?.tag ?? '', { kind: 'filled', shares: 500, price: null });
    expect(view()).toEqual([cash, [500]]);
  });

  it('as not placed is refused while its answer may come', async () => {
    world = await createWorld();
    const w = world;
    w.broker.onPlace = () => new Promise(() => undefined);
    const call = w.order({ waitTimeout: 0 });
    await w.pass(2_000);
    const op = operator();
    const [intent] = w.trading.book.intents();
    const said = await op.resolve(intent?.tag ?? '', { kind: 'not_placed' }).catch((error: unknown) => error);
    await w.settle(call, 30_000);
    expect(said).not.toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });
});

describe('resume', () => {
  it('lets a halted strategy go on, and says so when it was not halted', async () => {
    world = await createWorld();
    resume = () => true;
    expect(await operator().handle({ command: 'resume', values: {} })).toContain('The strategy goes on');
    resume = () => false;
    await expect(operator().handle({ command: 'resume', values: {} })).rejects.toMatchObject({ code: 'NOT_HALTED' });
  });
});
