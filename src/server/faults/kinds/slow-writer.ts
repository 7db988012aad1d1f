import * as z from 'zod';

import { encodeFrame } from '../../../protocol/frame.ts';
import { BROKER, defineFault, WALL_MS } from '../kind.ts';
import { wait } from '../wait.ts';

/** The answer trickles; everything else on the connection waits behind it. */
export const slowWriter = defineFault({
  kind: 'slow_writer',
  about: 'sends the answer in pieces of so many bytes, so many ms apart',
  actions: BROKER,
  rhythm: 'event',
  params: { bytes: z.int().min(1).default(1), ms: WALL_MS.default(10) },
  draw: (rng) => ({ bytes: 1 + rng.int(100), ms: 10 * (1 + rng.int(20)) }),
  effect: ({ bytes, ms }) => ({
    deliver: (answer, call) => {
      call.happened(answer);
      return call.outbox.trickle(encodeFrame(answer), bytes, () => wait(call.timers, ms));
    },
  }),
});
