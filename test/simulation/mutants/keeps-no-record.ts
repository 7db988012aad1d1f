import { RecordDisk } from '../world/record-disk.ts';
import type { Mutant } from './mutant.ts';

const NO_HOOK = { before: () => undefined, after: () => undefined };

/** A gateway that knows keys for as long as it lives, as the reference's does. */
export const KEEPS_NO_RECORD: Mutant = {
  name: 'no record outlives the gateway',
  record: (_store, process) => new RecordDisk().open(process, NO_HOOK),
};
