import { errorMessage } from '../../../domain/errors.ts';
import type { AccountConfig } from '../../account-types.ts';
import type { SessionView } from '../../session-view.ts';
import { accountOf, subAccountOf } from '../asking.ts';
import type { Behind } from '../asking.ts';
import { keyOf } from '../idempotency-key.ts';
import { checked } from '../params.ts';
import { cancel, place } from '../placing.ts';
import type { Placed, WantedOrder } from '../placing.ts';
import { refusedPlace, unknownPlace } from '../place-problem.ts';
import { badRequest } from '../bad-request.ts';
import { HttpProblem, problemOf } from '../../../net/http/problem.ts';
import { seenOrder } from '../rows.ts';
import { BatchBody, BatchOrder, BatchShown, CancelBody, PlaceBody } from './order-schemas.ts';
import type { PlaceFields } from './order-schemas.ts';
import { orderRow } from './rows.ts';
import { route } from './route.ts';
import { BatchRow, CancelRow, listOf, OrderRow } from './schemas.ts';

const placeOrder = route({
  method: 'POST',
  path: '/orders',
  id: 'placeOrder',
  summary:
    'Places an order, once for each Idempotency-Key: the same request with the same key is answered with the first one’s order. ' +
    '201: the gateway took it; 422: no order, or one that was rejected; 502, 504 with outcome unknown: it may exist.',
  body: PlaceBody,
  status: 201,
  answer: OrderRow,
  needsKey: true,
  handle: async ({ context, behind, caller, body, feeds }) => {
    const account = accountOf(behind, body.account ?? null);
    const sub = subAccountOf(behind, account, body.sub_account ?? null);
    const wanted = wantedOrder(account, sub, body, body.wait_seconds, keyOf(context));
    const placed = await place(behind, caller, wanted);
    feeds.nudge(account.key);
    if (placed.kind === 'unknown') throw unknownPlace(placed);
    if (placed.kind !== 'accepted') throw refusedPlace(placed);
    context.header('Location', `/api/v1/orders/${encodeURIComponent(placed.orderId)}`);
    return context.json(orderRow(seenOrder(placed.row)), 201);
  },
});

function wantedOrder(
  account: AccountConfig,
  subAccountId: string | null,
  fields: PlaceFields,
  seconds: number,
  key: string | null,
): WantedOrder {
  const {
    security,
    side = null,
    operation = null,
    amount,
    type,
    price = null,
    remark = null,
    strategy = null,
  } = fields;
  const order = { security, side, operation, amount, type, price, remark, strategy };
  return { accountKey: account.key, subAccountId, ...order, waitSeconds: seconds, key };
}

const batch = route({
  method: 'POST',
  path: '/orders/batch',
  id: 'placeOrders',
  summary:
    'Places orders one after another, each with a key of its own, and tells of each what became of it. After one of unknown fate ' +
    'the rest is not placed.',
  body: BatchBody,
  shownBody: BatchShown,
  status: 200,
  answer: listOf('results', BatchRow),
  handle: async ({ context, behind, caller, body, feeds }) => {
    const account = accountOf(behind, body.account ?? null);
    const sub = subAccountOf(behind, account, body.sub_account ?? null);
    refuseTwins(body.orders);
    const results = await placeAll(behind, caller, body.orders, (fields, key) =>
      wantedOrder(account, sub, fields, 0, key),
    );
    feeds.nudge(account.key);
    return context.json({ results });
  },
});

/** Two orders of one key would be one order, answered twice. */
function refuseTwins(orders: readonly unknown[]): void {
  const keys = orders.flatMap((order) => {
    const key = typeof order === 'object' && order !== null ? Reflect.get(order, 'idempotency_key') : null;
    return typeof key === 'string' ? [key] : [];
  });
  const twin = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twin === undefined) return;
  throw badRequest('The body', [{ path: 'orders', message: `the key "${twin}" is there more than once` }]);
}

interface BatchResult {
  readonly index: number;
  readonly outcome: Placed['kind'];
  readonly order: unknown;
  readonly problem: unknown;
}

async function placeAll(
  behind: Behind,
  caller: SessionView,
  orders: readonly unknown[],
  wanted: (fields: PlaceFields, key: string) => WantedOrder,
): Promise<BatchResult[]> {
  const results: BatchResult[] = [];
  let doubt = false;
  for (const [index, order] of orders.entries()) {
    const placed: Placed | HttpProblem = doubt ? stopped() : await placeOne(behind, caller, order, wanted);
    doubt ||= !(placed instanceof HttpProblem) && placed.kind === 'unknown';
    results.push(resultOf(index, placed));
  }
  return results;
}

async function placeOne(
  behind: Behind,
  caller: SessionView,
  order: unknown,
  wanted: (fields: PlaceFields, key: string) => WantedOrder,
): Promise<Placed | HttpProblem> {
  try {
    const { idempotency_key: key, ...fields } = checked(BatchOrder, order, 'The order');
    return await place(behind, caller, wanted(fields, key));
  } catch (error) {
    if (error instanceof HttpProblem) return error;
    return { kind: 'unknown', code: 'PLACE_FAILED', reason: errorMessage(error) };
  }
}

function stopped(): HttpProblem {
  return new HttpProblem(503, 'NOT_PLACED', 'Not placed: whether an order before it exists is not known.');
}

function resultOf(index: number, placed: Placed | HttpProblem): BatchResult {
  if (placed instanceof HttpProblem) return { index, outcome: 'not_placed', order: null, problem: problemOf(placed) };
  const { kind: outcome } = placed;
  if (outcome === 'accepted') return { index, outcome, order: orderRow(seenOrder(placed.row)), problem: null };
  if (outcome === 'unknown') return { index, outcome, order: null, problem: problemOf(unknownPlace(placed)) };
  const order = placed.row === null ? null : orderRow(seenOrder(placed.row));
  return { index, outcome, order, problem: problemOf(refusedPlace(placed)) };
}

const cancelOrder = route({
  method: 'POST',
  path: '/orders/{order_id}/cancel',
  id: 'cancelOrder',
  summary:
    'Asks the counter to cancel an order. 202: it was asked, and the order’s status tells the rest; 409: it was refused, as the order ' +
    'has ended or is not known.',
  body: CancelBody,
  status: 202,
  answer: CancelRow,
  handle: async ({ context, behind, caller, body, feeds, named }) => {
    const account = accountOf(behind, body.account ?? null);
    const orderId = named('order_id');
    const wanted = { accountKey: account.key, orderId, waitSeconds: body.wait_seconds };
    const { accepted, text, row } = await cancel(behind, caller, wanted);
    feeds.nudge(account.key);
    if (accepted) {
      return context.json({ order_id: orderId, accepted, order: row === null ? null : orderRow(seenOrder(row)) }, 202);
    }
    const why = text === '' ? 'the order has ended, or there is no such order' : text;
    throw new HttpProblem(409, 'CANCEL_REFUSED', `The counter refused the cancel: ${why}.`);
  },
});

/** What changes an account. */
export const ORDER_ROUTES = [placeOrder, batch, cancelOrder] as const;
