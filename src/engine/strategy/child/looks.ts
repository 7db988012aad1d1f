import type { CallName } from '../../../../runtime/border/calls.ts';
import type { Stamp } from '../../../platform/stamped-globals.ts';

/** What moves with the market and can be looked at without a call, and how many looks are a loop that waits: each takes a few microseconds or less, except of Python, which asks for it. */
const MOST = { clock: 10_000, 'clock of Python': 1_000, account: 20_000, 'read ahead': 20_000 } as const;
/** The same question, asked so often; each takes 30 µs or more. */
const MOST_ASKED = 1_000;
/** Market ms that such a loop waits at a time. */
const PASS_MS = 1_000;
/** Questions whose answers move with the market. */
const MOVING: ReadonlySet<CallName> = new Set<CallName>(['account', 'orders', 'trades', 'quotes', 'history']);

/**
 * On a clock that stands still while the strategy's code runs (`--speed max`) a loop that waits for the market would never end. It shows by
 * looking at the same again and again, thousands of times in one dispatch: then a while of market time passes (`pass`). Counted, not
 * timed, so that a slow machine trades as a fast one.
 */
export class Looks {
  readonly #pass: (ms: number) => void;
  readonly #counts = new Map<string, number>();
  #stands = false;

  constructor(pass: (ms: number) => void) {
    this.#pass = pass;
  }

  /** A dispatch begins. */
  begin({ speed }: Stamp): void {
    this.#stands = speed === 0;
    this.#counts.clear();
  }

  at(what: keyof typeof MOST): void {
    if (this.#stands) this.#look(what, MOST[what]);
  }

  asked(name: CallName, frame: Buffer): void {
    if (this.#stands && MOVING.has(name)) this.#look(frame.toString('latin1'), MOST_ASKED);
  }

  #look(key: string, most: number): void {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    if (count < most) return;
    this.#counts.clear();
    this.#pass(PASS_MS);
  }
}
