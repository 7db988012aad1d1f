import * as net from 'node:net';
import { delay } from '../../src/platform/timers.ts';
import { encodeFrame, FrameDecoder } from '../../src/protocol/frame.ts';
import type { JsonObject } from '../../src/protocol/json.ts';

const PATIENCE_MS = 20_000;

/** A raw connection for tests: sends bytes, collects messages, and waits on conditions. */
export class WireClient {
  readonly messages: JsonObject[] = [];
  closed = false;
  readonly socket: net.Socket;
  readonly #decoder = new FrameDecoder();
  readonly #waiting = new Set<() => void>();

  private constructor(socket: net.Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => {
      this.messages.push(...this.#decoder.push(chunk));
      this.#wake();
    });
    socket.on('end', () => {
      this.closed = true;
      this.#wake();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.closed = true;
      this.#wake();
    });
  }

  static async connect(port: number, host = '127.0.0.1'): Promise<WireClient> {
    // Half-open: the tests decide themselves when our side ends.
    const socket = net.connect({ port, host, allowHalfOpen: true });
    const client = new WireClient(socket);
    await new Promise<void>((resolve) => {
      socket.once('connect', resolve);
      socket.once('close', () => {
        resolve();
      });
    });
    return client;
  }

  /** Connects and authenticates; resolves with the answer in `messages[0]`. */
  static async open(port: number, fields: JsonObject = {}): Promise<WireClient> {
    const client = await WireClient.connect(port);
    client.send({ type: 'handshake', token: 'stub', protocol: 1, features: [], ...fields });
    await client.received(1);
    return client;
  }

  send(message: JsonObject): void {
    this.socket.write(encodeFrame(message));
  }

  write(bytes: Buffer): void {
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  /** Sends a request and resolves with the message that carries its id. */
  async request(
    action: string,
    payload: JsonObject = {},
    id = `${action}-${this.messages.length}`,
  ): Promise<JsonObject> {
    this.send({ type: 'request', id, action, payload });
    await this.until(() => this.#answer(id) !== undefined, `the answer to ${action}`);
    return this.#answer(id) ?? {};
  }

  received(count: number): Promise<void> {
    return this.until(() => this.messages.length >= count, `${count} messages (${this.messages.length} came)`);
  }

  ended(): Promise<void> {
    return this.until(() => this.closed, 'the end of the connection', true);
  }

  /** Resolves once the condition holds; rejects when the connection ends before, or after 20 s. */
  async until(condition: () => boolean, what: string, evenClosed = false): Promise<void> {
    const patience = new AbortController();
    const late = delay(PATIENCE_MS, patience.signal);
    try {
      while (!condition()) {
        if (this.closed && !evenClosed) throw new Error(`The connection ended before ${what}`);
        const woken = new Promise<'woken'>((resolve) => {
          this.#waiting.add(() => {
            resolve('woken');
          });
        });
        if ((await Promise.race([woken, late])) !== 'woken') throw new Error(`Waited in vain for ${what}`);
      }
    } finally {
      patience.abort();
    }
  }

  async close(): Promise<void> {
    if (this.socket.destroyed) return;
    await new Promise<void>((resolve) => {
      this.socket.once('close', () => {
        resolve();
      });
      this.socket.destroy();
    });
  }

  #answer(id: string): JsonObject | undefined {
    return this.messages.find((message) => message['id'] === id);
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}
