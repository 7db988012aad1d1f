import { quietTimes } from './figure.ts';
import type { Row } from './figure.ts';
import { quietRatio, spreadOf } from './stats.ts';

export type Verb = () => unknown;

/** What is measured beside its floor. */
interface Pair {
  readonly what: string;
  readonly ours: Verb;
  readonly floor: Verb;
}

interface Measure {
  readonly unit: string;
  readonly rounds: number;
  /** The time of one run, in the unit. */
  readonly time: (run: Verb) => number;
  /** What the floor is. */
  readonly of: string;
  /** How many times the floor ours may take; null = no target. */
  readonly limit: number | null;
}

/** A row of one against the other, in turn, so that what slows the machine down slows both. */
export function beside({ what, ours, floor }: Pair, { unit, rounds, time, of, limit }: Measure): Row {
  const [mine, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(time(floor));
    mine.push(time(ours));
  }
  return {
    what,
    unit,
    shape: 'runs',
    spread: spreadOf(mine),
    floor: { what: of, spread: spreadOf(bare) },
    target: limit === null ? null : quietTimes(limit, of, quietRatio(mine, bare, 'lowest')),
  };
}

export function milliseconds(run: Verb): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

/** Of one of so many calls. */
export function microseconds(run: Verb, calls: number): number {
  const all = milliseconds(() => {
    for (let call = 0; call < calls; call += 1) run();
  });
  return (all / calls) * 1000;
}
