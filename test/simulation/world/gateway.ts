import type { PaperExchange } from '../../../src/exchange/types.ts';
import type { Log } from '../../../src/platform/log.ts';
import { lasting } from '../plan/stub-faults.ts';
import type { ServerCrash } from '../plan/types.ts';
import { createStubServer, MemoryBook } from '../../../src/server/index.ts';
import type { FaultOptions, GatewayServer } from '../../../src/server/index.ts';
import type { ServerState } from '../../../src/server/state-file.ts';
import { ACCOUNTS, withoutLists } from './first-book.ts';
import type { Network } from './network.ts';
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

  /** The exchange's own book: the truth. Null while the gateway is down. */
  get exchange(): PaperExchange | null {
    return this.#server?.exchange ?? null;
  }

  async start(): Promise<void> {
    const process = this.#options.newProcess();
    this.#process = process;
    const server = await createStubServer(
      {
        token: 'stub',
        market: 'simulated',
        seed: this.#options.marketSeed,
        accounts: ACCOUNTS,
        clock: process.clock,
        timers: process.timers,
        store: this.#book,
        requestTimeoutMs: 10_000,
        accessLog: false,
        faults: this.#faults(),
        newSessionId: () => {
          this.#sessions += 1;
          return `s${String(this.#sessions).padStart(12, '0')}`;
        },
      },
      this.#options.log,
    );
    this.#server = server;
    this.#options.network.listen(process, (end) => {
      this.#sockets += 1;
      server.attach(new ServerSocket(end, 40_000 + this.#sockets));
    });
  }

  /** Nothing more goes wrong in it from its next life on; a life that is troubled ends now. */
  calm(): void {
    this.#calm = true;
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
    if (this.#server.exchange !== null) this.#options.onEnd(this.#server.exchange);
    void this.#server.kill();
    this.#server = null;
    this.#process?.kill();
    const state = this.#book.copy().read();
    if (memory === 'none') this.#book = new MemoryBook();
    else if (memory === 'book' && state !== null) this.#book = new MemoryBook({ ...state, idempotency: [] });
    else if (memory === 'ids' && state !== null) this.#book = new MemoryBook(withoutLists(state));
    else this.#book = this.#book.copy();
  }
}
