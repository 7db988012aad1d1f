import { describe, expect, test } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { API_ROOT } from '../../../../src/server/http/api/routes.ts';
import { MAX_STREAMS } from '../../../../src/server/http/limits.ts';
import { EventReader } from './event-stream.ts';
import { placed, startHttpWorld } from './http-world.ts';
import type { HttpWorld } from './http-world.ts';

const ORDERS = `${API_ROOT}/events/orders`;
const TICKS = `${API_ROOT}/events/ticks`;

async function eventually(condition: () => boolean): Promise<void> {
  await expect.poll(condition, { timeout: 30_000, interval: 5 }).toBe(true);
}

function broker(world: HttpWorld) {
  return world.server.gateway.broker({ key: 'default', id: 'demo', type: 'stock' });
}

describe('orders', () => {
  test('begin with the lists, then each change is told', async () => {
    const world = await startHttpWorld();
    await placed(world, 'before');
    const reader = new EventReader(world.port, ORDERS);
    await eventually(() => reader.told.length > 0);
    expect(reader.told[0]).toMatchObject({ event: 'snapshot', data: { account: 'default', orders: [{}], trades: [] } });
    const { order_id: id } = (await placed(world, 'k', { security: '518880.SH', price: 6.2, amount: 200 })).json();
    await eventually(() => reader.named('order').some(({ data }) => data['order_id'] === id));
    await world.clock.walk(world.clock.now() + 5_000);
    await eventually(() =>
      reader.named('order').some(({ data }) => data['order_id'] === id && data['status'] === 'filled'),
    );
    const filled = reader.named('trade').reduce((sum, { data }) => sum + Number(data['amount']), 0);
    expect(filled).toBe(200);
    const ids = reader.told.map((one) => one.id);
    expect(new Set(ids.slice(1)).size).toBe(ids.length - 1);
  });

  test('a reader who comes back gets what came since, once', async () => {
    const world = await startHttpWorld();
    const first = new EventReader(world.port, ORDERS);
    const stays = new EventReader(world.port, ORDERS);
    await eventually(() => first.told.length > 0 && stays.told.length > 0);
    await placed(world, 'a');
    await eventually(() => first.named('order').length > 0);
    const last = first.told.at(-1)?.id ?? '';
    first.leave();
    await placed(world, 'b', { amount: 300 });
    await eventually(() => stays.named('order').some(({ data }) => data['amount'] === 300));
    const again = new EventReader(world.port, ORDERS, { 'Last-Event-ID': last });
    await eventually(() => again.told.length > 0);
    const since = stays.told.slice(stays.told.findIndex(({ id }) => id === last) + 1);
    expect(again.told).toEqual(since);
    expect(again.named('snapshot')).toEqual([]);
  });

  test.each(['', 'x-1', '1-1', 'zzz', '-', 'a-99999999999999999999'])(
    'an id that is not ours (%j) is answered with the lists',
    async (lastId) => {
      const world = await startHttpWorld();
      const reader = new EventReader(world.port, ORDERS, { 'Last-Event-ID': lastId });
      await eventually(() => reader.told.length > 0);
      expect(reader.told[0]?.event).toBe('snapshot');
    },
  );

  test('what was missed while nobody listened is in the lists of who comes next', async () => {
    const world = await startHttpWorld();
    const first = new EventReader(world.port, ORDERS);
    await eventually(() => first.told.length > 0);
    first.leave();
    await placed(world, 'a');
    const next = new EventReader(world.port, ORDERS);
    await eventually(() => next.told.length > 0);
    expect(next.told[0]).toMatchObject({ event: 'snapshot', data: { orders: [{}] } });
  });

  test('a gateway that does not tell is said once, and the lists come whole when it does', async () => {
    const world = await startHttpWorld();
    const reader = new EventReader(world.port, ORDERS);
    await eventually(() => reader.told.length > 0);
    const account = broker(world);
    const orders = account.orders.bind(account);
    account.orders = () => Promise.reject(new BtError('QMT_UNAVAILABLE', '断开', { fault: 'venue' }));
    await eventually(() => reader.named('trouble').length > 0);
    account.orders = orders;
    await eventually(() => reader.named('snapshot').length > 1);
    expect(reader.named('trouble')).toMatchObject([{ id: null, data: { code: 'QMT_UNAVAILABLE', status: 503 } }]);
  });
});

describe('ticks', () => {
  test('the latest at once, then what has changed, of what was asked for', async () => {
    const world = await startHttpWorld();
    const reader = new EventReader(world.port, `${TICKS}?securities=000001.SZ,510300.SH`);
    await eventually(() => reader.told.length === 2);
    expect(new Set(reader.told.map(({ data }) => data['security']))).toEqual(new Set(['000001.XSHE', '510300.XSHG']));
    await world.clock.walk(world.clock.now() + 10_000);
    await eventually(() => reader.told.length === 4);
    expect(reader.told.map(({ event }) => event)).toEqual(['tick', 'tick', 'tick', 'tick']);
    const other = new EventReader(world.port, `${TICKS}?securities=510300.SH`);
    await eventually(() => other.told.length > 0);
    expect(other.told[0]?.data['security']).toBe('510300.XSHG');
  });

  test('one that cannot be read is said once, and the others go on', async () => {
    const world = await startHttpWorld();
    const { data } = world.server.gateway;
    const quote = data.quote.bind(data);
    data.quote = (security) =>
      security === '000001.XSHE' ? Promise.reject(new BtError('BAD', '坏', { fault: 'venue' })) : quote(security);
    const reader = new EventReader(world.port, `${TICKS}?securities=000001.SZ,510300.SH`);
    await eventually(() => reader.named('trouble').length === 1 && reader.named('tick').length === 1);
    await world.clock.walk(world.clock.now() + 10_000);
    await eventually(() => reader.named('tick').length === 2);
    expect(reader.named('trouble')).toHaveLength(1);
  });
});

test('streams are limited in number, and one that is left makes room', async () => {
  const world = await startHttpWorld();
  const readers = Array.from({ length: MAX_STREAMS }, () => new EventReader(world.port, ORDERS));
  await eventually(() => readers.every(({ told }) => told.length > 0));
  const beyond = await world.ask(ORDERS);
  expect([beyond.status, beyond.json()['code']]).toEqual([429, 'TOO_MANY_STREAMS']);
  readers[0]?.leave();
  const opened = async (): Promise<number | null> => {
    const reader = new EventReader(world.port, ORDERS);
    await eventually(() => reader.status !== null);
    return reader.status;
  };
  await expect.poll(opened, { timeout: 30_000, interval: 20 }).toBe(200);
});

test('the stop of the server ends them', async () => {
  const world = await startHttpWorld();
  const readers = [new EventReader(world.port, ORDERS), new EventReader(world.port, `${TICKS}?securities=000001.SZ`)];
  await eventually(() => readers.every(({ told }) => told.length > 0));
  await world.server.stop();
  await eventually(() => readers.every(({ ended }) => ended));
});
