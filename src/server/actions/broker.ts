import type { JsonObject } from '../../protocol/json.ts';
import type { OrderFilter } from '../adapters/adapter.ts';
import { firstTruthy, isTruthy, needObject, requestFailed, toText } from '../python.ts';
import type { ActionCall, BrokerAction } from './action.ts';
import { placeOrder } from './place.ts';

const account: BrokerAction = ({ services }, { account }) => services.market.account(account);
const positions: BrokerAction = ({ services }, { account }) => services.market.positions(account);
const orders: BrokerAction = (call, { account }) => call.services.market.orders(account, readFilter(call.payload));
const trades: BrokerAction = (call, { account }) => call.services.market.trades(account, readFilter(call.payload));

const orderStatus: BrokerAction = (call, { account }) => call.services.market.order(account, neededOrderId(call)) ?? {};

const cancelOrder: BrokerAction = async (call, { account }) => {
  const orderId = neededOrderId(call);
  const { market, risk } = call.services;
  risk?.checkCancel(account.key, orderId);
  const answer = await market.cancel(account, orderId, call.signal());
  if (answer['value'] === true) risk?.countCancel(account.key, orderId);
  return answer;
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
  ['place_order', placeOrder],
  ['cancel_order', cancelOrder],
]);

function neededOrderId({ payload }: ActionCall): string {
  const orderId = payload['order_id'];
  if (!isTruthy(orderId)) throw requestFailed('缺少 order_id');
  return toText(orderId);
}

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
