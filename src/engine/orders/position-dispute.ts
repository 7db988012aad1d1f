import type { AccountView } from '../../domain/order/types.ts';
import type { BrokerPosition } from '../../domain/trading.ts';
import type { Log } from '../../platform/log.ts';
import type { TimerSource } from '../../platform/timers.ts';

/** So many equal readings, this far apart (wall ms), make a difference an external change. */
const EXTERNAL_READINGS = 3;
export const EXTERNAL_GAP_MS = 5_000;

interface Difference {
  readonly key: string;
  readonly readings: number;
  readonly lastAt: number;
  readonly securities: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** The broker's positions against what we expect: who is right is decided by how long the broker insists. */
export class PositionDispute {
  readonly #timers: TimerSource;
  readonly #log: Log;
  #difference: Difference | null = null;

  constructor(timers: TimerSource, log: Log) {
    this.#timers = timers;
    this.#log = log;
  }

  /** Securities in which the last reading and our expectation differ. */
  securities(): ReadonlySet<string> {
    return this.#difference?.securities ?? NONE;
  }

  clear(): void {
    this.#difference = null;
  }

  /** Takes a reading that differs from the view. True once the same one has been seen often enough to be believed. */
  insists(view: AccountView, positions: readonly BrokerPosition[]): boolean {
    const now = this.#timers.monotonic();
    const key = amountsOf(positions);
    const last = this.#difference?.key === key ? this.#difference : null;
    if (last === null) {
      this.#difference = { key, readings: 1, lastAt: now, securities: differing(view, positions) };
    } else if (now - last.lastAt >= EXTERNAL_GAP_MS) {
      this.#difference = { ...last, readings: last.readings + 1, lastAt: now };
    }
    if ((this.#difference?.readings ?? 0) < EXTERNAL_READINGS) return false;
    const expected = view.positions.map((held) => `${held.security} ${held.amount}`).join(', ');
    this.#log.warning(
      `Positions changed outside this strategy: expected ${expected === '' ? 'none' : expected}, the broker has ${key}.`,
    );
    return true;
  }
}

/** What a list of positions holds, as one text: equal for equal amounts in any order. */
export function amountsOf(positions: readonly BrokerPosition[]): string {
  const held = positions.filter(({ amount }) => amount !== 0);
  return JSON.stringify(held.map(({ security, amount }) => `${security} ${amount}`).toSorted());
}

function differing(view: AccountView, positions: readonly BrokerPosition[]): ReadonlySet<string> {
  const expected = new Map(view.positions.map((held) => [held.security, held.amount]));
  const read = new Map(positions.map((held) => [held.security, held.amount]));
  const all = new Set([...expected.keys(), ...read.keys()]);
  return new Set([...all].filter((security) => (expected.get(security) ?? 0) !== (read.get(security) ?? 0)));
}
