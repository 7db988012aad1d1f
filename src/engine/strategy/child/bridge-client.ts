import { readSync } from 'node:fs';
import type { CallName } from '../../../../runtime/border/calls.ts';
import { BtError, errorMessage } from '../../../domain/errors.ts';
import { LONGEST_FROM_STRATEGY, toFrame } from '../border/frames.ts';
import { fromWire, type CallMessage, type Reply } from '../border/messages.ts';
import { FD } from '../border/pipes.ts';
import { readMessage, writeWhole } from './pipe-files.ts';

const DIFFERS: string = 'REPLAY_DIFFERS';

/** The strategy's end of the border: a call blocks this process, and no other, until the engine has answered. */
export class BridgeClient {
  readonly #version = Buffer.alloc(4);
  readonly #through: (read: () => number) => number;
  readonly #onDiffers: (error: BtError) => void;

  /**
   * `through`: sees each reading of the account's version, and may put another in its place. `onDiffers`: told of a call that a replay
   * does not know, also when the strategy catches its error.
   */
  constructor(through: (read: () => number) => number, onDiffers: (error: BtError) => void) {
    this.#through = through;
    this.#onDiffers = onDiffers;
  }

  /** Asks the engine and waits; the answer as it travelled. Throws the engine's BtError, its stack at the caller. */
  call(name: CallName, args: readonly unknown[]): unknown {
    writeWhole(FD.calls, frameOf([true, name, args]));
    const reply = readMessage(FD.answers) as Reply; // only our engine holds the other end
    if (reply[0]) return reply[1];
    const error = fromWire(reply[1]);
    if (error.code === DIFFERS) this.#onDiffers(error);
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
