import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { EngineCalls } from '../../../../runtime/border/calls.ts';
import type { DispatchContext } from '../../../../runtime/host.ts';
import { answerCall, type Answer } from './answer-call.ts';
import { ACCOUNT_SLOT, readCall, REPLY_SLOT, send, toWire } from './messages.ts';

export interface BridgeServerParts {
  readonly port: MessagePort;
  readonly shared: Int32Array<SharedArrayBuffer>;
  readonly engine: EngineCalls;
  /** The context of the dispatch that runs. */
  readonly context: () => DispatchContext;
  /** Told of what is no call at all, or of a call that failed and that nobody waits for. */
  readonly onOdd: (text: string) => void;
}

/** The engine's end of the border: answers the strategy's calls. */
export class BridgeServer {
  readonly #parts: BridgeServerParts;

  constructor(parts: BridgeServerParts) {
    this.#parts = parts;
    parts.port.on('message', (message: unknown) => {
      this.#serve(message);
    });
  }

  /** Tells the strategy that what it holds of the account is old. */
  bumpAccount(version: number): void {
    Atomics.store(this.#parts.shared, ACCOUNT_SLOT, version | 0);
  }

  /** Takes what was sent before this moment: the ends of hooks come on another channel, and a last log line must not come after them. */
  drain(): void {
    const { port } = this.#parts;
    for (let next = receiveMessageOnPort(port); next !== undefined; next = receiveMessageOnPort(port)) {
      this.#serve(next.message);
    }
  }

  close(): void {
    this.#parts.port.close();
  }

  #serve(message: unknown): void {
    const call = readCall(message);
    const { engine, context, onOdd } = this.#parts;
    if (call === null) onOdd('a message that is no call');
    else void answerCall(engine, call, context()).then((answer) => this.#finish(call[0], answer));
  }

  #finish(number: number, { reply, handOver }: Answer): void {
    if (number === 0) {
      if (!reply[0]) this.#parts.onOdd(`${reply[1].code}: ${reply[1].message}`);
      return;
    }
    const { port, shared } = this.#parts;
    try {
      send(port, reply, handOver);
    } catch (error) {
      send(port, [false, toWire(error)]); // a value that cannot be cloned
    }
    Atomics.store(shared, REPLY_SLOT, number);
    Atomics.notify(shared, REPLY_SLOT);
  }
}
