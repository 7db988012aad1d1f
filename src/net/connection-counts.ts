import { isIPv6 } from 'node:net';
import type { TimerSource } from '../platform/timers.ts';
import {
  FREE_GUESSES,
  GUESS_COST_MS,
  GUESS_MEMORY_MS,
  MAX_UNAUTHENTICATED,
  MAX_UNAUTHENTICATED_PER_ADDRESS,
} from './guess-limits.ts';

/** So many addresses are remembered before those are forgotten that nothing is held against. */
const SWEEP_ABOVE = 1000;

/** What is known of an address. */
interface Origin {
  /** Its connections that have not authenticated, and what wrong tokens cost it. */
  taken: number;
  guesses: number;
  /** Monotonic ms. */
  lastGuess: number;
}

/** One connection's place: a stranger's at first, a session's once it has authenticated. */
export interface Place {
  readonly isSession: boolean;
  /** Turns a stranger into a session; false (nothing changes) when all slots are taken. */
  promote(): boolean;
  wrongToken(): void;
  /** The connection is over; later calls do nothing. */
  leave(): void;
}

/** Counts connections: strangers on one side, all together and by address, authenticated sessions on the other. */
export class ConnectionCounts {
  readonly #maxSessions: number;
  readonly #timers: TimerSource;
  readonly #origins = new Map<string, Origin>();
  #strangers = 0;
  #sessions = 0;

  constructor(maxSessions: number, timers: TimerSource) {
    this.#maxSessions = maxSessions;
    this.#timers = timers;
  }

  get sessions(): number {
    return this.#sessions;
  }

  /** The place of a new connection, or why there is none. `address`: null = none, as inside this process. */
  strangerArrives(address: string | null): Place | string {
    const origin = address === null ? null : this.#originOf(address);
    if (origin !== null && origin.taken >= MAX_UNAUTHENTICATED_PER_ADDRESS) {
      return `${origin.taken} of its address have not authenticated, or sent wrong tokens`;
    }
    if (this.#strangers >= MAX_UNAUTHENTICATED) return `${MAX_UNAUTHENTICATED} others have not authenticated yet`;
    this.#strangers += 1;
    if (origin !== null) origin.taken += 1;
    return this.#place(origin);
  }

  #place(origin: Origin | null): Place {
    let kind: 'stranger' | 'session' | 'left' = 'stranger';
    return {
      get isSession() {
        return kind === 'session';
      },
      promote: () => {
        if (this.#sessions >= this.#maxSessions) return false;
        kind = 'session';
        this.#sessions += 1;
        this.#strangerLeaves(origin);
        return true;
      },
      wrongToken: () => {
        if (origin !== null) this.#countGuess(origin);
      },
      leave: () => {
        if (kind === 'session') this.#sessions -= 1;
        if (kind === 'stranger') this.#strangerLeaves(origin);
        kind = 'left';
      },
    };
  }

  #strangerLeaves(origin: Origin | null): void {
    this.#strangers -= 1;
    if (origin !== null) origin.taken -= 1;
  }

  /** After a few that cost nothing, each wrong token holds a place of its address for a while. */
  #countGuess(origin: Origin): void {
    const now = this.#timers.monotonic();
    if (now - origin.lastGuess > GUESS_MEMORY_MS) origin.guesses = 0;
    origin.guesses += 1;
    origin.lastGuess = now;
    if (origin.guesses <= FREE_GUESSES) return;
    origin.taken += 1;
    this.#timers.after(GUESS_COST_MS, () => {
      origin.taken -= 1;
    });
  }

  #originOf(address: string): Origin {
    const key = networkOf(address);
    const known = this.#origins.get(key);
    if (known !== undefined) return known;
    if (this.#origins.size >= SWEEP_ABOVE) this.#sweep();
    const fresh = { taken: 0, guesses: 0, lastGuess: this.#timers.monotonic() };
    this.#origins.set(key, fresh);
    return fresh;
  }

  #sweep(): void {
    const old = this.#timers.monotonic() - GUESS_MEMORY_MS;
    for (const [key, { taken, guesses, lastGuess }] of this.#origins) {
      if (taken === 0 && (guesses === 0 || lastGuess < old)) this.#origins.delete(key);
    }
  }
}

/** An IPv6 host has a whole /64 of addresses: they count as one. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address;
  const [head = '', tail] = address.replace(/%.*$/u, '').split('::');
  const front = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - front.length - (tail === '' ? 0 : tail.split(':').length);
  const groups = [...front, ...Array.from({ length: missing }, () => '0'), ...(tail ?? '').split(':')];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
