import { brokerWith } from './broker-with.ts';
import type { Mutant } from './mutant.ts';

/** Wall milliseconds: longer than any call may take. */
const PATIENCE_MS = 120_000;

/** A place reply that is lost is waited for long after the call's own wait is over. */
export const WAITS_FOR_ANSWERS: Mutant = {
  name: 'a lost reply holds up the call',
  broker: (broker, process) =>
    brokerWith(broker, {
      async place(request) {
        const outcome = await broker.place(request);
        if (outcome.kind === 'unknown')
          await new Promise<void>((resolve) => {
            process.timers.after(PATIENCE_MS, resolve);
          });
        return outcome;
      },
    }),
};
