import { defineFault, PLACE } from '../kind.ts';
import { withoutMembers } from '../rows.ts';

/** A server that never looks at the idempotency key: a request that comes twice is carried out twice. */
export const idempotencyIgnored = defineFault({
  kind: 'idempotency_ignored',
  about: 'never looks at the idempotency key',
  actions: PLACE,
  rhythm: 'trait',
  params: {},
  draw: () => ({}),
  effect: () => ({
    request: (payload, call) => {
      const without = withoutMembers(payload, ['idempotency_key']);
      if (without !== payload) call.happened();
      return without;
    },
  }),
});
