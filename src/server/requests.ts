import { TABLE_ACTION } from '../protocol/encode/data-table.ts';
import { BtError, errorMessage } from '../domain/errors.ts';
import type { Fault } from '../domain/errors.ts';
import type { Log } from '../platform/log.ts';
import type { TimerSource } from '../platform/timers.ts';
import { isJsonObject } from '../protocol/json.ts';
import type { JsonObject } from '../protocol/json.ts';
import { isOfOrders, logAccess } from './access-log.ts';
import { LONGEST_WAIT_SECONDS } from './limits.ts';
import { errorAnswer, hasId, responseMessage } from './messages.ts';
import { toFloatOrNull, toText } from './python.ts';
import type { SessionView, SignalSource } from './session-view.ts';

/** Carries an action out; resolves with the payload of its answer. */
export type Dispatch = (
  action: unknown,
  payload: unknown,
  session: SessionView,
  signal: SignalSource,
) => Promise<unknown>;

export interface RequestServices {
  readonly dispatch: Dispatch;
  /** A rehearsal: said in every answer. */
  readonly dryRun: boolean;
  /** Wall time: limits and costs. */
  readonly timers: TimerSource;
  /** Wall ms. */
  readonly requestTimeoutMs: number;
  readonly placeMarginMs: number;
  /** Aborted when the server stops. */
  readonly stopping: AbortSignal;
  readonly log: Log;
  /** Null when the access log is off. */
  readonly accessLog: Log | null;
  /** Only requests that place and cancel orders have a line. */
  readonly logsOrdersOnly: boolean;
}

/** How a request ended. */
export type Outcome =
  | { readonly kind: 'ok'; readonly payload: unknown }
  | { readonly kind: 'error'; readonly code: string; readonly message: string; readonly fault: Fault }
  | { readonly kind: 'timeout'; readonly limitMs: number };

/** Nothing was done: there is no server now. */
export const SERVER_DOWN: Outcome = {
  kind: 'error',
  code: 'SERVER_DOWN',
  message: 'The server is down; nothing of this was done. Ask again.',
  fault: 'venue',
};

/** Codes that go onto the wire as they are; other failures are a REQUEST_FAILED. */
const WIRE_CODES: ReadonlySet<string> = new Set(['REQUEST_FAILED', 'STATE_WRITE_FAILED', 'QMT_UNAVAILABLE']);

/** The answer of one message after the handshake (pings aside); null when nothing is to be sent. */
export async function answerMessage(
  message: JsonObject,
  session: SessionView,
  services: RequestServices,
): Promise<JsonObject | null> {
  const type = 'type' in message ? message['type'] : 'request';
  if (type !== 'request') return errorAnswer('UNSUPPORTED', `不支持的消息类型 ${toText(type)}`, message['id']);
  const answer = answerOf(await carryOut(message, session, services), message['id']);
  return services.dryRun && answer !== null ? { ...answer, dry_run: true } : answer;
}

/** One request (`id`, `action`, `payload`) within its limit of time, with its line in the log. Never rejects. */
export async function carryOut(message: JsonObject, session: SessionView, services: RequestServices): Promise<Outcome> {
  const begun = services.timers.monotonic();
  const outcome = await run(message, session, services);
  report(message, session, services, outcome, services.timers.monotonic() - begun);
  return outcome;
}

function answerOf(outcome: Outcome, id: unknown): JsonObject | null {
  switch (outcome.kind) {
    case 'ok':
      return hasId(id) ? responseMessage(id, outcome.payload) : null;
    case 'error':
      return errorAnswer(outcome.code, outcome.message, id);
    case 'timeout':
      return errorAnswer('REQUEST_TIMEOUT', timeoutText(outcome.limitMs), id);
  }
}

function timeoutText(limitMs: number): string {
  return `请求超时（>${limitMs / 1000}s）`;
}

function run(message: JsonObject, session: SessionView, services: RequestServices): Promise<Outcome> {
  const { action, payload } = message;
  const limitMs = timeLimit(action, payload, services);
  let expiry: AbortController | null = null;
  const signal = (): AbortSignal => {
    expiry ??= new AbortController();
    return AbortSignal.any([services.stopping, expiry.signal]);
  };
  return new Promise((resolve) => {
    const timer = services.timers.after(limitMs, () => {
      resolve({ kind: 'timeout', limitMs });
      expiry?.abort();
    });
    const end = (outcome: Outcome): void => {
      timer.cancel();
      resolve(outcome);
    };
    services.dispatch(action, payload, session, signal).then(
      (value) => end({ kind: 'ok', payload: value }),
      (error: unknown) => end(failure(error, action, services.log)),
    );
  });
}

/** A place request that waits on the server gets its own wait on top. */
function timeLimit(action: unknown, payload: unknown, services: RequestServices): number {
  if (action !== 'broker.place_order' || !isJsonObject(payload)) return services.requestTimeoutMs;
  const wait = toFloatOrNull(payload['wait_timeout']);
  if (wait === null || !(wait > 0) || !Number.isFinite(wait)) return services.requestTimeoutMs;
  return Math.max(services.requestTimeoutMs, Math.min(wait, LONGEST_WAIT_SECONDS) * 1000 + services.placeMarginMs);
}

function failure(error: unknown, action: unknown, log: Log): Outcome {
  if (error instanceof BtError) {
    // What a strategy asked wrongly of our own action it is told by its own code.
    const isTold = WIRE_CODES.has(error.code) || (action === TABLE_ACTION && error.fault === 'strategy');
    return { kind: 'error', code: isTold ? error.code : 'REQUEST_FAILED', message: error.message, fault: error.fault };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : errorMessage(error);
  log.error(`${toText(action)} failed by a fault of the server: ${stack}`);
  const message = `服务器内部错误: ${errorMessage(error)}`;
  return { kind: 'error', code: 'REQUEST_FAILED', message, fault: 'bug' };
}

function report(
  message: JsonObject,
  session: SessionView,
  services: RequestServices,
  outcome: Outcome,
  cost: number,
): void {
  const { accessLog, logsOrdersOnly } = services;
  if (accessLog === null || (logsOrdersOnly && !isOfOrders(message['action']))) return;
  const payload = isJsonObject(message['payload']) ? message['payload'] : {};
  logAccess(accessLog, {
    peer: session.peer,
    session: session.id,
    id: message['id'],
    action: message['action'],
    account: payload['account_key'] ?? session.identity.accountKey,
    subAccount: payload['sub_account_id'] ?? session.identity.subAccountId,
    status: outcome.kind,
    cost,
    error:
      outcome.kind === 'error' ? outcome.message : outcome.kind === 'timeout' ? timeoutText(outcome.limitMs) : null,
  });
}
