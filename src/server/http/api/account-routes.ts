import * as z from 'zod';
import { decodeAccount, decodePositions } from '../../../protocol/decode/account.ts';
import { decodeHealth } from '../../../protocol/decode/health.ts';
import { decodeTrades } from '../../../protocol/decode/orders.ts';
import { isJsonObject } from '../../../protocol/json.ts';
import { accountOf, read } from '../asking.ts';
import { security } from '../params.ts';
import { HttpProblem } from '../../../net/http/problem.ts';
import { seenOrder, seenOrders } from '../rows.ts';
import { accountName } from './order-schemas.ts';
import { accountRow, isoTime, orderRow, positionRow, tradeRow } from './rows.ts';
import { route } from './route.ts';
import type { ApiCall } from './route.ts';
import { AccountRow, HealthRow, listOf, OrderRow, PositionRow, TradeRow } from './schemas.ts';

const ofAccount = z.strictObject({ account: accountName });
const ofSecurity = z.strictObject({ account: accountName, security: security.optional() });

type OfAccount = Pick<ApiCall<{ readonly account?: string | undefined }, unknown>, 'behind' | 'caller' | 'query'>;

/** Asks about the account of the request. */
function ask({ behind, caller, query }: OfAccount, action: string, more: Readonly<Record<string, string>> = {}) {
  const { key } = accountOf(behind, query.account ?? null);
  return read(behind, caller, action, { account_key: key, ...more });
}

const health = route({
  method: 'GET',
  path: '/health',
  id: 'health',
  summary: 'Whether the server and what stands behind it are ready, and which accounts there are.',
  status: 200,
  answer: HealthRow,
  handle: async ({ context, behind, caller }) => {
    const { ready, detail, stub, clock } = decodeHealth(await read(behind, caller, 'admin.health'));
    const accounts = behind.accounts.map(({ key, type }) => ({ account: key, account_type: type }));
    const market = { market_time: clock === null ? null : isoTime(clock.now) };
    return context.json({ ready, detail, simulated: stub, ...market, accounts });
  },
});

const account = route({
  method: 'GET',
  path: '/account',
  id: 'getAccount',
  summary: 'Cash and total value of an account.',
  query: ofAccount,
  status: 200,
  answer: AccountRow,
  handle: async (call) => {
    const config = accountOf(call.behind, call.query.account ?? null);
    const [totals, state] = await Promise.all([
      ask(call, 'broker.account'),
      read(call.behind, call.caller, 'admin.health'),
    ]);
    return call.context.json(accountRow(config, decodeAccount(totals), decodeHealth(state).stub));
  },
});

const positions = route({
  method: 'GET',
  path: '/positions',
  id: 'listPositions',
  summary: 'What an account holds; also rows of amount 0, as the gateway lists them.',
  query: ofAccount,
  status: 200,
  answer: listOf('positions', PositionRow),
  handle: async (call) =>
    call.context.json({ positions: decodePositions(await ask(call, 'broker.positions')).map(positionRow) }),
});

const orders = route({
  method: 'GET',
  path: '/orders',
  id: 'listOrders',
  summary: 'The orders of the trading day, oldest first.',
  query: ofSecurity,
  status: 200,
  answer: listOf('orders', OrderRow),
  handle: async (call) => {
    const { security: wanted } = call.query;
    const list = seenOrders(await ask(call, 'broker.orders'));
    return call.context.json({
      orders: list.filter((one) => wanted === undefined || one.security === wanted).map(orderRow),
    });
  },
});

const order = route({
  method: 'GET',
  path: '/orders/{order_id}',
  id: 'getOrder',
  summary: 'One order of the trading day.',
  query: ofAccount,
  status: 200,
  answer: OrderRow,
  handle: async (call) => {
    const orderId = call.named('order_id');
    const row = await ask(call, 'broker.order_status', { order_id: orderId });
    if (isJsonObject(row) && 'order_id' in row) return call.context.json(orderRow(seenOrder(row)));
    throw new HttpProblem(404, 'ORDER_UNKNOWN', `The account has no order "${orderId}" today.`);
  },
});

const trades = route({
  method: 'GET',
  path: '/trades',
  id: 'listTrades',
  summary: 'The fills of the trading day.',
  query: ofSecurity,
  status: 200,
  answer: listOf('trades', TradeRow),
  handle: async (call) => {
    const { security: wanted } = call.query;
    const list = decodeTrades(await ask(call, 'broker.trades'));
    return call.context.json({
      trades: list.filter((one) => wanted === undefined || one.security === wanted).map(tradeRow),
    });
  },
});

/** What an account is and has. */
export const ACCOUNT_ROUTES = [health, account, positions, orders, order, trades] as const;
