import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Log } from '../../platform/log.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { addApiRoutes } from './api/routes.ts';
import type { Behind } from './asking.ts';
import type { DoorApp, DoorContext, DoorEnv } from './env.ts';
import type { Feeds } from './events/feeds.ts';
import { guard } from './guard.ts';
import type { GuardOptions } from './guard.ts';
import { answerProblem } from '../../net/http/problem-answer.ts';
import { HttpProblem, isFaultOfOurs } from '../../net/http/problem.ts';
import { DRY_RUN_HEADER, rehearsal } from './rehearsal.ts';
import { addSanicRoutes } from './sanic/routes.ts';

export interface AppParts extends GuardOptions {
  readonly behind: Behind;
  readonly timers: TimerSource;
  readonly log: Log;
  /** Nothing is sent to a counter, and every answer says so. */
  readonly dryRun: boolean;
  /** True once the server ends. */
  readonly stopping: () => boolean;
}

/** Everything the HTTP door answers, without a port. `feeds` ends its streams. */
export function createApp(parts: AppParts): { readonly app: DoorApp; readonly feeds: Feeds } {
  const { behind, timers, log, origins, stopping, dryRun } = parts;
  const app = new Hono<DoorEnv>();
  if (dryRun) app.use(rehearsal);
  app.use(async (context, next) => {
    context.header('Cache-Control', 'no-store');
    context.header('X-Content-Type-Options', 'nosniff');
    if (stopping()) {
      context.header('Connection', 'close');
      throw new HttpProblem(503, 'SERVER_DOWN', 'The server is stopping; nothing of this was done.', NOTHING_DONE);
    }
    await next();
  });
  if (origins.size > 0) app.use(corsFor(origins));
  app.use(guard(parts));
  addSanicRoutes(app, behind);
  const feeds = addApiRoutes(app, behind, timers);
  app.notFound((context) => answerProblem(context, noSuchPath(app, context)));
  app.onError((error, context) => {
    const fault = isFaultOfOurs(error);
    if (fault !== null)
      log.error(`${context.req.method} ${context.req.path} failed by a fault of the server: ${fault}`);
    return answerProblem(context, error);
  });
  return { app, feeds };
}

const NOTHING_DONE = { outcome: 'not_placed' };

function corsFor(origins: ReadonlySet<string>) {
  return cors({
    origin: [...origins],
    allowMethods: ['GET', 'POST'],
    allowHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID'],
    exposeHeaders: ['Location', DRY_RUN_HEADER],
    maxAge: 600,
  });
}

/** A path that is there for another method says so. */
function noSuchPath(app: DoorApp, context: DoorContext): HttpProblem {
  const { path } = context.req;
  const methods = ['GET', 'POST'].filter((method) => method !== context.req.method && isServed(app, method, path));
  if (methods.length === 0) {
    return new HttpProblem(404, 'NO_SUCH_PATH', `There is no ${path} here. GET /docs lists what there is.`);
  }
  context.header('Allow', methods.join(', '));
  return new HttpProblem(405, 'METHOD_NOT_ALLOWED', `${path} is asked for by ${methods.join(' or ')}.`);
}

/** Whether a route of its own, not only what stands before all of them, is found. */
function isServed(app: DoorApp, method: string, path: string): boolean {
  const [handlers] = app.router.match(method, path);
  return handlers.some(([[, route]]) => route.path !== '/*' && route.method !== 'ALL');
}
