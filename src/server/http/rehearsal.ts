import { createMiddleware } from 'hono/factory';
import { isJsonObject } from '../../protocol/json.ts';
import type { DoorEnv } from './env.ts';

/** In the head of every answer of a rehearsal. */
export const DRY_RUN_HEADER = 'X-Dry-Run';

/** The descriptions are of the interface, not of what was done. */
const OF_INTERFACE = '/api/v1/openapi.json';

/** A rehearsal says in every answer that it is one: in its head, and in its rows where it is JSON. */
export const rehearsal = createMiddleware<DoorEnv>(async (context, next) => {
  await next();
  context.res.headers.set(DRY_RUN_HEADER, 'true');
  const type = context.res.headers.get('content-type') ?? '';
  if (!/^application\/(?:problem\+)?json\b/u.test(type) || context.req.path === OF_INTERFACE) return;
  const { status, headers } = context.res;
  const body = marked(await context.res.json());
  headers.delete('content-length');
  context.res = new Response(JSON.stringify(body), { status, headers });
});

function marked(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(marked);
  return isJsonObject(body) ? { ...body, dry_run: true } : body;
}
