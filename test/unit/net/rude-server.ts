import { readFileSync } from 'node:fs';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import { encodeFrame, FrameDecoder } from '../../../src/protocol/frame.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import { ack } from './memory-gateway.ts';

export interface RudeOptions {
  /** Name of the certificate under test/fixtures/tls; absent = plain TCP. */
  readonly certificate?: 'server' | 'wrong-name';
  /** Refuse handshakes with this code; absent = accept them. */
  readonly refuse?: string;
  /** False: never answer a ping. */
  readonly pongs?: boolean;
  /** What to do with a request; absent = never answer. */
  readonly onRequest?: (peer: Peer, request: JsonObject) => void;
}

/** One client of the rude server. */
export class Peer {
  readonly received: JsonObject[] = [];
  readonly #socket: net.Socket;

  constructor(socket: net.Socket) {
    this.#socket = socket;
  }

  say(message: object): void {
    this.#socket.write(encodeFrame(message));
  }

  reply(request: JsonObject, payload: unknown): void {
    this.say({ type: 'response', id: request['id'], payload });
  }

  /** The beginning of an answer, then the end of the connection. */
  sayHalf(message: object): void {
    const frame = encodeFrame(message);
    this.#socket.write(frame.subarray(0, Math.ceil(frame.length / 2)), () => {
      this.drop();
    });
  }

  bytes(data: Buffer): void {
    this.#socket.write(data);
  }

  drop(): void {
    this.#socket.destroy();
  }
}

/** A small gateway on 127.0.0.1 that does what a test tells it, however rude. */
export class RudeServer {
  readonly peers: Peer[] = [];
  readonly #options: RudeOptions;
  readonly #server: net.Server;
  readonly #sockets = new Set<net.Socket>();

  private constructor(options: RudeOptions) {
    this.#options = options;
    const onSocket = (socket: net.Socket): void => {
      this.#welcome(socket);
    };
    this.#server =
      options.certificate === undefined
        ? net.createServer(onSocket)
        : tls.createServer(
            { key: fixture(`${options.certificate}-key.pem`), cert: fixture(`${options.certificate}.pem`) },
            onSocket,
          );
  }

  static async start(options: RudeOptions = {}, port = 0): Promise<RudeServer> {
    const server = new RudeServer(options);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(port, '127.0.0.1', resolve);
    });
    return server;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return address.port;
  }

  get requests(): readonly JsonObject[] {
    return this.peers.flatMap((peer) => peer.received.filter((message) => message['type'] === 'request'));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  #welcome(socket: net.Socket): void {
    const peer = new Peer(socket);
    const decoder = new FrameDecoder();
    this.peers.push(peer);
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      for (const message of decoder.push(chunk)) {
        peer.received.push(message);
        this.#answer(peer, message);
      }
    });
  }

  #answer(peer: Peer, message: JsonObject): void {
    if (message['type'] === 'handshake') {
      if (this.#options.refuse === undefined) peer.say(ack(`s${this.peers.length}`));
      else peer.say({ type: 'error', code: this.#options.refuse, message: 'refused' });
    } else if (message['type'] === 'ping') {
      if (this.#options.pongs ?? true) peer.say({ type: 'pong', id: message['id'] });
    } else {
      this.#options.onRequest?.(peer, message);
    }
  }
}

/** Path of a file under test/fixtures/tls. */
export function tlsFile(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url));
}

function fixture(name: string): Buffer {
  return readFileSync(tlsFile(name));
}
