import type { Step } from '../kind.ts';
import { BROKER, defineFault, WALL_MS } from '../kind.ts';
import { wait } from '../wait.ts';

/** The process stands still, as after SIGSTOP: the machine still takes connections and bytes for it, and nothing comes back. */
export const hang = defineFault({
  kind: 'hang',
  about: 'takes connections and requests, and answers nothing on any of them for so many ms, not even pings',
  actions: BROKER,
  rhythm: 'event',
  params: { ms: WALL_MS.min(1) },
  draw: (rng) => ({ ms: 1000 * (1 + rng.int(60)) }),
  effect: ({ ms }) => ({
    before: async (call): Promise<Step> => {
      call.happened();
      call.hang(ms);
      await wait(call.timers, ms);
      return 'on';
    },
  }),
});
