import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { errorMessage } from '../../domain/errors.ts';
import { after } from '../../platform/timers.ts';

export interface HttpRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export type HttpAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterMs: number | null; readonly body: string }
  | { readonly kind: 'failed'; readonly error: string };

/** From the look-up of the name to the last byte of the answer, wall ms. */
export const HTTP_DEADLINE_MS = 10_000;
const LONGEST_ANSWER = 64 * 1024;

/** POSTs once, without following redirects. Never rejects; the error never names the address, which may be the secret. */
export function post(request: HttpRequest, proxy: string | null, deadlineMs = HTTP_DEADLINE_MS): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const { url, headers, body } = request;
    const isTls = url.startsWith('https:');
    const proxyEnv = proxy === null ? {} : { HTTPS_PROXY: proxy, HTTP_PROXY: proxy };
    const agent = isTls ? new HttpsAgent({ proxyEnv }) : new HttpAgent({ proxyEnv });
    const end = (answer: HttpAnswer): void => {
      timer.cancel();
      agent.destroy();
      resolve(answer);
    };
    const options = { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } };
    const sent = (isTls ? httpsRequest : httpRequest)(url, options, (answer) => readAnswer(answer, end));
    const timer = after(deadlineMs, () => {
      end({ kind: 'failed', error: `no answer within ${Math.round(deadlineMs / 1000)} s` });
      sent.destroy();
    });
    sent.on('error', (error) => end({ kind: 'failed', error: reasonOf(error) }));
    sent.end(body);
  });
}

function readAnswer(answer: IncomingMessage, end: (answer: HttpAnswer) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  const whole = (): void =>
    end({
      kind: 'answered',
      status: answer.statusCode ?? 0,
      retryAfterMs: retryAfter(answer.headers['retry-after']),
      body: Buffer.concat(chunks).toString('utf8'),
    });
  answer.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length <= LONGEST_ANSWER) return;
    whole();
    answer.destroy();
  });
  answer.on('end', whole);
  answer.on('error', (error) => end({ kind: 'failed', error: reasonOf(error) }));
}

/** Seconds; a date is not worth reading. */
function retryAfter(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,6}$/u.test(header) ? Number(header) * 1000 : null;
}

function reasonOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return code ?? errorMessage(error);
}
