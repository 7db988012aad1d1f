import { BtError, errorMessage } from '../domain/errors.ts';
import type { PaperExchange } from '../exchange/types.ts';
import type { Log } from '../platform/log.ts';
import { systemTimers } from '../platform/timers.ts';
import type { Timer } from '../platform/timers.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { AccountConfig, SessionIdentity } from './account-types.ts';
import type { AccountRouter } from './accounts.ts';
import type { BookView, Gateway } from './adapters/gateway.ts';
import { remembered } from './book-store.ts';
import type { BookStore, Memory } from './book-store.ts';
import type { FaultInjector } from './faults/injector.ts';
import type { ServerControl } from './faults/control.ts';
import type { FaultReport } from './faults/types.ts';
import type { Link } from './interceptor.ts';
import type { OpenMarket } from './market.ts';
import type { GatewayOptions, GatewayServer } from './options.ts';
import type { OrderRecord } from './record/order-record.ts';
import { SERVER_DOWN } from './requests.ts';
import type { Outcome } from './requests.ts';
import { ServerLife, refuse } from './server-life.ts';
import type { SessionSocket } from './session-socket.ts';
import type { SessionView } from './session-view.ts';
import type { ServerState } from './state-file.ts';

/** What a server is made of; the injector is null when nothing is to go wrong. */
export interface ServerParts {
  readonly options: GatewayOptions;
  readonly log: Log;
  readonly accounts: AccountRouter;
  readonly store: BookStore | null;
  /** Of a gateway outside this process; closed with the server. */
  readonly record: OrderRecord | null;
  readonly injector: FaultInjector | null;
  /** Opens what stands behind it for another life. */
  readonly reopen: (state: ServerState | null) => Promise<OpenMarket>;
}

/** A server without a port: one life after the other, where faults restart it. */
export class ServerLives implements GatewayServer, ServerControl {
  readonly #parts: ServerParts;
  #life: ServerLife;
  #up = false;
  #ended = false;
  #revival: Timer | null = null;
  #reviving: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | null = null;
  #killed: Promise<void> | null = null;

  constructor(parts: ServerParts, market: OpenMarket) {
    this.#parts = parts;
    this.#life = this.#newLife(market);
    parts.injector?.bind(this);
  }

  get exchange(): PaperExchange | null {
    return this.#life.market.exchange;
  }

  get gateway(): Gateway {
    return this.#life.market.gateway;
  }

  async begin(): Promise<void> {
    await this.#life.begin();
    this.#up = true;
  }

  attach(socket: SessionSocket): void {
    if (this.#up && !this.#ended) this.#life.attach(socket);
    else refuse(socket);
  }

  ask(action: string, payload: JsonObject, caller: SessionView): Promise<Outcome> {
    return this.#up && !this.#ended ? this.#life.ask(action, payload, caller) : Promise.resolve(SERVER_DOWN);
  }

  sessions(): number {
    return this.#life.sessions;
  }

  faults(): FaultReport | null {
    return this.#parts.injector?.report() ?? null;
  }

  stop(): Promise<void> {
    // Of a dead one nothing is left that could be stopped.
    this.#stopped ??= this.#killed ?? this.#stop();
    return this.#stopped;
  }

  kill(): Promise<void> {
    this.#killed ??= this.#kill();
    return this.#killed;
  }

  async #kill(): Promise<void> {
    this.#end();
    this.#parts.record?.close();
    this.#parts.injector?.end('kill');
    const closed = this.#life.kill();
    const behind = this.#life.market.close?.();
    await Promise.all([closed, behind, this.#reviving]);
    this.#parts.store?.release();
  }

  accountKey(payload: JsonObject, identity: SessionIdentity): string {
    return this.#accountOf(payload, identity).key;
  }

  book(payload: JsonObject, identity: SessionIdentity): BookView {
    const { book } = this.#life.market;
    // Faults are armed only where the book lies in this process.
    if (book === null) throw new BtError('NO_BOOK', 'This gateway shows no book.', { fault: 'bug' });
    return book(this.#accountOf(payload, identity));
  }

  #accountOf(payload: JsonObject, identity: SessionIdentity): AccountConfig {
    return this.#parts.accounts.resolve(payload, identity).account;
  }

  links(): Iterable<Link> {
    return this.#life.links();
  }

  dropConnections(): void {
    this.#life.dropConnections();
  }

  restart(memory: Memory, downMs: number): void {
    if (!this.#up || this.#ended) return;
    this.#up = false;
    const closed = this.#life.kill();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#reviving = promise;
    this.#revival = (this.#parts.options.timers ?? systemTimers).after(downMs, () => {
      this.#revival = null;
      resolve(closed.then(() => this.#revive(memory)));
    });
  }

  async #stop(): Promise<void> {
    const wasUp = this.#up;
    this.#end();
    this.#parts.injector?.end('stop');
    try {
      await this.#reviving;
      if (wasUp) await this.#life.stop();
      else await this.#life.kill();
    } finally {
      await this.#life.market.close?.();
      this.#parts.record?.close();
      this.#parts.store?.release();
    }
  }

  #end(): void {
    this.#ended = true;
    // A restart that has not begun will not.
    if (this.#revival !== null) this.#reviving = Promise.resolve();
    this.#revival?.cancel();
  }

  async #revive(memory: Memory): Promise<void> {
    const { store, log, reopen } = this.#parts;
    try {
      const state = store === null ? null : remembered(store, memory);
      const market = await reopen(state);
      if (this.#ended) return;
      this.#life = this.#newLife(market);
      await this.#life.begin();
      this.#up = true;
      log.info(`started again, memory: ${memory}`);
    } catch (error) {
      log.error(`The restart failed: ${errorMessage(error)}`);
    }
  }

  #newLife(market: OpenMarket): ServerLife {
    const { options, log, accounts, record, injector } = this.#parts;
    return new ServerLife({ options, log, accounts, market, record, interceptor: injector });
  }
}
