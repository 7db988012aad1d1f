import { onTestFinished } from 'vitest';
import type { QueueLimits } from '../../../../src/net/http/event-queue.ts';
import { openPage } from '../../../../src/page/server/index.ts';
import type { PageOptions } from '../../../../src/page/server/index.ts';
import { nullLog } from '../../../../src/platform/log.ts';
import { EventReader } from '../../server/http/event-stream.ts';
import { askHttp } from '../../server/http/http-world.ts';
import type { Answer, Ask } from '../../server/http/http-world.ts';
import { FakeSource } from '../fake-source.ts';

export const TOKEN = 'correct-horse-battery';

export interface PageWorld {
  readonly port: number;
  readonly source: FakeSource;
  /** As our own page asks: its origin is named with whatever is no GET. */
  ask(path: string, ask?: Ask): Promise<Answer>;
  /** Logs in; gives the header of who has. */
  logIn(): Promise<{ readonly Cookie: string }>;
  /** A stream of an instance, of who has logged in. */
  look(instance?: string): Promise<EventReader>;
}

/** The page's server before instances that the test makes up. */
export async function startPageWorld(
  source = new FakeSource(),
  options: Partial<PageOptions> = {},
  slow?: QueueLimits,
): Promise<PageWorld> {
  const all = { host: '127.0.0.1', port: 0, token: TOKEN, tls: null, origin: null, language: null, ...options };
  const page = await openPage({
    options: all,
    source,
    log: nullLog,
    version: '0.0.0',
    ...(slow === undefined ? {} : { slow }),
  });
  onTestFinished(() => page.stop());
  const { port } = page;
  const origin = `http://127.0.0.1:${port}`;
  const ask = (path: string, asked: Ask = {}): Promise<Answer> => {
    const own = (asked.method ?? 'GET') === 'GET' ? {} : { Origin: origin };
    const host = { Host: `127.0.0.1:${port}` };
    return askHttp(port, path, { ...asked, headers: { ...host, ...own, ...asked.headers } });
  };
  const logIn = async (): Promise<{ readonly Cookie: string }> => {
    const answer = await ask('/api/login', { method: 'POST', body: { token: TOKEN } });
    return { Cookie: cookieOf(answer) };
  };
  const look = async (instance = 'demo-1a2b3c4d'): Promise<EventReader> => {
    const headers = { ...(await logIn()), Host: `127.0.0.1:${port}` };
    return new EventReader(port, `/api/stream?instance=${instance}`, headers);
  };
  return { port, source, ask, logIn, look };
}

/** `name=value` of the cookie that an answer sets. */
export function cookieOf({ headers }: Answer): string {
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}
