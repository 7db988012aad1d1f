import { accountAnswer } from '../../protocol/encode/account-answers.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { OrderFilter } from '../dialects/dialect.ts';
import { firstTruthy, isTruthy, needObject, toText } from '../python.ts';
import type { BrokerAction } from './action.ts';
import { cancelOrder, neededOrderId } from './cancel.ts';
import { accountHistory } from './history.ts';
import { heldPositions } from './held.ts';
import { placeOrder } from './place.ts';

const account: BrokerAction = async ({ services }, { account }) => {
  const broker = services.gateway.broker(account);
  const [totals, positions] = await Promise.all([broker.account(), broker.positions()]);
  return accountAnswer(totals, account.type, heldPositions(positions, account, services));
};

const positions: BrokerAction = async ({ services }, { account }) =>
  heldPositions(await services.gateway.broker(account).positions(), account, services);

const orders: BrokerAction = async ({ payload, services: { gateway, dialect } }, { account }) => {
  const isMeant = dialect.orderFilter(readFilter(payload));
  return (await gateway.broker(account).orders()).filter(isMeant).map(dialect.orderRow);
};

const trades: BrokerAction = async ({ payload, services: { gateway, dialect } }, { account }) => {
  const isMeant = dialect.tradeFilter(readFilter(payload));
  return (await gateway.broker(account).trades()).filter(isMeant).map(dialect.tradeRow);
};

const orderStatus: BrokerAction = async (call, { account }) => {
  const { gateway, dialect } = call.services;
  const order = await gateway.broker(account).order(neededOrderId(call));
  return order === null ? {} : dialect.orderRow(order);
};

/** Every `broker.` method, with its synonyms. */
export const BROKER_ACTIONS: ReadonlyMap<string, BrokerAction> = new Map<string, BrokerAction>([
  ['account', account],
  ['get_account_info', account],
  ['positions', positions],
  ['get_positions', positions],
  ['orders', orders],
  ['list_orders', orders],
  ['trades', trades],
  ['list_trades', trades],
  ['order_status', orderStatus],
  ['get_order_status', orderStatus],
  ['history', accountHistory],
  ['place_order', placeOrder],
  ['cancel_order', cancelOrder],
]);

/** A `filters` object, when there is one, stands in for the payload. */
function readFilter(payload: JsonObject): OrderFilter {
  const source = isTruthy(payload['filters']) ? needObject(payload['filters']) : payload;
  return {
    orderId: textOrNull(source['order_id']),
    security: textOrNull(source['security']),
    status: textOrNull(source['status']),
  };
}

function textOrNull(value: unknown): string | null {
  const chosen = firstTruthy(value, null);
  return chosen === null ? null : toText(chosen);
}
