import * as z from 'zod';

import { encodeFrame } from '../../../protocol/frame.ts';
import { BROKER, defineFault } from '../kind.ts';

/** Half an answer, then silence on an open connection: no answers, no pongs, no ticks. */
export const halfFrame = defineFault({
  kind: 'half_frame',
  about:
    'sends the first half of the answer (or so many bytes), then nothing more on this connection, which stays open',
  actions: BROKER,
  rhythm: 'event',
  params: { bytes: z.int().min(0).optional() },
  draw: () => ({}),
  effect: ({ bytes }) => ({
    deliver: (answer, call) => {
      const frame = encodeFrame(answer);
      call.happened(answer);
      call.outbox.sendPart(frame, (bytes ?? Math.floor(frame.length / 2)) % frame.length);
    },
  }),
});
