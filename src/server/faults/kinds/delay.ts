import type { Step } from '../kind.ts';
import { BROKER, defineFault, pick, WALL_MS, WHEN } from '../kind.ts';
import { wait } from '../wait.ts';

/** The request, or its answer, is held back; later requests of the session wait behind it. */
export const delay = defineFault({
  kind: 'delay',
  about: 'holds the request back for so many ms before it is carried out, or its answer after that',
  actions: BROKER,
  rhythm: 'event',
  params: { ms: WALL_MS, when: WHEN },
  variant: ({ when }) => when,
  draw: (rng) => ({ ms: 100 * (1 + rng.int(40)), when: pick(rng, ['before', 'after']) }),
  effect: ({ ms, when }) => ({
    before: async (call): Promise<Step> => {
      if (when !== 'before') return 'on';
      call.happened();
      await wait(call.timers, ms);
      return 'on';
    },
    after: async (answer, call): Promise<Step> => {
      if (when !== 'after') return 'on';
      call.happened(answer);
      await wait(call.timers, ms);
      return 'on';
    },
  }),
});
