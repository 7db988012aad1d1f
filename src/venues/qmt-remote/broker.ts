import { errorCode, errorMessage } from '../../domain/errors.ts';
import type { BrokerAccount, BrokerOrder, BrokerPosition, BrokerTrade } from '../../domain/trading.ts';
import { Listeners } from '../../net/listeners.ts';
import type { GatewayEvent, LateAnswer } from '../../net/rpc-client.ts';
import { nullLog } from '../../platform/log.ts';
import type { Log } from '../../platform/log.ts';
import { systemTimers } from '../../platform/timers.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { decodeAccount, decodePositions } from '../../protocol/decode/account.ts';
import { decodeHealth } from '../../protocol/decode/health.ts';
import { decodeOrders, decodeTrades } from '../../protocol/decode/orders.ts';
import { placeOrderPayload } from '../../protocol/encode/place-order.ts';
import { accountPayload, orderIdPayload } from '../../protocol/encode/requests.ts';
import { isJsonObject } from '../../protocol/json.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type {
  Broker,
  CancelOutcome,
  PlaceOutcome,
  PlaceRequest,
  VenueHealth,
  VenueStatus,
  LatePlaceAnswer,
} from '../broker.ts';
import { checkAccountKey, checkSubAccount, listedSubAccounts } from './account-check.ts';
import type { QmtRemoteConfig } from './config.ts';
import { cancelOutcomeOfAnswer, cancelOutcomeOfError, placeOutcomeOfAnswer, placeOutcomeOfError } from './map.ts';
import { PlaceLine } from './place-line.ts';
import type { Sessions } from './sessions.ts';

export interface RemoteQmtBrokerOptions {
  readonly config: QmtRemoteConfig;
  readonly sessions: Sessions;
  readonly log?: Log;
  readonly timers?: TimerSource;
}

/** An order older than this must not go out behind another one: its price was made for an earlier market. */
const PLACE_QUEUE_MS = 30_000;
const PLACE_STUCK_MS = 15_000;
/** A gateway may hold each of four sessions for 16 s with one cancel. */
const CANCEL_SESSION_WAIT_MS = 20_000;

/** The trading side of a QMT gateway. */
export class RemoteQmtBroker implements Broker {
  readonly name = 'qmt-remote';
  readonly #config: QmtRemoteConfig;
  readonly #sessions: Sessions;
  readonly #log: Log;
  readonly #line: PlaceLine;
  readonly #placed = new Map<string, PlaceRequest>();
  /** As the gateway lists them. */
  #subAccounts: readonly string[] = [];
  readonly #lateListeners = new Listeners<LatePlaceAnswer>();
  readonly #newsListeners = new Listeners<GatewayEvent>();

  constructor(options: RemoteQmtBrokerOptions) {
    this.#config = options.config;
    this.#sessions = options.sessions;
    this.#log = options.log ?? nullLog;
    this.#line = new PlaceLine(options.sessions.place, {
      timers: options.timers ?? systemTimers,
      timeoutMs: options.config.rpcTimeoutMs,
      queueMs: PLACE_QUEUE_MS,
      stuckMs: PLACE_STUCK_MS,
    });
    options.sessions.place.rpc.onLateAnswer((late) => {
      this.#noteLate(late);
    });
    options.sessions.read.rpc.onEvent((event) => {
      if (isNewsOf(options.config.accountKey, event)) this.#newsListeners.emit(event);
    });
    options.sessions.place.connection.onStatus((status) => {
      if (status.kind !== 'ready') this.#placed.clear();
    });
  }

  /** Throws BtError CONNECT_FAILED, AUTH_FAILED, TLS_…, or CONFIG_INVALID for an account or sub-account the gateway does not have. */
  async start(): Promise<void> {
    await this.#sessions.start();
    const { accountKey, subAccountId } = this.#config;
    if (accountKey === null && subAccountId === null) return;
    const health = await this.#read('admin.health', {});
    if (accountKey !== null) checkAccountKey(accountKey, health);
    this.#subAccounts = listedSubAccounts(health);
    if (subAccountId !== null) await this.#checkSubAccount();
  }

  /** A back end that is not ready yet cannot tell; every later reading is checked as well. */
  async #checkSubAccount(): Promise<void> {
    try {
      await this.account();
    } catch (error) {
      if (errorCode(error) === 'CONFIG_INVALID') throw error;
      this.#log.warning(`Whether the gateway has QMT_SERVER_SUB_ACCOUNT is not known yet: ${errorMessage(error)}`);
    }
  }

  stop(): Promise<void> {
    this.#sessions.stopTrading();
    return Promise.resolve();
  }

  setUrgent(urgent: boolean): void {
    this.#sessions.setUrgent(urgent);
  }

  /** The place session is up. An order is then written in the same tick, or right behind the one in flight. */
  canPlace(): boolean {
    return this.#line.isOpen;
  }

  async place(request: PlaceRequest): Promise<PlaceOutcome> {
    let payload: JsonObject;
    try {
      payload = placeOrderPayload(request, this.#config);
    } catch (error) {
      return { kind: 'rejected', code: 'NOT_SENT', reason: errorMessage(error), orderId: null };
    }
    this.#placed.set(request.clientId, request);
    try {
      const answer = await this.#line.send(payload, request.clientId);
      this.#placed.delete(request.clientId);
      return placeOutcomeOfAnswer(answer, request);
    } catch (error) {
      const outcome = placeOutcomeOfError(error);
      // Only the answer to an order given up by us may still come.
      if (!(outcome.kind === 'unknown' && outcome.code === 'RPC_TIMEOUT')) this.#placed.delete(request.clientId);
      return outcome;
    }
  }

  async cancel(orderId: string, isOurs: () => boolean = () => true): Promise<CancelOutcome> {
    const payload = orderIdPayload(this.#config, orderId);
    const options = { timeoutMs: this.#config.rpcTimeoutMs, retry: false };
    try {
      return await this.#sessions.cancels.run(CANCEL_SESSION_WAIT_MS, async ({ rpc }) => {
        if (!isOurs()) return { kind: 'refused', reason: `${orderId} may be another order by now; nothing was sent` };
        return cancelOutcomeOfAnswer(await rpc.request('broker.cancel_order', payload, options));
      });
    } catch (error) {
      return cancelOutcomeOfError(error);
    }
  }

  async account(): Promise<BrokerAccount> {
    const answer = await this.#read('broker.account', accountPayload(this.#config));
    const { subAccountId } = this.#config;
    if (subAccountId !== null) checkSubAccount(subAccountId, answer, this.#subAccounts);
    return decodeAccount(answer);
  }

  async positions(): Promise<readonly BrokerPosition[]> {
    return decodePositions(await this.#read('broker.positions', accountPayload(this.#config)));
  }

  async orders(): Promise<readonly BrokerOrder[]> {
    return decodeOrders(await this.#read('broker.orders', accountPayload(this.#config)));
  }

  async trades(): Promise<readonly BrokerTrade[]> {
    return decodeTrades(await this.#read('broker.trades', accountPayload(this.#config)));
  }

  async health(): Promise<VenueHealth> {
    const { stub, ready, detail, clock, dryRun, ...about } = decodeHealth(await this.#read('admin.health', {}));
    return { stub, backendReady: ready, detail, clock, about, ...(dryRun ? { dryRun } : {}) };
  }

  onStatus(listener: (status: VenueStatus) => void): () => void {
    return this.#sessions.onStatus(listener);
  }

  /** What the gateway says about an order after `place` had given up on it. Returns the unsubscriber. */
  onLatePlaceAnswer(listener: (late: LatePlaceAnswer) => void): () => void {
    return this.#lateListeners.add(listener);
  }

  /** On the stream of a gateway that has one (`order_stream`), on the session that reads. */
  onAccountNews(listener: () => void): () => void {
    return this.#newsListeners.add(() => listener());
  }

  #read(action: string, payload: JsonObject): Promise<unknown> {
    return this.#sessions.read.rpc.request(action, payload, { timeoutMs: this.#config.rpcTimeoutMs, retry: true });
  }

  #noteLate(late: LateAnswer): void {
    const request = late.tag === null ? undefined : this.#placed.get(late.tag);
    if (request === undefined) return;
    this.#placed.delete(request.clientId);
    const outcome = lateOutcome(late, request);
    this.#lateListeners.emit({ clientId: request.clientId, outcome });
  }
}

/** An order or a fill, of the account that is meant where both sides name one. */
function isNewsOf(accountKey: string | null, { event, payload }: GatewayEvent): boolean {
  if (event !== 'order' && event !== 'trade') return false;
  const of = isJsonObject(payload) ? payload['account_key'] : null;
  return accountKey === null || typeof of !== 'string' || of === accountKey;
}

function lateOutcome({ answer }: LateAnswer, request: PlaceRequest): PlaceOutcome {
  if (!answer.ok) return placeOutcomeOfError(answer.error);
  try {
    return placeOutcomeOfAnswer(answer.payload, request);
  } catch (error) {
    return placeOutcomeOfError(error);
  }
}
