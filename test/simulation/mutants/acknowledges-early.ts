import type { SignalEnd } from '../../../src/domain/follow/signal.ts';
import type { Mutant } from './mutant.ts';

/** A follower that answers at once, and writes a signal down when its turn has come: what it dies of in between is lost. */
export const ACKNOWLEDGES_EARLY: Mutant = {
  name: 'a signal is acknowledged before it is written down',
  take: (take, process) => async (signal) => {
    process.timers.after(1_000, () => void take(signal).catch(() => undefined));
    const never = new Promise<SignalEnd>(() => undefined);
    return { kind: 'accepted', key: `alpha:${signal.id}`, end: never };
  },
};
