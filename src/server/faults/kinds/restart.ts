import * as z from 'zod';

import { BROKER, defineFault, pick, WALL_MS, WHEN } from '../kind.ts';

/** The server dies and comes back: with its memory, without its idempotency keys, or without anything. */
export const restart = defineFault({
  kind: 'restart',
  about:
    'kills the server before or after the request and starts it again: memory "all", "book" (idempotency keys forgotten) or "none"',
  actions: BROKER,
  rhythm: 'event',
  params: { when: WHEN, memory: z.enum(['all', 'book', 'none']).default('book'), down_ms: WALL_MS.default(1000) },
  variant: ({ when, memory }) => `${when} ${memory}`,
  simulatedOnly: () => true,
  // A book that is gone cannot be told from a gateway that lost orders: nobody survives that, so no seed draws it.
  draw: (rng) => ({
    when: pick(rng, ['before', 'after']),
    memory: pick(rng, ['all', 'book']),
    down_ms: 200 * (1 + rng.int(25)),
  }),
  effect: ({ when, memory, down_ms: downMs }) => ({
    before: (call) => {
      if (when !== 'before') return 'on';
      call.happened();
      call.control.restart(memory, downMs);
      return 'gone';
    },
    after: (answer, call) => {
      if (when !== 'after') return 'on';
      call.happened(answer);
      call.control.restart(memory, downMs);
      return 'gone';
    },
  }),
});
