import * as z from 'zod';

import type { JsonObject } from '../../../protocol/json.ts';
import type { Link } from '../../interceptor.ts';
import { BROKER, defineFault, WALL_MS } from '../kind.ts';

interface Held {
  readonly answer: JsonObject;
  left: number;
}

/** The answer comes out of turn; the session goes on meanwhile. */
export const late = defineFault({
  kind: 'late',
  about: 'sends the answer after so many ms, or after so many later messages; the session goes on meanwhile',
  actions: BROKER,
  rhythm: 'event',
  params: { ms: WALL_MS.optional(), after_answers: z.int().min(1).max(100).optional() },
  variant: ({ ms }) => (ms === undefined ? 'after others' : 'after a time'),
  draw: (rng) => (rng.next() < 0.5 ? { after_answers: 1 + rng.int(3) } : { ms: 1000 * (1 + rng.int(90)) }),
  effect: ({ ms, after_answers: answers }) => {
    const held = new WeakMap<Link, Held[]>();
    return {
      deliver: (answer, call) => {
        const { link } = call;
        call.happened(answer);
        if (ms !== undefined) {
          call.timers.after(ms, () => {
            link.send(answer);
          });
          return;
        }
        held.set(link, [...(held.get(link) ?? []), { answer, left: answers ?? 1 }]);
      },
      sent: (link) => {
        const waiting = held.get(link);
        if (waiting === undefined) return;
        for (const one of waiting) one.left -= 1;
        held.set(
          link,
          waiting.filter(({ left }) => left > 0),
        );
        for (const { answer, left } of waiting) if (left <= 0) link.send(answer);
      },
    };
  },
});
