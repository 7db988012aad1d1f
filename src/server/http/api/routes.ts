import { Feeds } from '../events/feeds.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { Behind } from '../asking.ts';
import type { DoorApp, DoorContext } from '../env.ts';
import { keyOf } from '../idempotency-key.ts';
import { checked, jsonBody, queryOf } from '../params.ts';
import { badRequest } from '../bad-request.ts';
import { ACCOUNT_ROUTES } from './account-routes.ts';
import { EVENT_ROUTES } from './event-routes.ts';
import { HISTORY_ROUTES } from './history-routes.ts';
import { MARKET_ROUTES } from './market-routes.ts';
import { openApiText } from './openapi.ts';
import { ORDER_ROUTES } from './order-routes.ts';
import { pageHtml, PAGE_POLICY } from './page.ts';
import type { ApiRoute } from './route.ts';

export const API_ROOT = '/api/v1';

/** Everything below it, in the order in which it is described. */
export const API_ROUTES: readonly ApiRoute[] = [
  ...ACCOUNT_ROUTES,
  ...HISTORY_ROUTES,
  ...ORDER_ROUTES,
  ...MARKET_ROUTES,
  ...EVENT_ROUTES,
];

/** Adds the routes with their description; returns what ends the streams. */
export function addApiRoutes(app: DoorApp, behind: Behind, timers: TimerSource): Feeds {
  const feeds = new Feeds(behind, timers);
  for (const one of API_ROUTES) {
    app.on(one.method, `${API_ROOT}${one.path.replaceAll(/\{(\w+)\}/gu, ':$1')}`, (context) =>
      answer(one, context, behind, feeds),
    );
  }
  const description = openApiText(API_ROUTES, API_ROOT);
  app.get(`${API_ROOT}/openapi.json`, (context) => {
    context.header('Content-Type', 'application/json');
    return context.body(description);
  });
  app.get('/docs', (context) => {
    context.header('Content-Security-Policy', PAGE_POLICY);
    return context.html(pageHtml(API_ROUTES, API_ROOT));
  });
  return feeds;
}

async function answer(one: ApiRoute, context: DoorContext, behind: Behind, feeds: Feeds): Promise<Response> {
  const query = checked(one.query, queryOf(context), 'The query');
  const body = one.body === null ? null : checked(one.body, await jsonBody(context), 'The body');
  if (one.needsKey && keyOf(context) === null) throw noKey();
  const named = (name: string): string => context.req.param(name) ?? '';
  const parts = { context, behind, feeds, caller: context.get('caller'), named };
  // Checked with the very schemas that the handler's types are made from.
  return one.handle({ ...parts, query: query as never, body: body as never });
}

function noKey(): Error {
  const message = 'it is missing: give each order a key of its own, and the same one when you ask again';
  return badRequest('The header', [{ path: 'Idempotency-Key', message }]);
}
