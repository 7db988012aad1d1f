import * as z from 'zod';

import { BROKER, defineFault, pick } from '../kind.ts';

/** The market clock is set forward or back. */
export const clockJump = defineFault({
  kind: 'clock_jump',
  about: 'sets the market clock forward by so many seconds (back when negative)',
  actions: BROKER,
  rhythm: 'event',
  params: { seconds: z.number().min(-864_000).max(864_000) },
  variant: ({ seconds }) => (seconds < 0 ? 'back' : 'forward'),
  simulatedOnly: () => true,
  draw: (rng) => ({ seconds: pick(rng, [-30, -5, 5, 30, 90]) }),
  effect: ({ seconds }) => ({
    before: (call) => {
      call.happened();
      call.clock.jump(Math.round(seconds * 1000));
      return 'on';
    },
  }),
});
