import * as z from 'zod';

import { errorMessage } from '../../../domain/errors.ts';
import { errorAnswer } from '../../messages.ts';
import type { FaultCall, Step } from '../kind.ts';
import { defineFault, pick, WALL_MS } from '../kind.ts';

const ANSWER = z.enum(['drop', 'error', 'none']);

/** The peer is told, or left, before its request is carried out: whoever looks at once finds nothing, and a little later it is there. */
export const lateExecution = defineFault({
  kind: 'late_execution',
  about: 'drops the connection, answers REQUEST_TIMEOUT or nothing, and carries the request out so many ms later',
  actions: ['broker.place_order', 'broker.cancel_order'],
  rhythm: 'event',
  params: { ms: WALL_MS, answer: ANSWER.default('drop') },
  variant: ({ answer }) => answer,
  draw: (rng) => ({ ms: 100 * (1 + rng.int(80)), answer: pick(rng, ['drop', 'error', 'none']) }),
  effect: ({ ms, answer }) => ({
    before: (call): Step => {
      call.happened();
      call.timers.after(ms, () => {
        void execute(call);
      });
      if (answer === 'error')
        return { answer: errorAnswer('REQUEST_TIMEOUT', '请求超时（>60.0s）', call.message['id']) };
      if (answer === 'drop') call.link.cut();
      return 'gone';
    },
  }),
});

/** Never rejects. */
async function execute(call: FaultCall): Promise<void> {
  try {
    await call.execute();
    call.log.info(`${call.action} was carried out late`);
  } catch (error) {
    call.log.error(`${call.action} failed: ${errorMessage(error)}`);
  }
}
