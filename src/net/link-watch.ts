import type { Timer, TimerSource } from '../platform/timers.ts';

export interface LinkWatchOptions {
  readonly timers: TimerSource;
  readonly pingMs: number;
  readonly pongMs: number;
  readonly silenceMs: number;
  readonly sendPing: (id: string) => void;
  /** The link is dead, and why. The watch has stopped. */
  readonly onDead: (sign: 'no_pong' | 'silence') => void;
}

type Mode = 'off' | 'idle' | 'pinged' | 'busy';

/**
 * Notices a dead link. Idle: a ping each `pingMs`, its pong due within `pongMs`. With a request in flight no ping is sent, because
 * gateways answer pings only between requests; instead, nothing at all heard for `silenceMs` means death.
 * Changing between idle and busy costs no timer: one is armed at a time, and looks at what is due when it fires.
 */
export class LinkWatch {
  readonly #options: LinkWatchOptions;
  #mode: Mode = 'off';
  /** When the present mode began, monotonic ms. */
  #since = 0;
  /** Since when a request waits with nothing heard; a caller that gives up and asks again does not shorten it. */
  #silentSince: number | null = null;
  #timer: Timer | null = null;
  #timerDue = 0;
  #pings = 0;

  constructor(options: LinkWatchOptions) {
    this.#options = options;
  }

  /** The session is idle from now on: a pong that was awaited no longer is. */
  idle(): void {
    this.#enter('idle');
  }

  /** A request is in flight from now on. */
  busy(): void {
    this.#silentSince ??= this.#options.timers.monotonic();
    if (this.#mode !== 'busy') this.#enter('busy');
  }

  /** The session is over. */
  stop(): void {
    this.#mode = 'off';
    this.#silentSince = null;
    this.#timer?.cancel();
    this.#timer = null;
  }

  /** Bytes arrived. */
  heard(): void {
    this.#silentSince = this.#mode === 'busy' ? this.#options.timers.monotonic() : null;
  }

  /** A pong arrived. One that is not awaited (an earlier ping's, answered behind a request) means nothing. */
  pong(id: string | null): void {
    if (this.#mode === 'pinged' && id === this.#pingId()) this.idle();
  }

  #enter(mode: Mode): void {
    this.#mode = mode;
    this.#since = this.#options.timers.monotonic();
    const due = this.#due();
    if (this.#timer === null || due < this.#timerDue) this.#arm(due);
  }

  /** When this mode ends by itself, monotonic ms. */
  #due(): number {
    const { pingMs, pongMs, silenceMs } = this.#options;
    if (this.#mode === 'busy') return (this.#silentSince ?? this.#since) + silenceMs;
    return this.#since + (this.#mode === 'pinged' ? pongMs : pingMs);
  }

  #arm(due: number): void {
    const { timers } = this.#options;
    this.#timer?.cancel();
    this.#timerDue = due;
    this.#timer = timers.after(due - timers.monotonic(), () => {
      this.#timer = null;
      this.#check();
    });
  }

  #check(): void {
    if (this.#mode === 'off') return;
    const due = this.#due();
    if (this.#options.timers.monotonic() < due) this.#arm(due);
    else if (this.#mode === 'idle') this.#ping();
    else this.#die(this.#mode === 'busy' ? 'silence' : 'no_pong');
  }

  #ping(): void {
    this.#pings += 1;
    this.#enter('pinged');
    this.#options.sendPing(this.#pingId());
  }

  #die(sign: 'no_pong' | 'silence'): void {
    this.stop();
    this.#options.onDead(sign);
  }

  #pingId(): string {
    return `ping-${this.#pings}`;
  }
}
