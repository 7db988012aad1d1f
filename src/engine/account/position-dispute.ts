import { summed } from './whole-account.ts';
import type { BrokerPosition } from '../../domain/trading.ts';
import type { TimerSource } from '../../platform/timers.ts';
import type { Events } from '../events.ts';

/** So many readings with the same difference, this far apart (wall ms), make it an external change. */
const EXTERNAL_READINGS = 3;
export const EXTERNAL_GAP_MS = 5_000;

interface Dispute {
  /** The difference as one text. */
  readonly key: string;
  readonly readings: number;
  readonly lastAt: number;
  readonly securities: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * The broker's positions against what we expect: who is right is decided by how long the broker insists. What counts is the
 * difference, which stays while fills of ours change both sides.
 */
export class PositionDispute {
  readonly #timers: TimerSource;
  readonly #events: Events;
  #dispute: Dispute | null = null;

  constructor(timers: TimerSource, events: Events) {
    this.#timers = timers;
    this.#events = events;
  }

  /** Securities in which the last reading and our expectation differ. */
  securities(): ReadonlySet<string> {
    return this.#dispute?.securities ?? NONE;
  }

  clear(): void {
    this.#dispute = null;
  }

  /**
   * Takes a reading that differs from what is expected. True once the same difference has been seen often enough to be believed.
   * A reading counts only when none of the securities `isMoving`: it may lag behind fills of ours. `known`: what is expected with
   * the fills of ours that no list of trades shows: of the rest it is said that it comes from outside.
   */
  insists(
    expected: ReadonlyMap<string, number>,
    positions: readonly BrokerPosition[],
    isMoving: (security: string) => boolean,
    known: ReadonlyMap<string, number>,
  ): boolean {
    const held = heldOf(expected);
    const now = this.#timers.monotonic();
    const difference = differenceOf(held, positions);
    const securities = new Set([...difference.keys()].toSorted());
    const key = [...securities].map((security) => `${security} ${difference.get(security)}`).join(', ');
    const last = this.#dispute?.key === key ? this.#dispute : { key, readings: 0, lastAt: Number.NEGATIVE_INFINITY };
    const counts = now - last.lastAt >= EXTERNAL_GAP_MS && ![...securities].some(isMoving);
    const readings = last.readings + (counts ? 1 : 0);
    this.#dispute = { key, readings, lastAt: counts ? now : last.lastAt, securities };
    if (readings < EXTERNAL_READINGS) return false;
    if (differenceOf(heldOf(known), positions).size === 0) return true;
    const text = `Positions changed outside this strategy: expected ${inWords(heldOf(known))}, the broker has ${inWords(positions)}.`;
    this.#events.emit({ kind: 'external_change', text });
    return true;
  }
}

interface Held {
  readonly security: string;
  readonly amount: number;
}

function heldOf(amounts: ReadonlyMap<string, number>): Held[] {
  return [...amounts].map(([security, amount]) => ({ security, amount }));
}

/** What a list of positions holds and lets be sold, as one text: equal for equal figures in any order. */
export function amountsOf(positions: readonly BrokerPosition[]): string {
  const held = summed(positions).filter(({ amount }) => amount !== 0);
  const texts = held.map(({ security, amount, closeableAmount }) => `${security} ${amount} ${closeableAmount}`);
  return JSON.stringify(texts.toSorted());
}

function inWords(positions: readonly Held[]): string {
  const held = positions.filter(({ amount }) => amount !== 0).map(({ security, amount }) => `${security} ${amount}`);
  return held.length === 0 ? 'nothing' : held.toSorted().join(', ');
}

/** Shares by which the broker has more (less: negative) than we expect, of each security in which that is not 0. */
function differenceOf(expected: readonly Held[], read: readonly Held[]): Map<string, number> {
  const difference = new Map(read.map(({ security, amount }) => [security, amount]));
  for (const { security, amount } of expected) difference.set(security, (difference.get(security) ?? 0) - amount);
  return new Map([...difference].filter(([, amount]) => amount !== 0));
}
