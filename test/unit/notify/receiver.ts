import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: Buffer;
  readonly body: Record<string, unknown>;
}

/** What a service answers. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Answers from now on; null = it never answers. */
  reply: ((request: Received) => Reply) | null;
  /** Resolves when so many have come. */
  until(count: number): Promise<void>;
}

/** A service on a port of this machine that keeps what it is sent. */
export async function receiver(reply: Receiver['reply']): Promise<Receiver> {
  const received: Received[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const isJson = request.headers['content-type']?.startsWith('application/json') === true;
      const body = isJson ? (JSON.parse(raw.toString('utf8')) as Record<string, unknown>) : {};
      const one: Received = { path: request.url ?? '', headers: request.headers, raw, body };
      received.push(one);
      const said = self.reply?.(one) ?? null;
      if (said !== null) {
        response.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers });
        response.end(typeof said.body === 'string' ? said.body : JSON.stringify(said.body));
      }
      for (const wait of waiting) if (received.length >= wait.count) wait.resolve();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const self: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    reply,
    until: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
  };
  return self;
}
