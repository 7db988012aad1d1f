import * as z from 'zod';

import { errorAnswer } from '../../messages.ts';
import { BROKER, defineFault, pick } from '../kind.ts';

const TEXTS = { AUTH_FAILED: 'token 不匹配', SERVER_BUSY: '连接数达到上限' } as const;

/** The token was changed, or all slots are taken: the next handshakes are refused. */
export const handshakeRefused = defineFault({
  kind: 'handshake_refused',
  about: 'from this request on, refuses so many handshakes: AUTH_FAILED (the token was changed) or SERVER_BUSY',
  actions: BROKER,
  rhythm: 'event',
  params: {
    code: z.enum(['AUTH_FAILED', 'SERVER_BUSY']).default('AUTH_FAILED'),
    handshakes: z.int().min(1).default(1),
    /** Drops every connection, so that the next handshake comes soon. */
    drop: z.boolean().default(true),
  },
  variant: ({ code }) => code,
  // A client must stop at AUTH_FAILED until its token is corrected: no seed draws what ends the run.
  draw: (rng) => ({ code: 'SERVER_BUSY' as const, handshakes: 1 + rng.int(4), drop: pick(rng, [true, false]) }),
  effect: ({ code, handshakes, drop }) => {
    let left = 0;
    return {
      before: (call) => {
        left += handshakes;
        call.happened();
        if (!drop) return 'on';
        call.control.dropConnections();
        return 'gone';
      },
      handshake: (message) => {
        if (left === 0) return null;
        left -= 1;
        return errorAnswer(code, TEXTS[code], message['id']);
      },
    };
  },
});
