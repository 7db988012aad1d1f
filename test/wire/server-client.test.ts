import { describe, expect, test } from 'vitest';
import { chinaInstant } from '../../src/domain/time.ts';
import { decodeAccount, decodePositions } from '../../src/protocol/decode/account.ts';
import { decodeHistory } from '../../src/protocol/decode/history.ts';
import { decodeCancelAnswer, decodePlaceAnswer } from '../../src/protocol/decode/order-answers.ts';
import { decodeOrder, decodeOrders, decodeTrades } from '../../src/protocol/decode/orders.ts';
import { decodeLiveCurrent, decodeSnapshot, decodeTick } from '../../src/protocol/decode/quotes.ts';
import { decodeSecurityInfo, decodeTradeDays } from '../../src/protocol/decode/reference.ts';
import { decodeTable } from '../../src/protocol/decode/table.ts';
import { placeOrderPayload } from '../../src/protocol/encode/place-order.ts';
import {
  accountPayload,
  historyPayload,
  orderIdPayload,
  securityPayload,
  tradeDaysPayload,
} from '../../src/protocol/encode/requests.ts';
import { flow, MORNING, payloadOf, startWorld } from '../unit/server/world.ts';
import type { World } from '../unit/server/world.ts';
import type { WireClient } from './wire-client.ts';

const GOLD = '518880.XSHG';
const SCOPE = { accountKey: null, subAccountId: null };

async function begin(): Promise<{ world: World; client: WireClient }> {
  const world = await startWorld();
  return { world, client: await world.open() };
}

/** What our client makes of the answers of the simulated market, over a real connection. */
describe("our stub's answers in our client's eyes", () => {
  test('an order from placing to filling', async () => {
    const { world, client } = await begin();
    const quote = decodeLiveCurrent(
      (await client.request('data.live_current', securityPayload(GOLD)))['payload'],
      GOLD,
    );
    const price = quote?.ask1 ?? Number.NaN;
    const payload = placeOrderPayload(
      { security: GOLD, side: 'buy', amount: 100, price, style: 'limit', remark: 'bt:abcd1234:x', clientId: 'c1' },
      SCOPE,
    );
    const placed = decodePlaceAnswer((await client.request('broker.place_order', payload))['payload']);
    expect(placed).toMatchObject({ status: 'pending', order: { remark: 'bt:abcd1234:x', createdAt: MORNING } });
    await world.clock.walk(MORNING + 60_000);
    const id = orderIdPayload(SCOPE, placed.orderId ?? '');
    const order = decodeOrder((await client.request('broker.order_status', id))['payload']);
    expect(order).toMatchObject({ status: 'filled', filled: 100, side: 'buy', limitPrice: price });
    expect(decodeOrders((await client.request('broker.orders', accountPayload(SCOPE)))['payload'])).toEqual([order]);
    const [trade] = decodeTrades((await client.request('broker.trades', accountPayload(SCOPE)))['payload']);
    expect(trade).toMatchObject({ orderId: placed.orderId, amount: 100, commission: 5, tax: 0 });
    expect(trade?.time).toBeGreaterThanOrEqual(MORNING);
    const [position] = decodePositions((await client.request('broker.positions', accountPayload(SCOPE)))['payload']);
    expect(position).toMatchObject({ security: GOLD, amount: 100, closeableAmount: 100 });
    const account = decodeAccount((await client.request('broker.account', accountPayload(SCOPE)))['payload']);
    expect(account).toMatchObject({ accountId: 'demo', frozenCash: 0 });
    expect(account.totalValue).toBeCloseTo(account.availableCash + (account.marketValue ?? 0), 6);
  });

  test('a rejected order, a cancelled one, a refused cancel', async () => {
    const { world, client } = await begin();
    const order = { security: GOLD, side: 'buy', style: 'limit', remark: 'bt:abcd1234:x' } as const;
    const place = async (
      amount: number,
      price: number,
      clientId: string,
    ): Promise<ReturnType<typeof decodePlaceAnswer>> => {
      const payload = placeOrderPayload({ ...order, amount, price, clientId }, SCOPE);
      return decodePlaceAnswer((await client.request('broker.place_order', payload))['payload']);
    };
    const rejected = await place(150, 6, 'c1');
    expect(rejected).toMatchObject({ status: 'rejected', order: { status: 'rejected', filled: 0 } });
    expect(rejected.statusText).not.toBe('');
    const open = await place(100, 5.8, 'c2');
    await world.clock.walk(MORNING + 3000);
    const cancel = (): Promise<unknown> =>
      flow(world.clock, client.request('broker.cancel_order', orderIdPayload(SCOPE, open.orderId ?? ''))).then(
        payloadOf,
      );
    expect(decodeCancelAnswer(await cancel())).toMatchObject({ accepted: true, status: 'canceled', timedOut: false });
    expect(decodeCancelAnswer(await cancel())).toMatchObject({ accepted: false, status: null });
  });

  test('market data', async () => {
    const { client } = await begin();
    const get = async (action: string, payload: Record<string, unknown>): Promise<unknown> =>
      (await client.request(action, payload))['payload'];
    const live = decodeLiveCurrent(await get('data.live_current', securityPayload(GOLD)), GOLD);
    const snapshot = decodeSnapshot(await get('data.snapshot', securityPayload(GOLD)), GOLD);
    expect(live).toMatchObject({
      security: GOLD,
      time: MORNING,
      paused: false,
      isSt: false,
      lastPrice: snapshot?.lastPrice,
    });
    expect(snapshot).toMatchObject({ security: GOLD, time: MORNING, bid1: live?.bid1, ask1: live?.ask1 });
    const request = { security: GOLD, unit: '1m', count: 3, start: null, end: MORNING, adjust: 'pre' } as const;
    const bars = decodeHistory(await get('data.history', historyPayload(request)), GOLD);
    expect([...bars.time]).toEqual(['09:32', '09:33', '09:34'].map((time) => chinaInstant('2026-07-06', time)));
    expect(decodeTradeDays(await get('data.trade_days', tradeDaysPayload('2026-07-03', '2026-07-06')))).toEqual([
      '2026-07-03',
      '2026-07-06',
    ]);
    expect(decodeSecurityInfo(await get('data.security_info', securityPayload(GOLD)), GOLD)).toMatchObject({
      security: GOLD,
      type: 'etf',
    });
    expect(decodeTable(await get('data.get_all_securities', { types: 'etf' })).rows).toBeGreaterThan(10);
  });

  test('ticks', async () => {
    const { client } = await begin();
    await client.request('data.subscribe', { securities: [GOLD] });
    await client.until(() => client.messages.some(({ event }) => event === 'tick'), 'a tick');
    const event = client.messages.find(({ event: name }) => name === 'tick');
    expect(decodeTick(event?.['payload'])).toMatchObject({ security: GOLD, time: MORNING });
  });
});
