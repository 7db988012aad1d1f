import { readSync } from 'node:fs';
import type { CallName } from '../../../../runtime/border/calls.ts';
import { BtError, errorMessage } from '../../../domain/errors.ts';
import { LONGEST_FROM_STRATEGY, toFrame } from '../border/frames.ts';
import { fromWire, type CallMessage, type Reply } from '../border/messages.ts';
import { FD } from '../border/pipes.ts';
import { readMessage, writeWhole } from './pipe-files.ts';

const DIFFERS: string = 'REPLAY_DIFFERS';

/** What is told of the calls. */
export interface Told {
  /** Before each call that waits for its answer. */
  asks(name: CallName, frame: Buffer): void;
  /** Where the engine's clock stands, epoch ms, when it does not run by itself. */
  time(now: number): void;
  /** Of a call that a replay does not know, also when the strategy catches its error. */
  differs(error: BtError): void;
}

/** The strategy's end of the border: a call blocks this process, and no other, until the engine has answered. */
export class BridgeClient {
  readonly #version = Buffer.alloc(4);
  readonly #through: (read: () => number) => number;
  readonly #told: Told;

  /** `through`: sees each reading of the account's version, and may put another in its place. */
  constructor(through: (read: () => number) => number, told: Told) {
    this.#through = through;
    this.#told = told;
  }

  /** Asks the engine and waits; the answer as it travelled. Throws the engine's BtError, its stack at the caller. */
  call(name: CallName, args: readonly unknown[]): unknown {
    const frame = frameOf([true, name, args]);
    this.#told.asks(name, frame);
    writeWhole(FD.calls, frame);
    const reply = readMessage(FD.answers) as Reply; // only our engine holds the other end
    if (reply[2] !== undefined) this.#told.time(reply[2]);
    if (reply[0]) return reply[1];
    const error = fromWire(reply[1]);
    if (error.code === DIFFERS) this.#told.differs(error);
    throw error;
  }

  /** Tells the engine and goes on; waits only while the pipe is full. */
  post(name: CallName, args: readonly unknown[]): void {
    writeWhole(FD.calls, frameOf([false, name, args]));
  }

  /** Another one after each change of the account. */
  accountVersion(): number {
    return this.#through(() => {
      readSync(FD.accountVersion, this.#version, 0, this.#version.length, 0);
      return this.#version.readInt32LE();
    });
  }
}

function frameOf(message: CallMessage): Buffer {
  let frame: Buffer;
  try {
    frame = toFrame(message);
  } catch (error) {
    throw badCall(message[1], `(${errorMessage(error)}): pass plain data, no functions.`, error);
  }
  if (frame.length <= LONGEST_FROM_STRATEGY) return frame;
  throw badCall(message[1], `(${frame.length} bytes, at most ${LONGEST_FROM_STRATEGY}): pass less at once.`);
}

function badCall(name: string, problem: string, cause?: unknown): BtError {
  return new BtError('BAD_CALL', `${name}: a value cannot be handed to the engine ${problem}`, {
    fault: 'strategy',
    cause,
  });
}
