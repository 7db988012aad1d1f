import { decodeAccount, decodePositions } from '../../../protocol/decode/account.ts';
import { decodeHealth } from '../../../protocol/decode/health.ts';
import { decodeTrades } from '../../../protocol/decode/orders.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import { read } from '../asking.ts';
import type { Behind } from '../asking.ts';
import { addressOf } from '../env.ts';
import type { DoorApp, DoorContext } from '../env.ts';
import { keyOf } from '../idempotency-key.ts';
import { checked } from '../params.ts';
import { cancel, place } from '../placing.ts';
import type { Placed } from '../placing.ts';
import { unknownPlace } from '../place-problem.ts';
import { HttpProblem } from '../../../net/http/problem.ts';
import { seenOrders } from '../rows.ts';
import type { SeenOrder } from '../rows.ts';
import { Logins } from './logins.ts';
import { login, nothing, oneOrder, parametersOf, placeParameters } from './parameters.ts';
import type { Parameters } from './parameters.ts';
import { assetsRow, holdingRow, idOf, orderRow, tradeRow } from './rows.ts';

export const SANIC_ROOT = '/xtquant/trade';

/** A request of the wrapper's, with its account where it has one. */
interface Asked {
  readonly context: DoorContext;
  readonly behind: Behind;
  readonly parameters: Parameters;
  readonly logins: Logins;
}

/** Resolves with the answer's body. */
type Answer = (asked: Asked) => Promise<unknown>;

/** What the wrapper serves, each by GET as there, and by POST. */
export const SANIC_ROUTES: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['/login', logIn],
  ['/query/assets', async (asked) => assetsRow(decodeAccount(await readOf(asked, 'broker.account')))],
  ['/query/holding', async (asked) => decodePositions(await readOf(asked, 'broker.positions')).map(holdingRow)],
  ['/query/trade', trades],
  ['/query/order', orders],
  ['/place_order', placeOrder],
  ['/cancel_order', cancelOrder],
]);

export function addSanicRoutes(app: DoorApp, behind: Behind): void {
  const logins = new Logins(behind.accounts);
  for (const [path, answer] of SANIC_ROUTES) {
    app.on(['GET', 'POST'], `${SANIC_ROOT}${path}`, async (context) => {
      const parameters = await parametersOf(context);
      return context.json(await answer({ context, behind, parameters, logins }));
    });
  }
}

/** `status` 0 for an account that is there and answers. What a paper market is says so. */
async function logIn({ context, behind, parameters, logins }: Asked): Promise<JsonObject> {
  const { account_id: id = '', account_type: type = null } = checked(login, parameters, 'The parameters');
  const found = logins.find(id, type);
  if (typeof found === 'string') return { status: -1, message: found };
  const caller = context.get('caller');
  try {
    decodeAccount(await read(behind, caller, 'broker.account', { account_key: found.key }));
    const { stub } = decodeHealth(await read(behind, caller, 'admin.health'));
    logins.remember(addressOf(context), found);
    return stub ? { status: 0, simulated: true } : { status: 0 };
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    return { status: -1, message: error.message };
  }
}

async function orders(asked: Asked): Promise<readonly JsonObject[]> {
  const { order_id: wanted = '' } = checked(oneOrder, asked.parameters, 'The parameters');
  const list = seenOrders(await ask(asked, 'broker.orders'));
  return list.filter(({ orderId }) => wanted === '' || orderId === wanted).map(orderRow);
}

/** Trades first: so each one's order is in the list that is read after it. */
async function trades(asked: Asked): Promise<readonly JsonObject[]> {
  const list = decodeTrades(await readOf(asked, 'broker.trades'));
  if (list.length === 0) return [];
  const byId = new Map<string, SeenOrder>();
  for (const order of seenOrders(await ask(asked, 'broker.orders'))) byId.set(order.orderId, order);
  return list.map((trade) => tradeRow(trade, byId.get(trade.orderId) ?? null));
}

async function placeOrder(asked: Asked): Promise<JsonObject> {
  const { context, behind, parameters, logins } = asked;
  const wanted = placeParameters(parameters);
  const account = logins.of(addressOf(context), wanted.account_id ?? null);
  const key = keyOf(context);
  const placed = await place(behind, context.get('caller'), {
    accountKey: account.key,
    subAccountId: null,
    security: wanted.stock_code,
    side: wanted.direction,
    operation: null,
    amount: wanted.amount,
    type: 'limit',
    price: wanted.price,
    // The wrapper's, which all its orders bear: one with a key must be told from them, should its answer be lost.
    remark: key === null ? 'remark' : null,
    strategy: 'strategy_name',
    waitSeconds: 0,
    key,
  });
  return placeAnswer(placed);
}

/** -1 is told only of what provably is not at the counter; what may be there is an error, never a failure to place. */
function placeAnswer(placed: Placed): JsonObject {
  if (placed.kind === 'unknown') throw unknownPlace(placed);
  if (placed.kind === 'accepted') return { order_id: idOf(placed.orderId) };
  const { orderId, reason } = placed;
  if (orderId !== null) return { order_id: idOf(orderId), message: reason };
  return { order_id: -1, outcome: placed.kind, message: reason };
}

async function cancelOrder({ context, behind, parameters, logins }: Asked): Promise<JsonObject> {
  const { account_id: id, order_id: orderId = '0' } = checked(oneOrder, parameters, 'The parameters');
  const account = logins.of(addressOf(context), id ?? null);
  const wanted = { accountKey: account.key, orderId, waitSeconds: 0 };
  const { accepted, text } = await cancel(behind, context.get('caller'), wanted);
  if (accepted) return { cancel_order_result: 0 };
  return text === '' ? { cancel_order_result: -1 } : { cancel_order_result: -1, message: text };
}

/** One whole list, or figures, of a request that takes no other parameters. */
function readOf(asked: Asked, action: string): Promise<unknown> {
  checked(nothing, asked.parameters, 'The parameters');
  return ask(asked, action);
}

function ask({ context, behind, parameters, logins }: Asked, action: string): Promise<unknown> {
  const account = logins.of(addressOf(context), parameters['account_id'] ?? null);
  return read(behind, context.get('caller'), action, { account_key: account.key });
}
