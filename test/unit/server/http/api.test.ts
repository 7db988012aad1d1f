import type * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { requestFailed } from '../../../../src/server/python.ts';
import { BtError } from '../../../../src/domain/errors.ts';
import { API_ROOT, API_ROUTES } from '../../../../src/server/http/api/routes.ts';
import { ProblemRow } from '../../../../src/server/http/api/schemas.ts';
import { flow } from '../world.ts';
import { placed, RESTING, startHttpWorld } from './http-world.ts';
import type { Answer, HttpWorld } from './http-world.ts';

const MORE = { key: 'spare', id: '9', type: 'credit' };
const SEVERAL = { accounts: [{ key: 'main', id: '1', type: 'stock' }, MORE] };

/** The schema that describes what a route answers. */
function answerOf(id: string): z.ZodType {
  const schema = API_ROUTES.find((route) => route.id === id)?.answer ?? null;
  if (schema === null) throw new Error(`${id} has no answer`);
  return schema;
}

/** The body of an answer, which is as its route says it is. */
function told(id: string, answer: Answer): Record<string, unknown> {
  const body = answer.json();
  expect(answerOf(id).parse(body)).toEqual(body);
  return body;
}

function problem(answer: Answer): Record<string, unknown> {
  expect(answer.headers['content-type']).toBe('application/problem+json');
  const body = ProblemRow.parse(answer.json());
  expect(body.status).toBe(answer.status);
  return body;
}

async function orders(world: HttpWorld, query = ''): Promise<Record<string, unknown>[]> {
  return told('listOrders', await world.ask(`${API_ROOT}/orders${query}`))['orders'] as Record<string, unknown>[];
}

describe('what an account is and has', () => {
  test('health, account, positions, orders and trades are as they are described', async () => {
    const world = await startHttpWorld();
    expect(told('health', await world.ask(`${API_ROOT}/health`))).toMatchObject({
      ready: true,
      simulated: true,
      market_time: '2026-07-06T09:34:30+08:00',
      accounts: [{ account: 'default', account_type: 'stock' }],
    });
    expect(told('getAccount', await world.ask(`${API_ROOT}/account`))).toMatchObject({
      available_cash: 1e6,
      simulated: true,
    });
    await placed(world, 'k', { security: '518880.SH', price: 6.2, amount: 200 });
    await world.clock.walk(world.clock.now() + 5_000);
    const { positions } = told('listPositions', await world.ask(`${API_ROOT}/positions`));
    expect(positions).toMatchObject([{ security: '518880.XSHG', amount: 200 }]);
    expect(typeof (positions as Record<string, unknown>[])[0]?.['profit']).toBe('number');
    expect(await orders(world)).toMatchObject([
      { status: 'filled', filled: 200, created_at: '2026-07-06T09:34:30+08:00' },
    ]);
    const { trades } = told('listTrades', await world.ask(`${API_ROOT}/trades?security=518880.SH`));
    expect(trades).not.toEqual([]);
    expect(told('listTrades', await world.ask(`${API_ROOT}/trades?security=510300.SH`))['trades']).toEqual([]);
  });

  test('one order by its id; an id that is none is not found', async () => {
    const world = await startHttpWorld();
    const { order_id: id } = (await placed(world, 'k')).json();
    expect(told('getOrder', await world.ask(`${API_ROOT}/orders/${String(id)}`))).toMatchObject({ order_id: id });
    expect(problem(await world.ask(`${API_ROOT}/orders/12`))).toMatchObject({ status: 404, code: 'ORDER_UNKNOWN' });
  });

  test('where there are several accounts none is guessed, and one that is not there is refused by name', async () => {
    const world = await startHttpWorld({}, SEVERAL);
    expect(problem(await world.ask(`${API_ROOT}/account`))).toMatchObject({ status: 400, code: 'ACCOUNT_MISSING' });
    const unknown = problem(await world.ask(`${API_ROOT}/account?account=mian`));
    expect(unknown).toMatchObject({ status: 404, code: 'ACCOUNT_UNKNOWN' });
    expect(unknown['detail']).toContain('main, spare');
    expect(told('getAccount', await world.ask(`${API_ROOT}/account?account=spare`))).toMatchObject({ account_id: '9' });
    expect(problem(await placed(world, 'k'))).toMatchObject({ code: 'ACCOUNT_MISSING' });
    expect((await placed(world, 'k', { account: 'spare' })).status).toBe(201);
    expect(await orders(world, '?account=main')).toEqual([]);
    expect(await orders(world, '?account=spare')).toHaveLength(1);
  });
});

test('a sub-account that is not there is refused by name, one that is has its limit', async () => {
  const subAccounts = [{ id: 'small', parent: 'main', limit: 500 }];
  const world = await startHttpWorld({}, { ...SEVERAL, subAccounts });
  const wrong = problem(await placed(world, 'a', { account: 'main', sub_account: 'smal' }));
  expect(wrong).toMatchObject({ status: 404, code: 'SUB_ACCOUNT_UNKNOWN' });
  const other = problem(await placed(world, 'b', { account: 'spare', sub_account: 'small' }));
  expect(other).toMatchObject({ status: 404, code: 'SUB_ACCOUNT_UNKNOWN' });
  const limited = problem(await placed(world, 'c', { account: 'main', sub_account: 'small@main' }));
  expect(limited).toMatchObject({ status: 422, code: 'REFUSED', outcome: 'rejected' });
  expect(
    (await placed(world, 'd', { account: 'main', sub_account: 'small', security: '518880.SH', price: 4.9 })).status,
  ).toBe(422);
});

describe('placing', () => {
  test('one key is one order, whichever door it comes through', async () => {
    const world = await startHttpWorld();
    const first = await placed(world, 'k1');
    expect(first.status).toBe(201);
    const order = told('placeOrder', first);
    expect(first.headers['location']).toBe(`${API_ROOT}/orders/${String(order['order_id'])}`);
    expect((await placed(world, '"k1"')).json()).toEqual(order);
    const client = await world.open();
    const style = { type: 'limit', price: RESTING.price };
    const again = await client.request('broker.place_order', { ...RESTING, side: 'BUY', style, idempotency_key: 'k1' });
    expect(again).toMatchObject({ payload: { order_id: order['order_id'] } });
    expect(await orders(world)).toHaveLength(1);
  });

  test('a key that was used for another order is refused, and nothing is placed', async () => {
    const world = await startHttpWorld();
    await placed(world, 'k1');
    const refused = problem(await placed(world, 'k1', { amount: 200 }));
    expect(refused).toMatchObject({ status: 422, code: 'IDEMPOTENCY_CONFLICT', outcome: 'rejected' });
    expect(await orders(world)).toHaveLength(1);
  });

  test('two requests of one key at once are one order', async () => {
    const world = await startHttpWorld();
    const answers = await Promise.all(Array.from({ length: 20 }, () => placed(world, 'same')));
    expect(new Set(answers.map((answer) => answer.json()['order_id'])).size).toBe(1);
    expect(await orders(world)).toHaveLength(1);
  });

  test('without a key nothing is placed', async () => {
    const world = await startHttpWorld();
    for (const headers of [
      {},
      { 'Idempotency-Key': '' },
      { 'Idempotency-Key': 'a b' },
      { 'Idempotency-Key': 'x'.repeat(257) },
    ]) {
      const refused = problem(await world.ask(`${API_ROOT}/orders`, { method: 'POST', headers, body: RESTING }));
      expect(refused).toMatchObject({ status: 400, errors: [{ path: 'Idempotency-Key' }] });
    }
    expect(await orders(world)).toEqual([]);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['security', { security: '000001' }],
    ['side', { side: 'BUY' }],
    ['amount', { amount: 0 }],
    ['amount', { amount: '100' }],
    ['amount', { amount: 1.5 }],
    ['price', { price: -1 }],
    ['price', { price: undefined }],
    ['type', { type: 'stop' }],
    ['wait_seconds', { wait_seconds: 3600 }],
    ['remark', { remark: 'x'.repeat(300) }],
    ['remark', { remark: '\ud800' }],
  ])('a wrong %s is named, and nothing is placed', async (path, wrong) => {
    const world = await startHttpWorld();
    const refused = problem(await placed(world, 'k', wrong));
    expect(refused).toMatchObject({ status: 400, code: 'BAD_REQUEST', errors: [{ path }] });
    expect(await orders(world)).toEqual([]);
  });

  test('a member that is not known is refused, not passed over', async () => {
    const world = await startHttpWorld();
    const refused = problem(await placed(world, 'k', { prcie: 9 }));
    expect(refused['detail']).toContain('prcie');
  });

  test('what the counter rejects is a failure that names the order', async () => {
    const world = await startHttpWorld();
    const refused = problem(await placed(world, 'k', { amount: 9_000_000 }));
    expect(refused).toMatchObject({ status: 422, code: 'REJECTED', outcome: 'rejected' });
    expect(await orders(world)).toMatchObject([{ order_id: refused['order_id'], status: 'rejected' }]);
  });

  test('a market order needs no price; the answer can wait for the order’s end', async () => {
    const world = await startHttpWorld();
    const market = { security: '518880.SH', type: 'market', price: undefined, wait_seconds: 5 };
    const answer = await flow(world.clock, placed(world, 'k', market));
    expect(answer.status).toBe(201);
    expect(told('placeOrder', answer)).toMatchObject({ status: 'filled', type: 'market' });
  });

  test('a gateway that fails leaves the fate open, and says so; asked again under the key nothing is sent', async () => {
    const world = await startHttpWorld();
    const { gateway } = world.server;
    const broker = gateway.broker({ key: 'default', id: 'demo', type: 'stock' });
    broker.submit = () => Promise.reject(new BtError('QMT_UNAVAILABLE', 'QMT 暂不可用', { fault: 'venue' }));
    const doubt = problem(await placed(world, 'k'));
    expect(doubt).toMatchObject({ status: 502, code: 'QMT_UNAVAILABLE', outcome: 'unknown' });
  });

  test('a key of another day’s order is said to be one, and that nothing was placed now', async () => {
    const world = await startHttpWorld();
    const broker = world.server.gateway.broker({ key: 'default', id: 'demo', type: 'stock' });
    broker.submit = () => Promise.reject(requestFailed('idempotency_key 已在 2026-07-03 用过: k'));
    const used = problem(await placed(world, 'k'));
    expect(used).toMatchObject({ status: 409, code: 'IDEMPOTENCY_KEY_USED', outcome: 'unknown' });
    expect(used['detail']).toMatch(/^Nothing was placed now: its key was used on another day .*2026-07-03/u);
  });
});

describe('a batch', () => {
  const item = (key: string, more: Readonly<Record<string, unknown>> = {}): unknown => ({
    ...RESTING,
    idempotency_key: key,
    ...more,
  });
  const send = (world: HttpWorld, list: readonly unknown[]): Promise<Answer> =>
    world.ask(`${API_ROOT}/orders/batch`, { method: 'POST', body: { orders: list } });

  test('tells of each order what became of it', async () => {
    const world = await startHttpWorld();
    const list = [item('a'), item('b', { amount: 9_000_000 }), item('c', { side: 'short' }), 7, item('d')];
    const { results } = told('placeOrders', await send(world, list)) as { results: Record<string, unknown>[] };
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'rejected',
      'not_placed',
      'not_placed',
      'accepted',
    ]);
    expect(results[2]).toMatchObject({ order: null, problem: { code: 'BAD_REQUEST', errors: [{ path: 'side' }] } });
    expect(await orders(world)).toHaveLength(3);
    // The same again is the same orders.
    const again = told('placeOrders', await send(world, list)) as { results: Record<string, unknown>[] };
    expect(again.results.map(({ outcome }) => outcome)).toEqual(results.map(({ outcome }) => outcome));
    expect(await orders(world)).toHaveLength(3);
  });

  test('ends at an order of unknown fate', async () => {
    const world = await startHttpWorld();
    const broker = world.server.gateway.broker({ key: 'default', id: 'demo', type: 'stock' });
    const submit = broker.submit.bind(broker);
    let calls = 0;
    broker.submit = (order, entered) => {
      calls += 1;
      if (calls === 2) return Promise.reject(new BtError('QMT_UNAVAILABLE', '断开', { fault: 'venue' }));
      return submit(order, entered);
    };
    const { results } = told('placeOrders', await send(world, [item('a'), item('b'), item('c')])) as {
      results: Record<string, unknown>[];
    };
    expect(results.map(({ outcome }) => outcome)).toEqual(['accepted', 'unknown', 'not_placed']);
    expect(calls).toBe(2);
  });

  test('one key twice, none at all, or too many: nothing is placed', async () => {
    const world = await startHttpWorld();
    const many = Array.from({ length: 101 }, (_, at) => item(`k${at}`));
    for (const list of [[item('a'), item('a')], [], many]) expect((await send(world, list)).status).toBe(400);
    expect(await orders(world)).toEqual([]);
  });
});

test('a cancel is taken or refused, and tells the order', async () => {
  const world = await startHttpWorld();
  const { order_id: id } = (await placed(world, 'k')).json();
  await world.clock.walk(world.clock.now() + 2_000);
  const cancel = (order: unknown): Promise<Answer> =>
    world.ask(`${API_ROOT}/orders/${String(order)}/cancel`, { method: 'POST' });
  const taken = await cancel(id);
  expect(taken.status).toBe(202);
  expect(told('cancelOrder', taken)).toMatchObject({ order_id: id, accepted: true });
  await world.clock.walk(world.clock.now() + 2_000);
  expect(await orders(world)).toMatchObject([{ status: 'canceled' }]);
  expect(problem(await cancel(id))).toMatchObject({ status: 409, code: 'CANCEL_REFUSED' });
  expect(problem(await cancel('12'))).toMatchObject({ status: 409, code: 'CANCEL_REFUSED' });
});

describe('the market', () => {
  test('quotes, bars, instruments and trading days are as they are described', async () => {
    const world = await startHttpWorld();
    const { quotes } = told('getQuotes', await world.ask(`${API_ROOT}/quotes?securities=000001.SZ,510300.XSHG`));
    expect(quotes).toMatchObject([{ security: '000001.XSHE', last_price: 11.2 }, { security: '510300.XSHG' }]);
    const bars = told('getBars', await world.ask(`${API_ROOT}/bars?security=000001.SZ&frequency=1m&count=3`));
    expect((bars['bars'] as { time: string }[]).map(({ time }) => time.slice(11, 16))).toEqual([
      '09:32',
      '09:33',
      '09:34',
    ]);
    const between = `${API_ROOT}/bars?security=000001.SZ&start=2026-07-01&end=2026-07-03`;
    expect(told('getBars', await world.ask(between))['bars']).toHaveLength(3);
    expect(told('getInstrument', await world.ask(`${API_ROOT}/instruments/000001.SZ`))).toMatchObject({
      type: 'stock',
    });
    const { instruments } = told('listInstruments', await world.ask(`${API_ROOT}/instruments?types=etf`));
    expect(instruments).toContainEqual(expect.objectContaining({ security: '510300.XSHG', type: 'etf' }));
    const { days } = told(
      'listTradingDays',
      await world.ask(`${API_ROOT}/trading-days?start=2026-07-03&end=2026-07-06`),
    );
    expect(days).toEqual(['2026-07-03', '2026-07-06']);
  });

  test.each([
    '/quotes',
    '/quotes?securities=',
    '/quotes?securities=000001.SZ,nonsense',
    '/bars?security=000001.SZ&count=0',
    '/bars?security=000001.SZ&count=1e3',
    '/bars?security=000001.SZ&frequency=2m',
    '/bars?security=000001.SZ&start=yesterday',
    '/bars?security=000001.SZ&fq=pre',
    '/instruments?date=2026-02-30',
    '/instruments/nonsense',
    '/trading-days?start=2026-07-03',
    '/account?account=a&account=b',
    '/events/ticks?securities=1',
  ])('%s is refused with what is wrong', async (path) => {
    const world = await startHttpWorld();
    const refused = problem(await world.ask(`${API_ROOT}${path}`));
    expect(refused).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    expect(refused['errors']).not.toEqual([]);
  });
});

test.each(['__proto__', 'constructor', 'nothing'])(
  'a type of securities that is none (%s) is the caller’s mistake',
  async (types) => {
    const world = await startHttpWorld();
    expect(problem(await world.ask(`${API_ROOT}/instruments?types=${types}`))).toMatchObject({ status: 422 });
  },
);

describe('the body', () => {
  const headers = { 'Idempotency-Key': 'k', 'Content-Type': 'application/json' };
  test.each<[string, string | Buffer, Readonly<Record<string, string>>, number, string]>([
    ['that is no JSON', '{"security":', headers, 400, 'BAD_JSON'],
    ['that is no object', '[]', headers, 400, 'BAD_REQUEST'],
    ['that is no UTF-8', Buffer.from([0x22, 0xff, 0x22]), headers, 400, 'BAD_JSON'],
    ['that is deep', '['.repeat(100_000), headers, 400, 'BAD_JSON'],
    ['of another kind', 'a=b', { ...headers, 'Content-Type': 'text/plain' }, 415, 'NOT_JSON'],
    ['that is too large', Buffer.alloc(300_000, 32), headers, 413, 'BODY_TOO_LARGE'],
    [
      'that is too large, in chunks',
      Buffer.alloc(300_000, 32),
      { ...headers, 'Transfer-Encoding': 'chunked' },
      413,
      'BODY_TOO_LARGE',
    ],
  ])('%s is refused', async (_, body, sent, status, code) => {
    const world = await startHttpWorld();
    expect(problem(await world.ask(`${API_ROOT}/orders`, { method: 'POST', headers: sent, body }))).toMatchObject({
      status,
      code,
    });
    expect(await orders(world)).toEqual([]);
  });
});

test('a path that is not there is not found; a wrong method says which are right', async () => {
  const world = await startHttpWorld();
  expect(problem(await world.ask('/nothing'))).toMatchObject({ status: 404, code: 'NO_SUCH_PATH' });
  const wrong = await world.ask(`${API_ROOT}/orders/batch`, { method: 'PUT' });
  expect([wrong.status, wrong.headers['allow']]).toEqual([405, 'GET, POST']);
});
