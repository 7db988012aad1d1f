import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createQmtHttp } from '../../../../src/venues/qmt-http/index.ts';
import type { QmtHttp } from '../../../../src/venues/qmt-http/index.ts';

/** What it says to a path: data as JSON with 200, or whatever it does with the response. */
type Says = unknown;

/** The original wrapper as a script: knows nobody until a login, answers what it is told to, and counts what it is asked. */
export class ScriptedWrapper {
  readonly asked: {
    readonly path: string;
    readonly query: URLSearchParams;
    readonly headers: IncomingMessage['headers'];
  }[] = [];
  readonly says = new Map<string, Says>([
    ['/login', { status: 0 }],
    ['/query/assets', { 总资产: 1000.5, 现金: 900, 持仓市值: 100.5, 冻结金额: 0 }],
    ['/query/holding', []],
    ['/query/trade', []],
    ['/query/order', []],
  ]);
  loggedIn = false;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => this.#answer(request, response));
  }

  static async start(): Promise<ScriptedWrapper> {
    const wrapper = new ScriptedWrapper();
    await new Promise<void>((resolve) => wrapper.#server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => wrapper.close());
    return wrapper;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  count(path: string): number {
    return this.asked.filter((one) => one.path === path).length;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', 'http://wrapper');
    const path = url.pathname.replace('/xtquant/trade', '');
    this.asked.push({ path, query: url.searchParams, headers: request.headers });
    if (path === '/login') this.loggedIn = true;
    // It has no account object before: an AttributeError.
    if (!this.loggedIn) {
      response.writeHead(500).end('<h1>Internal Server Error</h1>');
      return;
    }
    const said = this.says.get(path);
    if (typeof said === 'function') said(request, response);
    else response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(said ?? null));
  }
}

/** The venue in front of it, started. */
export async function startVenue(
  wrapper: ScriptedWrapper,
  env: Readonly<Record<string, string>> = {},
): Promise<QmtHttp> {
  const venue = createQmtHttp({
    env: { QMT_HTTP_URL: `http://127.0.0.1:${wrapper.port}`, QMT_HTTP_TIMEOUT: '5', ...env },
    times: { firstRetryMs: 5, maxRetryMs: 20, lookMs: 20, loginGapMs: 0, startMs: 2_000 },
  });
  onTestFinished(() => venue.broker.stop());
  await venue.broker.start();
  return venue;
}

export const ORDER = {
  clientId: 'c1',
  remark: 'bt:abcdefgh:x',
  security: '518880.XSHG',
  side: 'buy',
  amount: 100,
  price: 6.1,
  style: 'limit',
} as const;
