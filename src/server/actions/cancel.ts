import { cancelAnswer, cancelRefusal } from '../../protocol/encode/order-answers.ts';
import { awaitFinal, DEFAULT_WAIT_SECONDS } from '../order-wait.ts';
import { isTruthy, requestFailed, toText } from '../python.ts';
import type { ActionCall, BrokerAction } from './action.ts';

/** Asks the counter and waits for the order's end, so that the answer shows what became of it. */
export const cancelOrder: BrokerAction = async (call, { account }) => {
  const orderId = neededOrderId(call);
  const { gateway, dialect, clock, risk } = call.services;
  risk?.checkCancel(account.key, orderId);
  const broker = gateway.broker(account);
  const reply = await broker.cancel(orderId);
  if (reply.kind === 'refused') return cancelRefusal(reply.text);
  const final = dialect.waits
    ? await awaitFinal(broker, orderId, { clock, seconds: DEFAULT_WAIT_SECONDS, signal: call.signal() })
    : null;
  const order = final ?? (await broker.order(orderId));
  risk?.countCancel(account.key, orderId);
  return cancelAnswer(order === null ? null : dialect.orderRow(order), dialect.waits && final === null);
};

/** The order a request names; throws REQUEST_FAILED when it names none. */
export function neededOrderId({ payload }: Pick<ActionCall, 'payload'>): string {
  const orderId = payload['order_id'];
  if (!isTruthy(orderId)) throw requestFailed('缺少 order_id');
  return toText(orderId);
}
