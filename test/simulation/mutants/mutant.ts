import type { LiveLimits } from '../../../src/engine/live-options.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { Broker } from '../../../src/venues/broker.ts';
import type { Process } from '../world/process.ts';

/** A fault planted in the program itself, which the harness must find. */
export interface Mutant {
  readonly name: string;
  readonly broker?: (broker: Broker, process: Process) => Broker;
  readonly ledger?: (ledger: Ledger) => Ledger;
  readonly limits?: Partial<LiveLimits>;
  /** For one that takes the place of a module: on before a world begins, off after its end. */
  readonly switch?: (on: boolean) => void;
}
