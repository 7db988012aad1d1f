import * as z from 'zod';

import { BROKER, defineFault, WALL_MS } from '../kind.ts';

/** The answer comes more than once. */
export const duplicate = defineFault({
  kind: 'duplicate',
  about: 'sends the answer again, so many copies after so many ms',
  actions: BROKER,
  rhythm: 'event',
  params: { copies: z.int().min(1).max(10).default(1), ms: WALL_MS.default(0) },
  draw: (rng) => ({ copies: 1 + rng.int(2), ms: 500 * rng.int(4) }),
  effect: ({ copies, ms }) => ({
    deliver: (answer, call) => {
      const { link } = call;
      const again = (): void => {
        for (let n = 0; n < copies; n += 1) link.send(answer);
      };
      call.happened(answer);
      link.send(answer);
      if (ms === 0) again();
      else call.timers.after(ms, again);
    },
  }),
});
