import type { Mutant } from './mutant.ts';

/** A follower that knows a signal by when it came: whoever plays one again is followed. */
export const REPLAYS_SIGNALS: Mutant = {
  name: 'a signal that comes again is another one',
  take: (take) => {
    const count = new Map<string, number>();
    return (signal) => {
      const nth = count.get(signal.id) ?? 0;
      count.set(signal.id, nth + 1);
      return take(signal).then((receipt) =>
        receipt.kind === 'duplicate' ? take({ ...signal, id: `${signal.id}#${nth}-${signal.receivedAt}` }) : receipt,
      );
    };
  },
};
