import { defineFault } from '../kind.ts';

/** A ping that gets no pong. */
export const pong = defineFault({
  kind: 'pong_missing',
  about: 'leaves pings without an answer',
  actions: ['ping'],
  rhythm: 'event',
  params: {},
  draw: () => ({}),
  effect: () => ({
    ping: (call) => {
      call.happened();
      return false;
    },
  }),
});
