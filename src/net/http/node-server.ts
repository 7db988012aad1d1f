import { getRequestListener } from '@hono/node-server';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { errorCode } from '../../domain/errors.ts';
import { HEADERS_MS, KEEP_ALIVE_MS, LIMITS_CHECK_MS, MAX_HEADER_BYTES, REQUEST_MS, STALL_MS } from './limits.ts';
import { problem } from './problem.ts';

/** How Hono answers a request. */
export type FetchCallback = Parameters<typeof getRequestListener>[0];

/** Node's own server without a port of its own: its connections come from our listener, which has the allow-list and TLS. */
export function nodeServer(answer: FetchCallback, longestMs: number): Server {
  const listener = getRequestListener(answer, { overrideGlobalObjects: false });
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: LIMITS_CHECK_MS,
    },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  server.timeout = longestMs + STALL_MS;
  server.on('clientError', refuseBytes);
  // The limits on headers and requests are kept from here on.
  server.emit('listening');
  return server;
}

/** What is no HTTP, is too long or comes too slowly: told, where the peer can still be told anything. */
function refuseBytes(error: Error, socket: Pick<Socket, 'writable' | 'end' | 'destroy'>): void {
  const code = errorCode(error);
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body } = refusalOf(code);
  const head = `HTTP/1.1 ${status} ${body.title}\r\nContent-Type: application/problem+json\r\nConnection: close\r\n`;
  const text = JSON.stringify(body);
  socket.end(`${head}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`, () => socket.destroy());
}

function refusalOf(code: string | null): { readonly status: number; readonly body: { readonly title: string } } {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return { status: 431, body: problem(431, 'HEADERS_TOO_LARGE', `Headers hold at most ${MAX_HEADER_BYTES} bytes.`) };
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { status: 408, body: problem(408, 'REQUEST_TOO_SLOW', 'The request did not come whole in time.') };
  }
  return { status: 400, body: problem(400, 'BAD_HTTP', 'This is no HTTP request that can be read.') };
}
