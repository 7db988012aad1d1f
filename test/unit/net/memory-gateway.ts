import { BtError } from '../../../src/domain/errors.ts';
import type { Dial, Endpoint, Transport, TransportHandlers } from '../../../src/net/transport.ts';
import { encodeFrame, FrameDecoder } from '../../../src/protocol/frame.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';

/** One attempt of a client to reach the gateway, seen from the gateway's side. */
export class Link implements Transport {
  readonly endpoint: Endpoint;
  /** Messages the client wrote, in order. */
  readonly received: JsonObject[] = [];
  destroyed = false;
  readonly #handlers: TransportHandlers;
  readonly #decoder = new FrameDecoder();
  readonly #onMessage: (link: Link, message: JsonObject) => void;

  constructor(endpoint: Endpoint, handlers: TransportHandlers, onMessage: (link: Link, message: JsonObject) => void) {
    this.endpoint = endpoint;
    this.#handlers = handlers;
    this.#onMessage = onMessage;
  }

  write(data: Buffer): void {
    for (const message of this.#decoder.push(data)) {
      this.received.push(message);
      this.#onMessage(this, message);
    }
  }

  destroy(): void {
    this.destroyed = true;
  }

  open(): void {
    this.#handlers.onOpen();
  }

  /** Sends messages to the client in one chunk. */
  say(...messages: readonly object[]): void {
    this.bytes(Buffer.concat(messages.map((message) => encodeFrame(message))));
  }

  bytes(data: Buffer): void {
    this.#handlers.onData(data);
  }

  close(reason = 'the gateway closed the connection.'): void {
    this.fail(new BtError('LINK_CLOSED', reason, { fault: 'network' }));
  }

  fail(error: BtError): void {
    this.#handlers.onClose(error);
  }

  /** The requests the client wrote, without handshake and pings. */
  get requests(): readonly JsonObject[] {
    return this.received.filter((message) => message['type'] === 'request');
  }

  get pings(): readonly JsonObject[] {
    return this.received.filter((message) => message['type'] === 'ping');
  }

  /** Answers the n-th request (0 = first; -1 = last). */
  answer(index: number, payload: unknown): void {
    this.say({ type: 'response', id: this.requests.at(index)?.['id'], payload });
  }

  refuse(index: number, code: string, message: string): void {
    this.say({ type: 'error', code, message, id: this.requests.at(index)?.['id'] });
  }
}

/** An in-memory gateway: every attempt of a client becomes a `Link` that the test plays. */
export class MemoryGateway {
  readonly links: Link[] = [];
  /** Opens links and acknowledges handshakes by itself, in a microtask. */
  welcoming: boolean;
  /** Called for each message that is not a handshake. */
  onMessage: (link: Link, message: JsonObject) => void = () => {};

  constructor(options: { readonly welcoming?: boolean } = {}) {
    this.welcoming = options.welcoming ?? true;
  }

  readonly dial: Dial = (endpoint, handlers) => {
    const link = new Link(endpoint, handlers, (from, message) => {
      if (message['type'] !== 'handshake') this.onMessage(from, message);
      else if (this.welcoming) queueMicrotask(() => from.say(ack(`s${this.links.length}`)));
    });
    this.links.push(link);
    if (this.welcoming) queueMicrotask(() => link.open());
    return link;
  };

  /** The newest attempt. */
  get link(): Link {
    const link = this.links.at(-1);
    if (link === undefined) throw new Error('no client has dialled yet');
    return link;
  }
}

export function ack(sessionId: string): JsonObject {
  return {
    type: 'handshake_ack',
    session_id: sessionId,
    keepalive: 20,
    protocol: 1,
    features: ['data', 'broker'],
  };
}
