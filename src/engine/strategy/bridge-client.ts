import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import { ACCOUNT_SLOT, fromWire, REPLY_SLOT, send, type Reply } from './bridge.ts';

/**
 * How often the reply slot is looked at before the thread goes to sleep (150 µs or less): most answers take a few microseconds,
 * and waking a sleeping thread takes ten times that.
 */
const SPINS = 5000;

/** Numbers start at 1, because 0 means that no answer is wanted, and fit the shared slot. */
const LAST_NUMBER = 2 ** 31 - 1;

/** The strategy's end of the border: a call blocks this thread, and no other, until the engine has answered. */
export class BridgeClient {
  readonly #port: MessagePort;
  readonly #shared: Int32Array<SharedArrayBuffer>;
  #number = 0;

  constructor(port: MessagePort, shared: Int32Array<SharedArrayBuffer>) {
    this.#port = port;
    this.#shared = shared;
  }

  /** Asks the engine and waits. Throws the engine's BtError, its stack at the caller. */
  call(method: string, args: readonly unknown[]): unknown {
    this.#number = this.#number === LAST_NUMBER ? 1 : this.#number + 1;
    send(this.#port, [this.#number, method, args]);
    this.#await(this.#number);
    const received = receiveMessageOnPort(this.#port);
    if (received === undefined) throw new Error('The engine answered without a message.');
    const reply = received.message as Reply; // only our engine holds the other end
    if (!reply[0]) throw fromWire(reply[1]);
    return reply[1];
  }

  /** Tells the engine and goes on. */
  post(method: string, args: readonly unknown[]): void {
    send(this.#port, [0, method, args]);
  }

  /** Grows with each change of the account. */
  accountVersion(): number {
    return Atomics.load(this.#shared, ACCOUNT_SLOT);
  }

  #await(number: number): void {
    for (let spin = 0; spin < SPINS; spin += 1) {
      if (Atomics.load(this.#shared, REPLY_SLOT) === number) return;
    }
    for (let seen = Atomics.load(this.#shared, REPLY_SLOT); seen !== number;) {
      Atomics.wait(this.#shared, REPLY_SLOT, seen);
      seen = Atomics.load(this.#shared, REPLY_SLOT);
    }
  }
}
