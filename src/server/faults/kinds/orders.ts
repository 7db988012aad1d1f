import * as z from 'zod';

import { defineFault, pick } from '../kind.ts';
import { changeWholeList } from '../rows.ts';

/** A list of orders that comes empty, or without its latest half. */
export const orders = defineFault({
  kind: 'orders',
  about: 'lets the list of orders come empty, or without its latest half',
  actions: ['broker.orders', 'broker.list_orders'],
  rhythm: 'event',
  params: { mode: z.enum(['empty', 'partial']) },
  variant: ({ mode }) => mode,
  draw: (rng) => ({ mode: pick(rng, ['empty', 'partial']) }),
  effect: ({ mode }) => ({
    after: (answer, call) => {
      if (answer === null || !Array.isArray(answer['payload']) || answer['payload'].length === 0) return 'on';
      call.happened(answer);
      return {
        answer: changeWholeList(answer, (rows) => (mode === 'empty' ? [] : rows.slice(0, Math.floor(rows.length / 2)))),
      };
    },
  }),
});
