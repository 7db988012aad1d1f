import * as z from 'zod';

import { encodeFrame } from '../../../protocol/frame.ts';
import { BROKER, defineFault } from '../kind.ts';

/** The connection ends in the middle of the answer's frame. */
export const cut = defineFault({
  kind: 'cut',
  about:
    'ends the connection after so many bytes of the answer; "each": after 0 of the first, 1 of the second, and so on',
  actions: BROKER,
  rhythm: 'event',
  params: { bytes: z.union([z.int().min(0), z.literal('each')]).default('each') },
  draw: (rng) => ({ bytes: rng.int(600) }),
  effect: ({ bytes }) => {
    let next = 0;
    return {
      deliver: (answer, call) => {
        const frame = encodeFrame(answer);
        const wanted = bytes === 'each' ? next : bytes;
        next += 1;
        call.happened(answer);
        // Never the whole frame: then nothing would have been cut.
        call.outbox.sendPart(frame, wanted % frame.length);
        call.link.finish();
      },
    };
  },
});
