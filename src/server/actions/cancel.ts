import { BtError } from '../../domain/errors.ts';
import type { GatewayOrder } from '../../domain/gateway.ts';
import { cancelAnswer, cancelRefusal } from '../../protocol/encode/order-answers.ts';
import type { AccountBroker, CancelReply } from '../adapters/gateway.ts';
import { awaitFinal, DEFAULT_WAIT_SECONDS } from '../order-wait.ts';
import { isTruthy, requestFailed, toFloatOrNull, toText } from '../python.ts';
import type { ActionCall, BrokerAction } from './action.ts';

/** Asks the counter and waits for the order's end (`wait_timeout`: market seconds, 0 = not), so that the answer shows what became of it. */
export const cancelOrder: BrokerAction = async (call, { account }) => {
  const orderId = neededOrderId(call);
  const { gateway, dialect, clock, risk } = call.services;
  risk?.checkCancel(account.key, orderId);
  // From the check to the count in one turn: two cancels at a time never pass one limit together.
  const uncount = risk?.countCancel(account.key, orderId) ?? (() => {});
  const broker = gateway.broker(account);
  const reply = await asked(broker, orderId, gateway.inProcess, uncount);
  if (reply.kind === 'refused') {
    uncount();
    return cancelRefusal(reply.text);
  }
  const seconds = toFloatOrNull(call.payload['wait_timeout']) ?? DEFAULT_WAIT_SECONDS;
  const final =
    dialect.waits && seconds > 0 ? await awaitFinal(broker, orderId, { clock, seconds, signal: call.signal() }) : null;
  const order = final ?? (await seen(broker, orderId));
  return cancelAnswer(order === null ? null : dialect.orderRow(order), dialect.waits && seconds > 0 && final === null);
};

/** One that provably never left is not counted; of one that failed in any other way the counter may have heard. */
async function asked(
  broker: AccountBroker,
  orderId: string,
  inProcess: boolean,
  uncount: () => void,
): Promise<CancelReply> {
  try {
    return await broker.cancel(orderId);
  } catch (error) {
    if (inProcess || (error instanceof BtError && error.details['sent'] === false)) uncount();
    throw error;
  }
}

/** A cancel that was taken must not look as if it had not been, because looking at its order failed. */
async function seen(broker: AccountBroker, orderId: string): Promise<GatewayOrder | null> {
  try {
    return await broker.order(orderId);
  } catch (error) {
    if (error instanceof BtError) return null;
    throw error;
  }
}

/** The order a request names; throws REQUEST_FAILED when it names none. */
export function neededOrderId({ payload }: Pick<ActionCall, 'payload'>): string {
  const orderId = payload['order_id'];
  if (!isTruthy(orderId)) throw requestFailed('缺少 order_id');
  return toText(orderId);
}
