import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { EventQueue } from './event-queue.ts';

/**
 * Answers with what comes into a queue as server-sent events, until the reader leaves, is too slow, or the queue is closed; `leave` is
 * called once then.
 */
export function eventStream(context: Context, queue: EventQueue, leave: () => void): Response {
  let gone = false;
  const once = (): void => {
    if (!gone) leave();
    gone = true;
  };
  context.header('X-Accel-Buffering', 'no');
  return streamSSE(
    context,
    async (sse) => {
      sse.onAbort(once);
      // Headers leave with the first bytes.
      await sse.write(': open\n\n');
      for (let next = await queue.next(); next !== null; next = await queue.next()) {
        if (next === 'alive') await sse.write(': alive\n\n');
        else await sse.writeSSE(next);
      }
      once();
    },
    async () => once(),
  );
}
