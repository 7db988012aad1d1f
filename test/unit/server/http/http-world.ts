import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { nullLog } from '../../../../src/platform/log.ts';
import type { Log } from '../../../../src/platform/log.ts';
import type { HttpOptions, ServerOptions } from '../../../../src/server/index.ts';
import { startWorld } from '../world.ts';
import type { World } from '../world.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body read as JSON; fails for what is none. */
  json(): Record<string, unknown>;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: unknown;
  readonly port?: number;
}

export interface HttpWorld extends World {
  readonly port: number;
  /** One request on a connection of its own. */
  ask(path: string, ask?: Ask): Promise<Answer>;
}

export const OPEN: HttpOptions = { host: '127.0.0.1', port: 0, token: null, origins: [] };

/** A server on a clock that stands still, with its door for HTTP; without a token unless told otherwise. */
export async function startHttpWorld(
  http: Partial<HttpOptions> = {},
  options: Partial<ServerOptions> = {},
  log: Log = nullLog,
): Promise<HttpWorld> {
  const world = await startWorld({ ...options, http: { ...OPEN, ...http } }, log);
  const port = world.server.httpPort;
  if (port === null) throw new Error('no door for HTTP');
  return { ...world, port, ask: (path, ask = {}) => askHttp(port, path, ask) };
}

export function askHttp(port: number, path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
  const isText = typeof body === 'string' || Buffer.isBuffer(body);
  const content = body === undefined ? null : isText ? body : JSON.stringify(body);
  const type = content === null || isText ? {} : { 'Content-Type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, method, headers: { ...type, ...headers }, agent: false });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const json = (): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
      });
    });
    sent.end(content ?? undefined);
  });
}

/** A new order far below the market, which stays open. */
export const RESTING = { security: '000001.XSHE', side: 'buy', amount: 100, price: 10.1 } as const;

/** Places by /api/v1 under a key. */
export function placed(world: HttpWorld, key: string, order: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
  const headers = { 'Idempotency-Key': key };
  return world.ask('/api/v1/orders', { method: 'POST', headers, body: { ...RESTING, ...order } });
}
