import { errorMessage } from '../domain/errors.ts';
import { isOwnHost } from '../net/http/same-origin.ts';
import { tokenCheck } from '../net/token.ts';
import { cleanLine } from '../platform/exit-text.ts';
import type { Log } from '../platform/log.ts';
import type { Health } from './health.ts';

export interface Answers {
  /** Null: nobody has to say one. */
  readonly token: string | null;
  /** Only programs of this machine reach the door. */
  readonly isLocal: boolean;
  readonly health: () => Health;
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  readonly log: Pick<Log, 'warning'>;
}

const HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
const PLAIN = 'text/plain; charset=utf-8';

/** The answer to one request: `/metrics`, `/health`, or why not. */
export async function answerTo({ method, url, headers }: Request, parts: Answers): Promise<Response> {
  if (method !== 'GET' && method !== 'HEAD') return said(405, 'Only GET is served here.', { Allow: 'GET, HEAD' });
  // A name that leads here from outside (DNS rebinding) lets a page in a browser read what is this machine's.
  if (parts.token === null && parts.isLocal && !isOwnHost(url))
    return said(403, 'This name does not belong to this machine: ask 127.0.0.1.');
  if (parts.token !== null && !isBearer(headers.get('authorization'), parts.token))
    return said(401, 'Say METRICS_TOKEN as a bearer token.', { 'WWW-Authenticate': 'Bearer' });
  const path = URL.parse(url)?.pathname;
  if (path === '/health') return healthAnswer(parts.health());
  if (path !== '/metrics') return said(404, 'There are /metrics and /health here.');
  try {
    const { type, text } = await parts.metrics();
    return new Response(text, { headers: { ...HEADERS, 'Content-Type': type } });
  } catch (error) {
    parts.log.warning(`/metrics could not be answered: ${errorMessage(error)}`);
    return said(500, 'See the log of bt.');
  }
}

function healthAnswer({ ready, reason }: Health): Response {
  const body = { status: ready ? 'ready' : 'not ready', reason: reason === null ? null : cleanLine(reason) };
  return new Response(`${JSON.stringify(body)}\n`, {
    status: ready ? 200 : 503,
    headers: { ...HEADERS, 'Content-Type': 'application/json' },
  });
}

function said(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(`${text}\n`, { status, headers: { ...HEADERS, 'Content-Type': PLAIN, ...headers } });
}

/** Takes the same time wherever they differ. */
function isBearer(header: string | null, token: string): boolean {
  return tokenCheck(token)(/^Bearer (.+)$/iu.exec(header ?? '')?.[1]);
}
