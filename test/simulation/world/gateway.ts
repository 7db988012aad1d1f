import type { PaperExchange } from '../../../src/exchange/types.ts';
import type { Log } from '../../../src/platform/log.ts';
import { lasting } from '../plan/stub-faults.ts';
import type { ServerCrash } from '../plan/types.ts';
import { NATIVE } from '../../../src/server/dialects/native.ts';
import { createGatewayServer, createStubServer, MemoryBook } from '../../../src/server/index.ts';
import type { FaultOptions, GatewayServer, OpenMarket } from '../../../src/server/index.ts';
import type { RecordStore } from '../../../src/server/record/types.ts';
import type { ServerState } from '../../../src/server/state-file.ts';
import { ACCOUNTS, withoutLists } from './first-book.ts';
import type { Bridges } from './bridge.ts';
import type { ServerEnd } from './link.ts';
import type { Network } from './network.ts';
import { OutsideGateway } from './outside-gateway.ts';
import type { Process } from './process.ts';
import { ServerSocket } from './server-socket.ts';

export interface GatewayOptions {
  readonly marketSeed: number;
  readonly state: ServerState;
  readonly network: Network;
  readonly log: Log;
  /** What goes wrong in it by itself; null = nothing. */
  readonly faults: FaultOptions | null;
  readonly newProcess: () => Process;
  /** The book of a life that is about to end, for the judge. */
  readonly onEnd: (exchange: PaperExchange) => void;
  /** The exchange lies outside the gateway's process; null = in it. */
  readonly outside: OutsideOptions | null;
}

export interface OutsideOptions {
  readonly counter: PaperExchange;
  readonly bridges: Bridges;
  /** The record as one life of the gateway writes it. */
  readonly record: (owner: Process) => RecordStore;
  /** Takes a client's links beside those of the engine. */
  readonly network: Network;
}

/** The gateway with the exchange behind it: dies and comes back with its whole book, without its keys, or with nothing. */
export class Gateway {
  readonly #options: GatewayOptions;
  #book: MemoryBook;
  #server: GatewayServer | null = null;
  #process: Process | null = null;
  #sessions = 0;
  #sockets = 0;
  #calm = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#book = new MemoryBook(options.state);
  }

  /** The exchange's own book: the truth. Null while the gateway, or its way to the exchange, is down. */
  get exchange(): PaperExchange | null {
    const { outside } = this.#options;
    if (outside === null) return this.#server?.exchange ?? null;
    return this.up && outside.bridges.up ? outside.counter : null;
  }

  get up(): boolean {
    return this.#server !== null;
  }

  async start(): Promise<void> {
    const process = this.#options.newProcess();
    this.#process = process;
    const server = await this.#create(process);
    this.#server = server;
    const accept = (end: ServerEnd): void => {
      this.#sockets += 1;
      server.attach(new ServerSocket(end, 40_000 + this.#sockets));
    };
    this.#options.network.listen(process, accept);
    this.#options.outside?.network.listen(process, accept);
  }

  #create(process: Process): Promise<GatewayServer> {
    const { outside, log, marketSeed } = this.#options;
    const common = {
      token: 'stub',
      accounts: ACCOUNTS,
      clock: process.clock,
      timers: process.timers,
      requestTimeoutMs: 10_000,
      accessLog: false,
      newSessionId: () => {
        this.#sessions += 1;
        return `s${String(this.#sessions).padStart(12, '0')}`;
      },
    };
    if (outside === null)
      return createStubServer(
        { ...common, market: 'simulated', seed: marketSeed, store: this.#book, faults: this.#faults() },
        log,
      );
    const { counter, bridges, record } = outside;
    const open = (): Promise<OpenMarket> => {
      bridges.start();
      const gateway = new OutsideGateway(counter, process.clock, process, bridges);
      return Promise.resolve({ gateway, dialect: NATIVE, exchange: null, book: null, saved: [], keep: () => null });
    };
    return createGatewayServer({ ...common, recordStore: record(process) }, open, log);
  }

  /** Nothing more goes wrong in it from its next life on; a life that is troubled ends now. */
  calm(): void {
    this.#calm = true;
    this.#options.outside?.bridges.calm();
    if (this.#options.faults !== null) this.kill('all');
  }

  #faults(): FaultOptions | null {
    const { faults } = this.#options;
    return faults !== null && this.#calm ? { ...faults, plan: lasting(faults.plan) } : faults;
  }

  close(): void {
    void this.#server?.kill();
    this.#process?.kill();
  }

  /** Dies as a process does; what it had answered is in its book. */
  kill(memory: ServerCrash['memory']): void {
    if (this.#server === null) return;
    const { outside } = this.#options;
    const exchange = outside?.counter ?? this.#server.exchange;
    if (exchange !== null) this.#options.onEnd(exchange);
    void this.#server.kill();
    this.#server = null;
    this.#process?.kill();
    outside?.bridges.leave();
    if (outside !== null) return;
    const state = this.#book.copy().read();
    if (memory === 'none') this.#book = new MemoryBook();
    else if (memory === 'book' && state !== null) this.#book = new MemoryBook({ ...state, idempotency: [] });
    else if (memory === 'ids' && state !== null) this.#book = new MemoryBook(withoutLists(state));
    else this.#book = this.#book.copy();
  }
}
