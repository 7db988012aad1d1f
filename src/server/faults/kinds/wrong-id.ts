import * as z from 'zod';

import { BROKER, defineFault, pick } from '../kind.ts';

/** The answer carries the id of nothing, of the request before it, or none. */
export const wrongId = defineFault({
  kind: 'wrong_id',
  about: 'answers under another id: of no request, of the one before it on this connection, or none at all',
  actions: BROKER,
  rhythm: 'event',
  params: { mode: z.enum(['other', 'previous', 'missing']).default('other') },
  variant: ({ mode }) => mode,
  draw: (rng) => ({ mode: pick(rng, ['other', 'previous', 'missing']) }),
  effect: ({ mode }) => ({
    deliver: (answer, call) => {
      const { id, ...rest } = answer;
      const other = `not-${typeof id === 'string' ? id : JSON.stringify(id)}`;
      const wrong = mode === 'previous' ? (call.previousId ?? other) : other;
      call.happened(answer);
      call.link.send(mode === 'missing' ? rest : { ...rest, id: wrong });
    },
  }),
});
