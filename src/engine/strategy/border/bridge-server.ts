import type { Writable } from 'node:stream';
import type { EngineCalls } from '../../../../runtime/border/calls.ts';
import type { DispatchContext } from '../../../../runtime/host.ts';
import { answerCall } from './answer-call.ts';
import { toFrame } from './frames.ts';
import { toWire, type CallMessage, type Reply } from './messages.ts';

export interface BridgeServerParts {
  readonly answers: Writable;
  readonly engine: EngineCalls;
  /** The context of the dispatch that runs. */
  readonly context: () => DispatchContext;
  /** Market time that is to be told with each answer, epoch ms; null = the strategy knows it by itself. */
  readonly marketTime: () => number | null;
  /** Told of what is no call at all, or of a call that failed and that nobody waits for. */
  readonly onOdd: (text: string) => void;
}

/** The engine's end of the border: answers the strategy's calls. */
export class BridgeServer {
  readonly #parts: BridgeServerParts;
  #waiting: string | null = null;

  constructor(parts: BridgeServerParts) {
    this.#parts = parts;
  }

  /** The call that the strategy waits for; null = none. */
  get waiting(): string | null {
    return this.#waiting;
  }

  /** Answers a call. One that comes while another waits is none of ours: its answer would be read as the other's. */
  serve(call: CallMessage): void {
    const [wanted, name] = call;
    if (wanted && this.#waiting !== null) {
      this.#parts.onOdd('a call while another one waits');
      return;
    }
    if (wanted) this.#waiting = name;
    void this.#finish(call);
  }

  async #finish(call: CallMessage): Promise<void> {
    const { engine, context, onOdd } = this.#parts;
    const reply = await answerCall(engine, call, context());
    if (call[0]) this.#answer(reply);
    else if (!reply[0]) onOdd(`${reply[1].code}: ${reply[1].message}`);
  }

  #timed(reply: Reply): Reply {
    const at = this.#parts.marketTime();
    if (at === null) return reply;
    return reply[0] ? [true, reply[1], at] : [false, reply[1], at];
  }

  /** Who does not read his answers gets no more of them: at most two are held. */
  #answer(reply: Reply): void {
    const { answers } = this.#parts;
    const write = (): void => {
      this.#waiting = null;
      answers.write(frameOf(this.#timed(reply)));
    };
    if (answers.writableNeedDrain) answers.once('drain', write);
    else write();
  }
}

function frameOf(reply: Reply): Buffer {
  try {
    return toFrame(reply);
  } catch (error) {
    return toFrame([false, toWire(error)] satisfies Reply); // a value that cannot be cloned
  }
}
