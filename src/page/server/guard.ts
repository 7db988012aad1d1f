import { getCookie, setCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { ConnectionCounts } from '../../net/connection-counts.ts';
import { HttpProblem } from '../../net/http/problem.ts';
import { foreignPage, isOwnHost } from '../../net/http/same-origin.ts';
import type { PageContext, PageEnv } from './page-env.ts';
import { LONGEST_MS } from './sessions.ts';
import type { Sessions } from './sessions.ts';

export interface GuardParts {
  /** Whether a token is the right one; it takes the same time wherever it differs. */
  readonly checkToken: (given: unknown) => boolean;
  readonly sessions: Sessions;
  readonly counts: ConnectionCounts;
  /** Origins under which the page is served by something before us, as `https://desk.example`. */
  readonly origins: ReadonlySet<string>;
  /** Only this machine reaches it: no other name may lead here. */
  readonly isLoopback: boolean;
}

/** `__Host-` cookies need TLS. */
const COOKIE = 'bt_page';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const HOST_TEXT =
  'Only 127.0.0.1, [::1], localhost and the hosts of PAGE_ORIGIN are answered here. Name the one under which the page is served there.';

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'Cache-Control': 'no-store',
};

/** What holds for every answer: nothing is loaded from elsewhere, and no page of others asks. Throws 403. */
export function protection({ origins, isLoopback }: GuardParts) {
  return createMiddleware<PageEnv>(async (context, next) => {
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
    if (isLoopback && !isOwnHost(context.req.url) && !isHostOf(context.req.url, origins))
      throw new HttpProblem(403, 'HOST_NOT_ALLOWED', HOST_TEXT);
    const foreign = foreignPage(context.req, origins);
    // A link that leads here is followed from anywhere: it shows what has no secret, and asks for a token.
    if (foreign !== null && !isNavigation(context))
      throw new HttpProblem(403, 'ORIGIN_NOT_ALLOWED', 'Only the page that is served here may ask.');
    await next();
  });
}

/** What stands before us may pass on the name it was asked for, which is that of an origin it serves. */
function isHostOf(url: string, origins: ReadonlySet<string>): boolean {
  const host = URL.parse(url)?.host;
  return [...origins].some((origin) => URL.parse(origin)?.host === host);
}

function isNavigation({ req }: PageContext): boolean {
  return req.method === 'GET' && req.path === '/' && req.header('sec-fetch-mode') === 'navigate';
}

/** Only who has logged in. Throws 401. */
export function onlySessions({ sessions }: GuardParts) {
  return createMiddleware<PageEnv>(async (context, next) => {
    if (!sessions.use(sessionOf(context))) throw new HttpProblem(401, 'LOG_IN', 'Log in with the token of the page.');
    await next();
  });
}

/** A write comes from our own page, which a browser must say: a program that has the cookie says it too. Throws 403. */
export function refuseWithoutOrigin(context: PageContext): void {
  if (context.req.header('origin') !== undefined) return;
  if (context.req.header('sec-fetch-site') === 'same-origin') return;
  throw new HttpProblem(403, 'ORIGIN_MISSING', 'Say with the header Origin which page asks.');
}

/** Begins a session for who knows the token. Throws 401, and 429 for who guesses. */
export function logIn(context: PageContext, given: unknown, parts: GuardParts): void {
  const address = context.env.incoming.socket.remoteAddress ?? '';
  const place = parts.counts.strangerArrives(address);
  if (typeof place === 'string') {
    context.header('Retry-After', '4');
    throw new HttpProblem(429, 'TOO_MANY_WRONG_TOKENS', 'Too many wrong tokens came from there. Wait some seconds.');
  }
  try {
    if (!parts.checkToken(given)) {
      place.wrongToken();
      throw new HttpProblem(401, 'TOKEN_WRONG', 'This is not the token of the page.');
    }
  } finally {
    place.leave();
  }
  parts.sessions.end(sessionOf(context));
  writeCookie(context, parts.sessions.begin(), LONGEST_MS / 1000, parts.origins);
}

export function logOut(context: PageContext, parts: GuardParts): void {
  parts.sessions.end(sessionOf(context));
  writeCookie(context, '', 0, parts.origins);
}

export function sessionOf(context: PageContext): string | null {
  return getCookie(context, COOKIE) ?? null;
}

function writeCookie(context: PageContext, value: string, maxAge: number, origins: ReadonlySet<string>): void {
  const asked = context.req.header('origin') ?? context.req.url;
  const secure = URL.parse(asked)?.protocol === 'https:' || [...origins].some((origin) => origin.startsWith('https:'));
  setCookie(context, COOKIE, value, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge, secure });
}
