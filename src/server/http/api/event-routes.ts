import { streamSSE } from 'hono/streaming';
import * as z from 'zod';
import { accountOf } from '../asking.ts';
import type { DoorContext } from '../env.ts';
import type { EventQueue } from '../events/event-queue.ts';
import type { Feeds } from '../events/feeds.ts';
import { securityList } from './market-routes.ts';
import { accountName } from './order-schemas.ts';
import { route } from './route.ts';

const orderEvents = route({
  method: 'GET',
  path: '/events/orders',
  id: 'orderEvents',
  summary:
    'Server-sent events of an account: snapshot (both lists whole), then order and trade for each change, trouble while the gateway does ' +
    'not tell. A reader who comes back with Last-Event-ID gets what came since, or a snapshot.',
  query: z.strictObject({ account: accountName }),
  status: 200,
  answer: null,
  handle: async ({ context, behind, feeds, query }) => {
    const { key } = accountOf(behind, query.account ?? null);
    const lastId = context.req.header('last-event-id') ?? null;
    return stream(context, feeds, (queue) => feeds.orders(key).add(queue, lastId));
  },
});

const tickEvents = route({
  method: 'GET',
  path: '/events/ticks',
  id: 'tickEvents',
  summary:
    'Server-sent events: the latest reading of each security at once, then each second where it has changed (tick), and trouble where ' +
    'it cannot be read. A slow reader gets the latest only.',
  query: z.strictObject({ securities: securityList }),
  status: 200,
  answer: null,
  handle: async ({ context, feeds, query }) =>
    stream(context, feeds, (queue) => feeds.ticks.add(queue, query.securities)),
});

/** Sends what comes into a queue until the reader leaves, is too slow, or the server stops. */
function stream(context: DoorContext, feeds: Feeds, begin: (queue: EventQueue) => () => void): Response {
  const queue = feeds.open();
  let end: () => void;
  try {
    end = begin(queue);
  } catch (error) {
    feeds.close(queue);
    throw error;
  }
  const leave = (): void => {
    end();
    feeds.close(queue);
  };
  context.header('X-Accel-Buffering', 'no');
  return streamSSE(
    context,
    async (sse) => {
      sse.onAbort(leave);
      // Headers leave with the first bytes.
      await sse.write(': open\n\n');
      for (let next = await queue.next(); next !== null; next = await queue.next()) {
        if (next === 'alive') await sse.write(': alive\n\n');
        else await sse.writeSSE(next);
      }
      leave();
    },
    async () => leave(),
  );
}

/** What is told as it happens. */
export const EVENT_ROUTES = [orderEvents, tickEvents] as const;
