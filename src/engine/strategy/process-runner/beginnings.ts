import type { DispatchContext } from '../../../../runtime/host.ts';
import { randomFraction } from '../../../platform/ids.ts';
import { mix } from '../../../platform/random.ts';
import type { Stamp } from '../../../platform/stamped-globals.ts';
import type { Readings } from '../border/readings.ts';
import type { RunnerOptions } from '../runner.ts';

/** What a dispatch begins with beside its context. */
export interface Beginning {
  readonly stamp: Stamp;
  /** What it reads again of the outside; null = what there is. */
  readonly readings: Readings | null;
}

/** Stamps each dispatch: from the clock and a seed of its own, or as a recording has it. */
export class Beginnings {
  readonly #options: Pick<RunnerOptions, 'clock' | 'readings'>;
  readonly #seed: number;
  #count = 0;
  #stamp: Stamp = { now: 0, speed: 1, seed: 0 };

  constructor(options: Pick<RunnerOptions, 'clock' | 'readings' | 'seed'>) {
    this.#options = options;
    this.#seed = options.seed ?? Math.floor(randomFraction() * 2 ** 32);
  }

  next({ logicalTime }: DispatchContext): Beginning {
    const { clock, readings } = this.#options;
    this.#count += 1;
    const seed = mix(this.#seed, this.#count);
    const given = readings?.give() ?? null;
    const stamp = given?.stamp ?? { now: clock?.now() ?? logicalTime, speed: clock?.pace ?? 1, seed };
    this.#stamp = stamp;
    return { stamp, readings: given?.readings ?? null };
  }

  /** The dispatch that began last has ended. */
  ended(readings: Readings | null): void {
    if (readings !== null) this.#options.readings?.take(this.#stamp, readings);
  }
}
