import { BtError, errorCode, errorMessage } from '../../domain/errors.ts';
import type { GatewayOrder } from '../../domain/gateway.ts';
import { FINAL_BROKER_STATUSES } from '../../domain/trading.ts';
import { shortId } from '../../platform/ids.ts';
import { placeAnswer } from '../../protocol/encode/order-answers.ts';
import type { JsonObject } from '../../protocol/json.ts';
import { refusalOf } from '../../protocol/refusals.ts';
import type { AccountConfig, ResolvedAccount } from '../account-types.ts';
import type { AccountBroker, Gateway, NewOrder } from '../adapters/gateway.ts';
import { fingerprint, idempotencyKey, idempotencyScope } from '../fingerprint.ts';
import { fitOrder } from '../fit-order.ts';
import type { FittedOrder } from '../fit-order.ts';
import type { Claim, Reservation } from '../idempotency.ts';
import { draftPlace, orderFields, orderValue } from '../order-fields.ts';
import type { PlaceDraft } from '../order-fields.ts';
import { LONGEST_WAIT_SECONDS } from '../limits.ts';
import { checkAccountType, unknownOperation } from '../operations.ts';
import type { OperationName } from '../operations.ts';
import type { Holdings } from '../order-risk.ts';
import { awaitFinal, DEFAULT_WAIT_SECONDS } from '../order-wait.ts';
import { floatText, isTruthy, needObject, requestFailed, toFloatOrNull } from '../python.ts';
import type { ActionCall, BrokerAction } from './action.ts';

/**
 * The gateway's order of steps: idempotency, suspension, price, sub-account limit, order limits, market. The key is taken before
 * anything is asked of the market, so a duplicate that comes meanwhile waits for the first one's answer.
 */
export const placeOrder: BrokerAction = async (call, resolved) => {
  const claim = claimOf(call, resolved);
  if (claim.kind === 'duplicate') return { ...(await claim.answer) };
  try {
    return await enter(call, resolved, claim.reservation);
  } catch (error) {
    claim.reservation.failed(error);
    throw error;
  }
};

function claimOf({ payload, services: { dialect, idempotency } }: ActionCall, resolved: ResolvedAccount): Claim {
  const key = idempotencyKey(payload);
  if (key === null) return { kind: 'first', reservation: idempotency.unkeyed() };
  const print = fingerprint(payload, styleOf(payload), resolved, dialect);
  return idempotency.claim(idempotencyScope(resolved, key), print, key);
}

async function enter(call: ActionCall, resolved: ResolvedAccount, reservation: Reservation): Promise<JsonObject> {
  const { services } = call;
  const { account } = resolved;
  const draft = await unsent(draftPlace(call.payload, services));
  const value = orderValue(draft);
  checkSubAccountLimit(resolved, value);
  const fitted = await unsent(readOrder(call, account, draft));
  const isBuy = fitted.order.side === 'buy';
  const holdings = services.risk !== null && isBuy && value > 0 ? await unsent(holdingsOf(call, account)) : null;
  // From the check to the count in one turn: two requests at a time never pass one limit together.
  services.risk?.checkOrder(account.key, value, isBuy, holdings);
  const uncount = services.risk?.countOrder(account.key, value) ?? (() => {});
  const entered = await submit(call, resolved, { request: markedOrder(call, fitted.order), reservation, uncount });
  await services.persist();
  const row = await answerOf(call, account, entered);
  const answer = { ...row, ...warningOf(draft, fitted) };
  reservation.done(answer, replacedPrint(call, resolved, draft));
  return answer;
}

/** What a gateway does not tell before an order is handed over leaves no doubt: there is none. */
async function unsent<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (errorCode(error) !== 'QMT_UNAVAILABLE') throw error;
    throw requestFailed(`委托未发送: ${errorMessage(error)}`);
  }
}

/** The order as it is entered: fitted to the market, unless the client says that it means it to the share and the cent. */
async function readOrder(call: ActionCall, account: AccountConfig, draft: PlaceDraft): Promise<FittedOrder> {
  const { dialect, gateway, clock, marketRoom } = call.services;
  const order = dialect.order(orderFields(draft));
  const { operation } = order;
  if (operation !== undefined) checkOperation(operation, account, gateway);
  if (!dialect.fits || operation !== undefined || call.payload['exact'] === true) return { order, notes: [] };
  const { quote } = draft;
  return fitOrder(order, { quote, broker: gateway.broker(account), now: clock.now(), room: marketRoom });
}

/** Clients that know operations mean them to the share, so nothing is fitted; one that cannot be is refused before it is counted. */
function checkOperation(operation: OperationName, account: AccountConfig, gateway: Gateway): void {
  if (gateway.operations !== true) throw unknownOperation(operation, ['buy', 'sell']);
  checkAccountType(operation, account.type);
}

function warningOf({ warning }: PlaceDraft, { notes }: FittedOrder): { warning?: string } {
  const all = warning === null ? notes : [warning, ...notes];
  return all.length === 0 ? {} : { warning: all.join('; ') };
}

/**
 * An order with a key that bears no remark of its client's gets one of its own, where only a remark can tell later that it exists.
 */
function markedOrder({ payload, services: { gateway } }: ActionCall, order: NewOrder): NewOrder {
  const isMarked = isTruthy(payload['order_remark']) || isTruthy(payload['remark']);
  if (gateway.inProcess || isMarked || idempotencyKey(payload) === null) return order;
  return { ...order, remark: `gw:${shortId()}` };
}

interface Submission {
  readonly request: NewOrder;
  readonly reservation: Reservation;
  /** Takes the order out of the day's limits. */
  readonly uncount: () => void;
}

/** Hands the order over. What lives outside this process is on record before: a server that dies meanwhile knows that it may exist. */
async function submit(
  { services: { gateway }, session }: ActionCall,
  { account, subAccount }: ResolvedAccount,
  { request, reservation, uncount }: Submission,
): Promise<GatewayOrder> {
  let exists = false;
  try {
    if (!gateway.inProcess) {
      const whose = { accountKey: account.key, subAccountId: subAccount?.id ?? null, peer: session.peer };
      reservation.sent({ ...request, ...whose });
    }
  } catch (error) {
    uncount();
    throw error;
  }
  try {
    const order = await gateway.broker(account).submit(request, (orderId) => {
      exists = true;
      reservation.placed(account.key, orderId);
    });
    if (order.status === 'rejected') uncount();
    return order;
  } catch (error) {
    if (!exists && (gateway.inProcess || isRefusal(error))) {
      reservation.refused(error);
      uncount();
    }
    throw error;
  }
}

/** The order after its wait; where nothing waits, as it was entered. */
async function answerOf(call: ActionCall, account: AccountConfig, entered: GatewayOrder): Promise<JsonObject> {
  const { gateway, dialect, clock } = call.services;
  if (!dialect.waits) return dialect.orderRow(entered);
  const broker = gateway.broker(account);
  const seconds = waitSeconds(call.payload['wait_timeout']);
  const begun = clock.now();
  const awaited =
    seconds > 0 ? await awaitFinal(broker, entered.orderId, { clock, seconds, signal: call.signal() }) : null;
  const order = awaited ?? (await lastSeen(broker, entered));
  const final = FINAL_BROKER_STATUSES.has(order.status);
  return placeAnswer(dialect.orderRow(order), { seconds, elapsed: (clock.now() - begun) / 1000, final });
}

/** An order that exists must not look as if it did not, because looking at it failed. */
async function lastSeen(broker: AccountBroker, entered: GatewayOrder): Promise<GatewayOrder> {
  try {
    return (await broker.order(entered.orderId)) ?? entered;
  } catch (error) {
    if (error instanceof BtError) return entered;
    throw error;
  }
}

async function holdingsOf({ services: { gateway } }: ActionCall, account: AccountConfig): Promise<Holdings> {
  const broker = gateway.broker(account);
  const [{ totalValue }, positions] = await Promise.all([broker.account(), broker.positions()]);
  return { totalValue, count: positions.filter(({ amount }) => amount > 0).length };
}

/** The reference keeps the fingerprint of what it made of the request, so a retry without a price is another order to it. */
function replacedPrint(call: ActionCall, resolved: ResolvedAccount, draft: PlaceDraft): string | undefined {
  const { dialect } = call.services;
  if (dialect.comparesMeaning || idempotencyKey(call.payload) === null) return undefined;
  return fingerprint(call.payload, draft.style, resolved, dialect);
}

function checkSubAccountLimit({ subAccount }: ResolvedAccount, value: number): void {
  if (subAccount === null || subAccount.limit === null || !(value > subAccount.limit)) return;
  throw requestFailed(`子账户 ${subAccount.id} 超过额度限制 ${floatText(subAccount.limit)}`);
}

function isRefusal(error: unknown): boolean {
  return error instanceof BtError && refusalOf(error.code, error.message) !== null;
}

/** Missing: the default; 0, negative or no number: no wait; longer than a day no order waits. */
function waitSeconds(value: unknown): number {
  if (value === undefined || value === null) return DEFAULT_WAIT_SECONDS;
  const seconds = toFloatOrNull(value);
  return seconds !== null && seconds > 0 && Number.isFinite(seconds) ? Math.min(seconds, LONGEST_WAIT_SECONDS) : 0;
}

function styleOf(payload: JsonObject): JsonObject {
  return isTruthy(payload['style']) ? needObject(payload['style']) : {};
}
