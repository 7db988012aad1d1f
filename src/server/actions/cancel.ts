import { cancelAnswer, cancelRefusal } from '../../protocol/encode/order-answers.ts';
import { awaitFinal, DEFAULT_WAIT_SECONDS } from '../order-wait.ts';
import { isTruthy, requestFailed, toFloatOrNull, toText } from '../python.ts';
import type { ActionCall, BrokerAction } from './action.ts';

/** Asks the counter and waits for the order's end (`wait_timeout`: market seconds, 0 = not), so that the answer shows what became of it. */
export const cancelOrder: BrokerAction = async (call, { account }) => {
  const orderId = neededOrderId(call);
  const { gateway, dialect, clock, risk } = call.services;
  risk?.checkCancel(account.key, orderId);
  const broker = gateway.broker(account);
  const reply = await broker.cancel(orderId);
  if (reply.kind === 'refused') return cancelRefusal(reply.text);
  const seconds = toFloatOrNull(call.payload['wait_timeout']) ?? DEFAULT_WAIT_SECONDS;
  const final =
    dialect.waits && seconds > 0 ? await awaitFinal(broker, orderId, { clock, seconds, signal: call.signal() }) : null;
  const order = final ?? (await broker.order(orderId));
  risk?.countCancel(account.key, orderId);
  return cancelAnswer(order === null ? null : dialect.orderRow(order), dialect.waits && seconds > 0 && final === null);
};

/** The order a request names; throws REQUEST_FAILED when it names none. */
export function neededOrderId({ payload }: Pick<ActionCall, 'payload'>): string {
  const orderId = payload['order_id'];
  if (!isTruthy(orderId)) throw requestFailed('缺少 order_id');
  return toText(orderId);
}
