import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';
import type { CallName } from '../../../../runtime/border/calls.ts';
import { BtError, errorMessage } from '../../../domain/errors.ts';
import { ACCOUNT_SLOT, fromWire, LAST_NUMBER, REPLY_SLOT, send, type CallMessage, type Reply } from './messages.ts';

/**
 * How often the reply slot is looked at before the thread goes to sleep (150 µs or less): most answers take a few microseconds,
 * and waking a sleeping thread takes ten times that.
 */
const SPINS = 5000;

/** The strategy's end of the border: a call blocks this thread, and no other, until the engine has answered. */
export class BridgeClient {
  readonly #port: MessagePort;
  readonly #shared: Int32Array<SharedArrayBuffer>;
  #number = 0;

  constructor(port: MessagePort, shared: Int32Array<SharedArrayBuffer>) {
    this.#port = port;
    this.#shared = shared;
  }

  /** Asks the engine and waits; the answer as it travelled. Throws the engine's BtError, its stack at the caller. */
  call(name: CallName, args: readonly unknown[]): unknown {
    this.#number = this.#number === LAST_NUMBER ? 1 : this.#number + 1;
    this.#send([this.#number, name, args]);
    this.#await(this.#number);
    const received = receiveMessageOnPort(this.#port);
    if (received === undefined) throw new Error('The engine answered without a message.');
    const reply = received.message as Reply; // only our engine holds the other end
    if (!reply[0]) throw fromWire(reply[1]);
    return reply[1];
  }

  /** Tells the engine and goes on. */
  post(name: CallName, args: readonly unknown[]): void {
    this.#send([0, name, args]);
  }

  /** Grows with each change of the account. */
  accountVersion(): number {
    return Atomics.load(this.#shared, ACCOUNT_SLOT);
  }

  #send(message: CallMessage): void {
    try {
      send(this.#port, message);
    } catch (error) {
      throw new BtError(
        'BAD_CALL',
        `${message[1]}: a value cannot be handed to the engine (${errorMessage(error)}): pass plain data, no functions.`,
        { fault: 'strategy', cause: error },
      );
    }
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
