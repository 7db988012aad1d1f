import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { FrameDecoder, encodeFrame } from '../../src/protocol/frame.ts';

/** Answers of a gateway that does not say what it is, as a real one: it counts as real money. Other actions get an empty list. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  'admin.health': {
    dtype: 'dict',
    value: { process_alive: true, uptime_seconds: 1, sessions: 1, accounts: ['default'], features: ['data', 'broker'] },
  },
  'broker.account': {
    dtype: 'dict',
    value: { account_id: '1', account_type: 'stock', available_cash: 1000, transferable_cash: 1000, total_value: 1000 },
  },
};

export interface PlainGateway {
  readonly port: number;
  /** Actions asked for, in order. */
  readonly asked: readonly string[];
  close(): void;
}

export async function startPlainGateway(): Promise<PlainGateway> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    const decoder = new FrameDecoder();
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      for (const message of decoder.push(chunk)) {
        if (message['type'] === 'request') asked.push(String(message['action']));
        socket.write(encodeFrame(answer(message)));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function answer(message: Readonly<Record<string, unknown>>): Record<string, unknown> {
  switch (message['type']) {
    case 'handshake':
      return {
        type: 'handshake_ack',
        session_id: 's000000000000',
        keepalive: 20,
        protocol: 1,
        features: ['data', 'broker'],
      };
    case 'request':
      return { type: 'response', id: message['id'], payload: ANSWERS[String(message['action'])] ?? [] };
    default:
      return { type: 'pong', id: message['id'] };
  }
}
