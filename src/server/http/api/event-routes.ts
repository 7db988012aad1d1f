import * as z from 'zod';
import { accountOf } from '../asking.ts';
import type { DoorContext } from '../env.ts';
import type { EventQueue } from '../../../net/http/event-queue.ts';
import { eventStream } from '../../../net/http/event-stream.ts';
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

/** A reader's queue, and what fills it from the beginning on. */
function stream(context: DoorContext, feeds: Feeds, begin: (queue: EventQueue) => () => void): Response {
  const queue = feeds.open();
  try {
    const end = begin(queue);
    return eventStream(context, queue, () => {
      end();
      feeds.close(queue);
    });
  } catch (error) {
    feeds.close(queue);
    throw error;
  }
}

/** What is told as it happens. */
export const EVENT_ROUTES = [orderEvents, tickEvents] as const;
