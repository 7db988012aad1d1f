import { BtError, errorMessage } from '../../../domain/errors.ts';
import type { Log } from '../../../platform/log.ts';
import type { Timer, TimerSource } from '../../../platform/timers.ts';
import { isJsonObject } from '../../../protocol/json.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import { BridgeProcess } from './bridge-process.ts';
import type { BridgeCommand } from './bridge-process.ts';

/** Importing the SDK may reach for the network. */
const IMPORT_MS = 60_000;

/** What became of a call; never a rejection. */
export type Reply =
  | { readonly kind: 'value'; readonly value: unknown }
  /** The SDK raised, or the bridge refused (`Refused`: the SDK was not called). */
  | { readonly kind: 'raised'; readonly type: string; readonly text: string }
  /** No answer. `begun`: the SDK may have been called; else it was not, which is proved. */
  | { readonly kind: 'lost'; readonly begun: boolean; readonly text: string };

export interface SdkFacts {
  readonly sdk: string | null;
  readonly file: string;
  readonly python: string;
  readonly bits: number | null;
}

interface Pending {
  readonly call: string;
  readonly settle: (reply: Reply) => void;
  readonly deadline: Timer;
  /** Of a call that changes something the bridge says when it hands it to the SDK. */
  readonly changes: boolean;
  begun: boolean;
}

export interface LinkListeners {
  readonly log: Log;
  readonly timers: TimerSource;
  readonly onEvent: (event: JsonObject) => void;
  /** Once: it cannot be asked any more, and why. */
  readonly onGone: (why: string) => void;
}

/** A bridge process with the calls that are under way in it. A call that misses its deadline ends the process: whatever hangs in it hangs for ever. */
export class BridgeLink {
  readonly #process: BridgeProcess;
  readonly #listeners: LinkListeners;
  readonly #pending = new Map<number, Pending>();
  readonly #ready = Promise.withResolvers<SdkFacts>();
  #hello: { readonly python: string; readonly bits: number | null } = { python: '?', bits: null };
  #next = 1;
  #gone: string | null = null;
  /** Why we end it. */
  #reason: string | null = null;
  #lastAnswer: number | null = null;

  constructor(command: BridgeCommand, listeners: LinkListeners) {
    this.#listeners = listeners;
    this.#ready.promise.catch(() => undefined);
    this.#process = new BridgeProcess(command, {
      log: listeners.log,
      onMessage: (message) => this.#heard(message),
      onEnd: (how) => this.#end(how),
    });
    const late = (): void => this.end(`importing xtquant takes more than ${IMPORT_MS / 1000} s`);
    const deadline = listeners.timers.after(IMPORT_MS, late);
    const settled = (): void => deadline.cancel();
    this.#ready.promise.then(settled, settled);
  }

  get alive(): boolean {
    return this.#gone === null && this.#reason === null;
  }

  get pid(): number | null {
    return this.#process.pid;
  }

  /** Wall time of the last answer that was no error, epoch ms. */
  get lastAnswer(): number | null {
    return this.#lastAnswer;
  }

  /** Resolves when the SDK is imported; BtError XTQUANT_MISSING, XTQUANT_BROKEN or BRIDGE_FAILED when it is not. */
  ready(): Promise<SdkFacts> {
    return this.#ready.promise;
  }

  ask(call: string, args: JsonObject, deadlineMs: number, changes = false): Promise<Reply> {
    if (!this.alive)
      return Promise.resolve({ kind: 'lost', begun: false, text: this.#gone ?? this.#reason ?? 'it has ended' });
    const id = this.#next++;
    const { promise, resolve } = Promise.withResolvers<Reply>();
    const deadline = this.#listeners.timers.after(deadlineMs, () => {
      this.end(`${call} was not answered within ${deadlineMs / 1000} s`);
    });
    this.#pending.set(id, { call, settle: resolve, deadline, changes, begun: false });
    this.#process.send({ id, call, args });
    return promise;
  }

  /** Ends the process; its calls are settled when all it wrote has been read. */
  end(reason: string): void {
    this.#reason ??= reason;
    this.#process.kill();
  }

  #heard(message: JsonObject): void {
    const { id, event } = message;
    if (typeof id === 'number') this.#answered(id, message);
    else if (event === 'hello')
      this.#hello = {
        python: String(message['python']),
        bits: typeof message['bits'] === 'number' ? message['bits'] : null,
      };
    else if (event === 'ready') this.#ready.resolve({ ...this.#hello, ...sdkOf(message) });
    else if (event === 'no_sdk') this.#noSdk(message);
    else this.#listeners.onEvent(message);
  }

  #answered(id: number, message: JsonObject): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    if (message['begun'] === true) {
      pending.begun = true;
      return;
    }
    this.#pending.delete(id);
    pending.deadline.cancel();
    const { error } = message;
    if (isJsonObject(error)) {
      pending.settle({ kind: 'raised', type: String(error['type']), text: String(error['text']) });
      return;
    }
    this.#lastAnswer = this.#listeners.timers.wallNow();
    pending.settle({ kind: 'value', value: message['value'] ?? null });
  }

  #noSdk(message: JsonObject): void {
    this.#ready.reject(message['missing'] === true ? missing(this.#hello.python) : broken(String(message['text'])));
    this.end('xtquant cannot be imported');
  }

  #end(how: string): void {
    const why = this.#reason ?? how;
    this.#gone = why;
    this.#ready.reject(failed(why));
    for (const { settle, deadline, changes, begun } of this.#pending.values()) {
      deadline.cancel();
      settle({ kind: 'lost', begun: begun || !changes, text: why });
    }
    this.#pending.clear();
    try {
      this.#listeners.onGone(why);
    } catch (error) {
      this.#listeners.log.error(errorMessage(error));
    }
  }
}

function sdkOf(message: JsonObject): { sdk: string | null; file: string } {
  const { sdk, file } = message;
  return { sdk: typeof sdk === 'string' ? sdk : null, file: typeof file === 'string' ? file : '' };
}

const INSTALL =
  'Install it for that Python (python -m pip install xtquant; Windows, 64 bit, Python 3.6 to 3.13), name another one with --python, or the folder that holds it with --xtquant. To try the server without QMT add --simulate.';

function missing(python: string): BtError {
  return new BtError('XTQUANT_MISSING', `Python ${python} has no xtquant. ${INSTALL}`, { fault: 'config' });
}

function broken(text: string): BtError {
  return new BtError('XTQUANT_BROKEN', `xtquant is there and cannot be imported: ${text}. ${INSTALL}`, {
    fault: 'config',
  });
}

function failed(why: string): BtError {
  return new BtError(
    'BRIDGE_FAILED',
    `The bridge to QMT does not run: ${why}. Name a Python that starts with --python, or look at the lines above.`,
    { fault: 'config' },
  );
}
