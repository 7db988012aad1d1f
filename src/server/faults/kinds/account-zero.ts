import { isJsonObject } from '../../../protocol/json.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import { ACCOUNT, defineFault } from '../kind.ts';

/** An account whose assets are all zero, without an error: what a terminal says of an account of another type. */
export const accountZero = defineFault({
  kind: 'account_zero',
  about: 'reports an account whose cash and assets are all zero',
  actions: ACCOUNT,
  rhythm: 'event',
  params: {},
  draw: () => ({}),
  effect: () => ({
    after: (answer, call) => {
      if (answer === null || !isJsonObject(answer['payload'])) return 'on';
      call.happened(answer);
      return { answer: { ...answer, payload: zeroed(answer['payload']) } };
    },
  }),
});

function zeroed(value: JsonObject): JsonObject {
  const members = Object.entries(value).map(([name, member]): [string, unknown] => {
    if (typeof member === 'number') return [name, 0];
    if (name === 'positions') return [name, []];
    return [name, isJsonObject(member) ? zeroed(member) : member];
  });
  return Object.fromEntries(members);
}
