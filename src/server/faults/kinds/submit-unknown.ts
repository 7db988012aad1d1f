import type { JsonObject } from '../../../protocol/json.ts';
import { responseMessage } from '../../messages.ts';
import type { FaultCall } from '../kind.ts';
import { defineFault, pick, PLACE, WHEN } from '../kind.ts';

/** The answer of a back end that did not see its order: it may exist or not. */
export const submitUnknown = defineFault({
  kind: 'submit_unknown',
  about: 'answers a place request with submit_unknown, the order being there (after) or not (before)',
  actions: PLACE,
  rhythm: 'event',
  params: { when: WHEN },
  variant: ({ when }) => when,
  draw: (rng) => ({ when: pick(rng, ['before', 'after']) }),
  effect: ({ when }) => ({
    before: (call) => {
      if (when !== 'before') return 'on';
      call.happened();
      return { answer: unknownAnswer(call) };
    },
    after: (answer, call) => {
      if (when !== 'after') return 'on';
      call.happened(answer);
      return { answer: unknownAnswer(call) };
    },
  }),
});

/** As the big_qmt back end writes it. */
function unknownAnswer({ message, payload }: FaultCall): JsonObject {
  return responseMessage(message['id'], {
    order_id: null,
    order_ref: 0,
    status: 'submit_unknown',
    submit_unknown: true,
    passorder_return: null,
    filled: null,
    amount: null,
    price: null,
    order_remark: null,
    timed_out: true,
    async_tracking: true,
    wait_timeout: payload['wait_timeout'] ?? null,
    last_snapshot: null,
    warning: 'big QMT passorder returned but no matching order was visible',
  });
}
