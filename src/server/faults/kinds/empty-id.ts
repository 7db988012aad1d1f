import * as z from 'zod';

import { isJsonObject } from '../../../protocol/json.ts';
import { responseMessage } from '../../messages.ts';
import { defineFault, pick, PLACE, WHEN } from '../kind.ts';

/** A place answer without a usable order id. */
export const emptyId = defineFault({
  kind: 'empty_id',
  about: 'answers a place request with the order id "", "-1" or null, the order being there (after) or not (before)',
  actions: PLACE,
  rhythm: 'event',
  params: { id: z.enum(['', '-1']).nullable().default(''), when: WHEN },
  variant: ({ id, when }) => `${when} ${JSON.stringify(id)}`,
  draw: (rng) => ({ id: pick<'' | '-1' | null>(rng, ['', '-1', null]), when: pick(rng, ['before', 'after']) }),
  effect: ({ id, when }) => ({
    before: (call) => {
      if (when !== 'before') return 'on';
      const { amount, wait_timeout: waited } = call.payload;
      call.happened();
      const row = { order_id: id, status: 'submitted', amount, timed_out: false, async_tracking: true };
      return { answer: responseMessage(call.message['id'], { ...row, wait_timeout: waited ?? null }) };
    },
    after: (answer, call) => {
      if (when !== 'after' || answer === null || !isJsonObject(answer['payload'])) return 'on';
      call.happened(answer);
      const { last_snapshot: _, ...row } = answer['payload'];
      return { answer: { ...answer, payload: { ...row, order_id: id } } };
    },
  }),
});
