import { BtError } from '../../../domain/errors.ts';
import type { Log } from '../../../platform/log.ts';
import type { Timer, TimerSource } from '../../../platform/timers.ts';
import { isJsonObject } from '../../../protocol/json.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import type { AccountConfig } from '../../account-types.ts';
import { Bridge } from './bridge.ts';
import type { BridgeHealth, BridgeOptions, BridgeRole } from './bridge.ts';
import type { BridgeLink, Reply } from './bridge-link.ts';
import { ACCOUNT_STATUS, CONNECTED } from './sdk-rows.ts';
import { SessionIds } from './session-ids.ts';
import { valueOf } from './unavailable.ts';

const CONNECT_MS = 60_000;
const SUBSCRIBE_AGAIN_MS = 60_000;
/** The counter's number of an account that can trade. */
const USABLE = 0;

/** How an account is; `status`: the counter's number, null = not told. */
export interface AccountState {
  readonly subscribed: boolean;
  readonly status: number | null;
}

export interface TradingOptions extends BridgeOptions {
  /** Full path of `userdata_mini`. */
  readonly dataPath: string;
  readonly accounts: readonly AccountConfig[];
  readonly sessionId: number | null;
  /** A pushed row of an account: `order`, `trade`, `order_error`, … */
  readonly onPush: (event: string, accountId: string, row: JsonObject) => void;
}

/** The bridge to the trading side: a trader with a new session number at each connection, its accounts subscribed. */
export class TradingBridge implements BridgeRole {
  readonly name = 'QMT trading';
  readonly bridge: Bridge;
  readonly #options: TradingOptions;
  readonly #sessions: SessionIds;
  readonly #accounts = new Map<string, AccountState>();
  #connection = 0;
  #link: BridgeLink | null = null;
  #again: Timer | null = null;

  constructor(options: TradingOptions) {
    this.#options = options;
    this.#sessions = new SessionIds(options.random, options.sessionId);
    this.bridge = new Bridge(this, options);
  }

  get health(): BridgeHealth {
    return this.bridge.health;
  }

  get accounts(): readonly AccountConfig[] {
    return this.#options.accounts;
  }

  serves(accountKey: string): boolean {
    return this.accounts.some(({ key }) => key === accountKey);
  }

  stateOf(accountId: string): AccountState {
    return this.#accounts.get(accountId) ?? { subscribed: false, status: null };
  }

  /** Why this account cannot be asked now; null = it can. */
  troubleOf({ key, id }: AccountConfig): string | null {
    const trouble = this.bridge.trouble;
    if (trouble !== null) return trouble;
    return this.stateOf(id).subscribed ? null : `账户 ${key} 未登录或订阅失败，请在 QMT 客户端登录该账户`;
  }

  ask(account: AccountConfig, call: string, args: JsonObject, deadlineMs: number, changes = false): Promise<Reply> {
    const trouble = this.troubleOf(account);
    if (trouble !== null) return Promise.resolve({ kind: 'lost', begun: false, text: trouble });
    return this.bridge.ask(call, { ...args, account: account.id }, deadlineMs, changes);
  }

  async attach(link: BridgeLink): Promise<string | null> {
    this.onLost();
    const { dataPath, accounts } = this.#options;
    this.#connection += 1;
    const session = this.#sessions.take();
    const wanted = accounts.map(({ id, type }) => ({ id, type: type.toUpperCase() }));
    const args = { path: dataPath, session, link: this.#connection, accounts: wanted };
    const answer = CONNECTED.parse(valueOf(await link.ask('connect', args, CONNECT_MS)));
    if (answer.connect !== 0) return notConnected(answer.connect, dataPath);
    for (const { id, subscribe } of answer.accounts) this.#isSubscribed(id, subscribe);
    await this.#readStatus(link);
    this.#link = link;
    return null;
  }

  onReady(): void {
    this.#subscribeAgain();
  }

  onEvent(event: JsonObject): boolean {
    // What an earlier trader still says is of the past.
    if (event['link'] !== this.#connection) return false;
    if (event['event'] === 'disconnected') return true;
    const { row } = event;
    if (!isJsonObject(row)) return false;
    if (event['event'] === 'account_status') this.#hasStatus(row);
    const accountId = row['account_id'];
    if (typeof accountId === 'string') this.#options.onPush(String(event['event']), accountId, row);
    return false;
  }

  onLost(): void {
    this.#accounts.clear();
    this.#again?.cancel();
    this.#again = null;
    this.#link = null;
  }

  #isSubscribed(id: string, code: number | null): void {
    const known = this.stateOf(id);
    this.#accounts.set(id, { ...known, subscribed: code === 0 });
    if (code !== 0) this.log.warning(`account ${id}: subscribe answered ${code ?? 'nothing'}: is it logged in?`);
  }

  get log(): Log {
    return this.#options.log;
  }

  get timers(): TimerSource {
    return this.#options.timers;
  }

  /** For people: some builds do not tell it. */
  async #readStatus(link: BridgeLink): Promise<void> {
    const reply = await link.ask('account_status', {}, CONNECT_MS);
    if (reply.kind !== 'value' || !Array.isArray(reply.value)) return;
    for (const row of reply.value) if (isJsonObject(row)) this.#hasStatus(row);
  }

  #hasStatus(row: JsonObject): void {
    const { success, data } = ACCOUNT_STATUS.safeParse(row);
    if (!success || data.account_id === null) return;
    const known = this.#accounts.get(data.account_id);
    if (known === undefined) return;
    this.#accounts.set(data.account_id, { ...known, status: data.status });
    if (data.status !== null && data.status !== USABLE && data.status !== known.status)
      this.log.warning(`account ${data.account_id}: its status is ${data.status} (0 can trade)`);
  }

  /** One account that is not logged in does not stop the others; it is tried again each minute. */
  #subscribeAgain(): void {
    const missing = this.#options.accounts.filter(({ id }) => !this.stateOf(id).subscribed);
    const link = this.#link;
    if (missing.length === 0 || link === null) return;
    this.#again = this.timers.after(SUBSCRIBE_AGAIN_MS, () => void this.#tryAgain(link, missing));
  }

  async #tryAgain(link: BridgeLink, missing: readonly AccountConfig[]): Promise<void> {
    for (const { id, type } of missing) {
      const reply = await link.ask('subscribe_account', { id, type: type.toUpperCase() }, CONNECT_MS);
      if (this.#link !== link) return;
      if (reply.kind !== 'value' || !isJsonObject(reply.value)) continue;
      if (reply.value['subscribe'] === 0) this.#isSubscribed(id, 0);
    }
    this.#subscribeAgain();
  }
}

function notConnected(code: number, path: string): string {
  return `connect 返回 ${code}：请确认 QMT 已启动、已登录并勾选极简模式（独立交易），且 --data-path 正确（${path}）`;
}

/** Kinds whose orders we know how to place. */
const KINDS: readonly string[] = ['stock', 'credit'];

/** Throws BtError BAD_ACCOUNTS for a kind of account that cannot be traded here. */
export function checkAccountTypes(accounts: readonly AccountConfig[]): void {
  for (const { key, type } of accounts)
    if (!KINDS.includes(type.toLowerCase()))
      throw new BtError(
        'BAD_ACCOUNTS',
        `The account ${key} has the type ${type}. Write --accounts ${key}=<id>:stock or ${key}=<id>:credit.`,
        { fault: 'config' },
      );
}
