import { nullLog } from '../../../../src/platform/log.ts';
import type { Log } from '../../../../src/platform/log.ts';
import type { JsonObject } from '../../../../src/protocol/json.ts';
import { createQmtRemote } from '../../../../src/venues/qmt-remote/index.ts';
import type { Settings } from '../../../../src/venues/qmt-remote/index.ts';
import type { PlaceRequest } from '../../../../src/venues/broker.ts';
import { FakeTimers, settle } from '../../platform/fake-timers.ts';
import { MemoryGateway } from '../../net/memory-gateway.ts';
import type { Link } from '../../net/memory-gateway.ts';

/** A handler's ways to leave a request. */
export const HANG = Symbol('no answer');
export class Refusal {
  readonly code: string;
  readonly message: string;

  constructor(code: string, message: string) {
    this.code = code;
    this.message = message;
  }
}

export type Handler = (payload: JsonObject) => unknown;

/** The venue over an in-memory gateway that answers each action as its handler says, at once; unknown actions hang. */
export class ScriptedVenue {
  readonly gateway = new MemoryGateway();
  readonly timers = new FakeTimers();
  readonly handlers = new Map<string, Handler>();
  /** All requests of all sessions, in the order they were written. */
  readonly requests: { readonly link: Link; readonly action: string; readonly payload: JsonObject }[] = [];
  readonly venue: ReturnType<typeof createQmtRemote>;

  constructor(env: Settings = {}, log: Log = nullLog) {
    this.gateway.onMessage = (link, message) => {
      if (message['type'] === 'ping') link.say({ type: 'pong', id: message['id'] });
      else this.#answer(link, message);
    };
    this.venue = createQmtRemote({
      env: { QMT_SERVER_HOST: 'gateway.test', QMT_SERVER_TOKEN: 'secret', ...env },
      log,
      timers: this.timers,
      dial: this.gateway.dial,
      random: () => 0,
    });
  }

  get broker() {
    return this.venue.broker;
  }

  get provider() {
    return this.venue.provider;
  }

  on(action: string, handler: Handler): this {
    this.handlers.set(action, handler);
    return this;
  }

  /** Payloads written with this action, in order. */
  sent(action: string): readonly JsonObject[] {
    return this.requests.filter((request) => request.action === action).map((request) => request.payload);
  }

  /** The link of the newest request with this action. */
  linkOf(action: string): Link {
    const last = this.requests.findLast((request) => request.action === action);
    if (last === undefined) throw new Error(`nothing was sent with ${action}`);
    return last.link;
  }

  /** Links of place, read and data, in this order, right after the start. */
  link(kind: 'place' | 'read' | 'data'): Link {
    const link = this.gateway.links[['place', 'read', 'data'].indexOf(kind)];
    if (link === undefined) throw new Error('not started');
    return link;
  }

  #answer(link: Link, request: JsonObject): void {
    const action = String(request['action']);
    const payload = request['payload'] as JsonObject;
    this.requests.push({ link, action, payload });
    const handler = this.handlers.get(action);
    const answer = handler === undefined ? HANG : handler(payload);
    if (answer === HANG) return;
    queueMicrotask(() => {
      const { id } = request;
      if (answer instanceof Refusal) link.say({ type: 'error', code: answer.code, message: answer.message, id });
      else link.say({ type: 'response', id, payload: answer });
    });
  }
}

/** A venue whose start has succeeded; its gateway has the sub-account that is asked for. */
export async function started(env: Settings = {}, log: Log = nullLog): Promise<ScriptedVenue> {
  const scripted = new ScriptedVenue(env, log);
  const sub = env['QMT_SERVER_SUB_ACCOUNT'];
  if (sub !== undefined)
    scripted
      .on('admin.health', () => ({ dtype: 'dict', value: { process_alive: true, accounts: ['main', 'main'] } }))
      .on('broker.account', () => accountAnswer({ sub_account_id: sub.split('@')[0] ?? '' }));
  await scripted.broker.start();
  await settle();
  return scripted;
}

/** `broker.account` as the deployed stub writes it. */
export function accountAnswer(fields: JsonObject = {}): JsonObject {
  return { dtype: 'dict', value: { account_id: 'demo', available_cash: 1, total_value: 0 }, ...fields };
}

export const ORDER: PlaceRequest = {
  clientId: 'client-1',
  remark: 'bt:1a2b3c4d:demo',
  security: '000001.XSHE',
  side: 'buy',
  amount: 100,
  price: 10.5,
  style: 'limit',
};

/** An order row as the deployed stub writes it. */
export function orderRow(fields: JsonObject = {}): JsonObject {
  return {
    order_id: '1073741900',
    security: '000001.XSHE',
    amount: 100,
    filled: 0,
    status: 'open',
    raw_status: 50,
    side: 'BUY',
    is_buy: true,
    order_price: 10.5,
    price: 0.0,
    order_type: 23,
    order_remark: 'bt:1a2b3c4d:demo',
    status_msg: '',
    order_time: 1795210351,
    ...fields,
  };
}
