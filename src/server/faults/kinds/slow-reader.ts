import { BROKER, defineFault, WALL_MS } from '../kind.ts';

/** The server reads nothing from this connection for a while: what the peer writes piles up on its way. */
export const slowReader = defineFault({
  kind: 'slow_reader',
  about: 'reads nothing from the connection for so many ms',
  actions: BROKER,
  rhythm: 'event',
  params: { ms: WALL_MS.min(1) },
  draw: (rng) => ({ ms: 500 * (1 + rng.int(20)) }),
  effect: ({ ms }) => ({
    before: (call) => {
      call.happened();
      call.link.holdReading(ms);
      return 'on';
    },
  }),
});
