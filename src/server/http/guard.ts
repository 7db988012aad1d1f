import { createMiddleware } from 'hono/factory';
import type { ConnectionCounts } from '../../net/connection-counts.ts';
import { callerOf } from './asking.ts';
import { addressOf } from './env.ts';
import type { DoorContext, DoorEnv } from './env.ts';
import { HttpProblem } from '../../net/http/problem.ts';
import { foreignPage, isOwnHost } from '../../net/http/same-origin.ts';

export interface GuardOptions {
  /** Null: nobody has to say one, which only this machine's own programs may. */
  readonly checkToken: ((given: unknown) => boolean) | null;
  /** Origins whose pages may ask, as a browser writes them. */
  readonly origins: ReadonlySet<string>;
  readonly counts: ConnectionCounts;
  /** Hears of each wrong token; of callers that are kept waiting for having sent too many nothing is told. */
  readonly onWrongToken: (peer: string) => void;
}

/** Prefix of the paths under which a token may stand in the address, as programs for the wrapper can do no other. */
const TOKEN_IN_QUERY = '/xtquant/trade/';

/** What a stranger may read: the description of the interface. */
const OPEN_PATHS: ReadonlySet<string> = new Set(['/docs', '/api/v1/openapi.json']);

/** Lets a request pass, or refuses it: 401, 403, 405, 429. Nothing of it has been done then. */
export function guard({ checkToken, origins, counts, onWrongToken }: GuardOptions) {
  return createMiddleware<DoorEnv>(async (context, next) => {
    // Hono answers HEAD by carrying the GET out, and a GET of the wrapper's places an order.
    if (context.req.method === 'HEAD') {
      context.header('Allow', 'GET');
      throw new HttpProblem(405, 'METHOD_NOT_ALLOWED', 'HEAD is not served. Use GET.');
    }
    refusePages(context, origins);
    if (checkToken === null) refuseForeignHost(context);
    const peer = `${addressOf(context)}:${context.env.incoming.socket.remotePort ?? 0}`;
    if (checkToken !== null && !OPEN_PATHS.has(context.req.path))
      refuseStranger(context, checkToken, counts, () => onWrongToken(peer));
    context.set('caller', callerOf(peer));
    await next();
  });
}

/** A page in a browser must not place orders for the person who has it open: only pages of named origins, and our own, ask. */
function refusePages(context: DoorContext, origins: ReadonlySet<string>): void {
  const foreign = foreignPage(context.req, origins);
  if (foreign === null) return;
  const what =
    foreign === 'origin'
      ? 'Pages of this origin may not ask here. Start the server with --http-cors ORIGIN to allow it.'
      : 'A page of another site may not ask here.';
  throw new HttpProblem(403, 'ORIGIN_NOT_ALLOWED', what);
}

/** Without a token a name that leads here from outside (DNS rebinding) is refused. */
function refuseForeignHost(context: DoorContext): void {
  if (isOwnHost(context.req.url)) return;
  throw new HttpProblem(403, 'HOST_NOT_ALLOWED', 'Without a token only 127.0.0.1, [::1] and localhost are answered.');
}

/** Wrong tokens cost their address places, as on the wire: a few a second at most. */
function refuseStranger(
  context: DoorContext,
  checkToken: (given: unknown) => boolean,
  counts: ConnectionCounts,
  onWrong: () => void,
): void {
  const place = counts.strangerArrives(addressOf(context));
  if (typeof place === 'string') {
    context.header('Retry-After', '4');
    throw new HttpProblem(
      429,
      'TOO_MANY_WRONG_TOKENS',
      `Too many wrong tokens came from this address. Wait some seconds.`,
    );
  }
  try {
    if (checkToken(tokenIn(context))) return;
    place.wrongToken();
  } finally {
    place.leave();
  }
  onWrong();
  context.header('WWW-Authenticate', 'Bearer');
  throw new HttpProblem(401, 'TOKEN_WRONG', 'Send the token of the server as "Authorization: Bearer TOKEN".');
}

function tokenIn(context: DoorContext): string | null {
  const header = context.req.header('authorization');
  if (header !== undefined) return /^Bearer +(\S+) *$/iu.exec(header)?.[1] ?? null;
  return context.req.path.startsWith(TOKEN_IN_QUERY) ? (context.req.query('token') ?? null) : null;
}
