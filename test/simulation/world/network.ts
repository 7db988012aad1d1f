import { BtError } from '../../../src/domain/errors.ts';
import type { Dial } from '../../../src/net/transport.ts';
import type { Rng } from '../../../src/platform/random.ts';
import { Link, type LinkHooks, type ServerEnd } from './link.ts';
import type { Process } from './process.ts';
import type { VirtualTime } from './virtual-time.ts';

/** Milliseconds after which a refused connection is known. */
const REFUSED_MS = 1;

/** Streams of bytes between a client and a server, in virtual time. Each link has a latency of its own. */
export class Network {
  readonly #time: VirtualTime;
  readonly #rng: Rng;
  readonly #hooks: LinkHooks;
  readonly #links = new Set<Link>();
  #accept: ((end: ServerEnd) => void) | null = null;
  #blockedUntil = 0;
  #slowMs = 0;
  #hungUntil = 0;

  constructor(time: VirtualTime, rng: Rng, hooks: LinkHooks) {
    this.#time = time;
    this.#rng = rng;
    this.#hooks = hooks;
  }

  /** Takes connections for `owner` until it dies. */
  listen(owner: Process, accept: (end: ServerEnd) => void): void {
    this.#accept = accept;
    owner.onDeath(() => {
      if (this.#accept === accept) this.#accept = null;
      for (const link of this.#links) link.serverDied();
    });
  }

  /** How a client process reaches the server. */
  dial(owner: Process): Dial {
    return (_endpoint, handlers) => {
      if (this.#accept === null || !owner.alive) {
        owner.timers.after(REFUSED_MS, () => handlers.onClose(refused()));
        return { write: () => undefined, destroy: () => undefined };
      }
      const link = new Link({
        owner,
        handlers,
        hooks: this.#hooks,
        time: this.#time,
        latency: 0.2 + this.#rng.next() ** 3 * 20 + this.#slowMs,
        blockedUntil: () => this.#blockedUntil,
        hungUntil: () => this.#hungUntil,
      });
      this.#links.add(link);
      link.open((end) => {
        if (this.#accept === null) end.destroy();
        else this.#accept(end);
      });
      return link.transport;
    };
  }

  /** What the gateway tells by itself, on every link; `heard`: it arrives at a client. */
  push(frame: Buffer, heard: (owner: Process) => void): void {
    for (const link of this.#links) link.push(frame, heard);
  }

  /** Nothing arrives for `ms`; what was under way arrives then, as TCP repeats it. */
  block(ms: number): void {
    this.#blockedUntil = Math.max(this.#blockedUntil, this.#time.now() + ms);
  }

  /** The gateway's process stands still for `ms`: links open and stay, what it is sent waits for it. */
  hang(ms: number): void {
    this.#hungUntil = Math.max(this.#hungUntil, this.#time.now() + ms);
  }

  /** Every link that is open is reset. */
  resetAll(): void {
    for (const link of this.#links) link.reset();
    this.#links.clear();
  }
}

function refused(): BtError {
  return new BtError('LINK_FAILED', 'nothing listens there (connection refused).', { fault: 'network' });
}
