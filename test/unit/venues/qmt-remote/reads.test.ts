import { describe, expect, it } from 'vitest';
import { errorCode } from '../../../../src/domain/errors.ts';
import type { JsonObject } from '../../../../src/protocol/json.ts';
import { settle } from '../../platform/fake-timers.ts';
import { orderRow, Refusal, ScriptedVenue, started } from './scripted-venue.ts';

async function codeOf(promise: Promise<unknown>): Promise<string | null> {
  try {
    await promise;
  } catch (error) {
    return errorCode(error);
  }
  throw new Error('resolved');
}

const position = {
  security: '000001.XSHE',
  name: '平安银行',
  amount: 1000,
  closeable_amount: 0,
  avg_cost: 9.5,
  current_price: 10.1,
  market_value: 10_100,
};
const trade = {
  trade_id: 't1',
  order_id: '1',
  security: '000001.SZ',
  amount: 100,
  price: 10.1,
  time: '2026-07-06 09:34:30',
};

it('reads the account of the configured key, on the read session', async () => {
  const scripted = await started({ QMT_SERVER_SUB_ACCOUNT: 'demo' });
  expect(await scripted.broker.account()).toMatchObject({ accountId: 'demo', availableCash: 1, totalValue: 0 });
  expect(scripted.sent('broker.account').at(-1)).toEqual({ account_key: null, sub_account_id: 'demo' });
  expect(scripted.linkOf('broker.account')).toBe(scripted.link('read'));
});

it('reads positions, orders and trades', async () => {
  const scripted = await started();
  scripted
    .on('broker.positions', () => [position])
    .on('broker.orders', () => [orderRow({ security: '000001.SZ' })])
    .on('broker.trades', () => [trade, trade]);
  // A closeable amount of 0 (bought today) stays 0 (A4-12).
  expect(await scripted.broker.positions()).toMatchObject([{ amount: 1000, closeableAmount: 0 }]);
  expect(await scripted.broker.orders()).toMatchObject([{ security: '000001.XSHE', side: 'buy', status: 'open' }]);
  // Two equal fills are two fills.
  expect(await scripted.broker.trades()).toHaveLength(2);
});

describe('D5: whole or an error, never a part and never an empty list instead', () => {
  it.each([
    ['broker.positions', [position, { ...position, amount: null }]],
    ['broker.positions', {}],
    ['broker.positions', null],
    ['broker.orders', {}],
    ['broker.trades', {}],
    ['broker.account', { dtype: 'dict', value: { total_value: 5 } }],
  ])('%s case %#', async (action, answer) => {
    const scripted = await started();
    scripted.on(action, () => answer);
    const read = {
      'broker.positions': () => scripted.broker.positions(),
      'broker.orders': () => scripted.broker.orders(),
      'broker.trades': () => scripted.broker.trades(),
      'broker.account': () => scripted.broker.account(),
    }[action];
    expect(await codeOf(read?.() ?? Promise.resolve())).toBe('BAD_ANSWER');
  });

  it('a row of a list that cannot be read is there, and says so', async () => {
    const scripted = await started();
    scripted
      .on('broker.orders', () => [orderRow(), orderRow({ order_id: '' })])
      .on('broker.trades', () => [trade, { ...trade, amount: null }]);
    const reasons = async (rows: Promise<readonly { readonly unreadable?: string }[]>): Promise<unknown> =>
      (await rows).map(({ unreadable }) => unreadable);
    expect(await reasons(scripted.broker.orders())).toEqual([undefined, 'order_id is missing or not usable']);
    expect(await reasons(scripted.broker.trades())).toEqual([undefined, 'amount is missing or not usable']);
  });

  it('A4-11: a refused query throws the gateway’s code', async () => {
    const scripted = await started();
    scripted.on('broker.positions', () => new Refusal('QMT_UNAVAILABLE', 'QMT 不可用'));
    expect(await codeOf(scripted.broker.positions())).toBe('QMT_UNAVAILABLE');
  });

  it('an answer that never comes throws after the configured time', async () => {
    const scripted = await started({ QMT_SERVER_RPC_TIMEOUT: '5' });
    const code = codeOf(scripted.broker.orders());
    await scripted.timers.advance(5_000);
    expect(await code).toBe('RPC_TIMEOUT');
  });
});

it('repeats a read after a reconnect', async () => {
  const scripted = await started();
  const orders = scripted.broker.orders();
  await settle();
  scripted.on('broker.orders', () => [orderRow()]);
  scripted.link('read').close();
  await scripted.timers.advance(1_000);
  expect(await orders).toHaveLength(1);
  expect(scripted.sent('broker.orders')).toHaveLength(2);
});

describe('health', () => {
  it('is a stub only when the gateway says so, and then has a clock', async () => {
    const scripted = await started();
    const value = {
      process_alive: true,
      backend: 'stub',
      market: 'simulated',
      clock: { now_ms: 1_783_301_670_000, now: '2026-07-06 09:34:30', speed: 30 },
    };
    scripted.on('admin.health', () => ({ dtype: 'dict', value }));
    expect(await scripted.broker.health()).toMatchObject({
      stub: true,
      backendReady: true,
      clock: { now: 1_783_301_670_000, speed: 30 },
    });
  });

  it('counts as real money otherwise, and tells whether the back end is ready', async () => {
    const scripted = await started();
    const qmt = { ready: false, state: 'cooldown', last_error: 'not logged in' };
    scripted.on('admin.health', () => ({ dtype: 'dict', value: { process_alive: true, qmt } }));
    const health = await scripted.broker.health();
    expect(health).toMatchObject({ stub: false, backendReady: false, clock: null });
    expect(health.detail).toContain('not logged in');
  });
});

describe('what the gateway tells by itself', () => {
  const order = (account?: string): JsonObject => ({
    type: 'event',
    event: 'order',
    payload: { order_id: '7', ...(account === undefined ? {} : { account_key: account }) },
  });

  it('is asked for on the session that reads, and is news of the account and nothing more', async () => {
    const scripted = new ScriptedVenue({ QMT_SERVER_ACCOUNT_KEY: 'main' });
    scripted.on('admin.health', () => ({ dtype: 'dict', value: { process_alive: true, accounts: ['main', 'main'] } }));
    await scripted.broker.start();
    let news = 0;
    const leave = scripted.broker.onAccountNews(() => (news += 1));
    const asked = (kind: 'place' | 'read' | 'data'): unknown => scripted.link(kind).received[0]?.['features'];
    expect([asked('place'), asked('read'), asked('data')]).toEqual([[], ['order_stream'], ['tick']]);
    const read = scripted.link('read');
    read.say(order('main'));
    read.say(order());
    read.say({ type: 'event', event: 'trade', payload: 'garbled' });
    expect(news).toBe(3);
    read.say(order('other'));
    read.say({ type: 'event', event: 'tick', payload: {} });
    expect(news).toBe(3);
    leave();
    read.say(order('main'));
    expect(news).toBe(3);
  });

  it('of any account counts where none was named', async () => {
    const scripted = await started();
    let news = 0;
    scripted.broker.onAccountNews(() => (news += 1));
    scripted.link('read').say(order('other'));
    expect(news).toBe(1);
  });
});
