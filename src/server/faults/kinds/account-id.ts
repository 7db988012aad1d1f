import * as z from 'zod';

import { BROKER, defineFault } from '../kind.ts';
import { changeAccount, withMembers } from '../rows.ts';

/** Another account behind the same door: somebody logged in with it, or a terminal came back with its other one. */
export const accountId = defineFault({
  kind: 'account_id',
  about: 'from this request on, shows another account id; the connections drop first',
  actions: BROKER,
  rhythm: 'event',
  seeded: false,
  params: {
    id: z.string().min(1).default('99999999'),
    drop: z.boolean().default(true),
  },
  draw: () => ({}),
  effect: ({ id, drop }) => {
    let changed = false;
    return {
      before: (call) => {
        if (changed) return 'on';
        changed = true;
        call.happened();
        if (!drop) return 'on';
        call.control.dropConnections();
        return 'gone';
      },
      lasting: {
        request: (payload) => payload,
        answer: (answer) =>
          changed ? changeAccount(answer, (account) => withMembers(account, ['account_id'], () => id)) : answer,
      },
    };
  },
});
