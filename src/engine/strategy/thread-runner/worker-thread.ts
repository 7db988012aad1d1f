import { MessageChannel, Worker } from 'node:worker_threads';
import type { EngineCalls } from '../../../../runtime/border/calls.ts';
import type { DispatchContext } from '../../../../runtime/host.ts';
import { errorMessage } from '../../../domain/errors.ts';
import type { Log } from '../../../platform/log.ts';
import { after, type Timer } from '../../../platform/timers.ts';
import { BridgeServer } from '../border/bridge-server.ts';
import {
  readFromThread,
  send,
  SLOT_COUNT,
  type FromThread,
  type ThreadStart,
  type ToThread,
} from '../border/messages.ts';
import type { StrategyEnd } from '../types.ts';
import { MemoryMeter } from './memory-meter.ts';
import { eachLine } from './output-lines.ts';

/** A thread that does not let itself be stopped (a native call cannot be interrupted) is given up after this. */
const TERMINATE_MS = 2000;

/** A checkout runs the source, the built package the file beside it. */
const MAIN = import.meta.url.endsWith('.ts')
  ? new URL('../in-thread/main.ts', import.meta.url)
  : new URL('./strategy-main.js', import.meta.url);

export interface ThreadParts {
  readonly start: Omit<ThreadStart, 'port' | 'shared'>;
  readonly engine: EngineCalls;
  readonly log: Log;
  /** The context of the dispatch that runs. */
  readonly context: () => DispatchContext;
  readonly onMessage: (message: FromThread) => void;
  /** Called exactly once; nothing is called afterwards. */
  readonly onEnd: (end: StrategyEnd) => void;
}

/** The operating side of the strategy's thread: starting it, talking to it, ending it, and knowing why it ended. */
export class WorkerThread {
  readonly #parts: ThreadParts;
  readonly #worker: Worker;
  readonly #bridge: BridgeServer;
  readonly #memory: MemoryMeter;
  /** Why it is going to end, when we know before it does. */
  #reason: string | null = null;
  #deadline: Timer | null = null;
  #ended = false;
  #saidOdd = false;

  constructor(parts: ThreadParts) {
    this.#parts = parts;
    const { port1, port2 } = new MessageChannel();
    const shared = new Int32Array(new SharedArrayBuffer(SLOT_COUNT * Int32Array.BYTES_PER_ELEMENT));
    const workerData: ThreadStart = { ...parts.start, port: port2, shared };
    const { engine, context } = parts;
    this.#bridge = new BridgeServer({ port: port1, shared, engine, context, onOdd: (text) => this.#odd(text) });
    this.#worker = new Worker(MAIN, {
      name: 'strategy',
      workerData,
      transferList: [port2],
      env: {}, // what a strategy prints of it shows no token; a wall it is not
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    this.#memory = new MemoryMeter(() => this.#worker.getHeapStatistics());
    this.#listen();
  }

  post(message: ToThread): void {
    send(this.#worker, message);
  }

  bumpAccount(version: number): void {
    this.#bridge.bumpAccount(version);
  }

  /** Bytes that the thread holds. */
  memory(): number {
    return this.#memory.read();
  }

  /** Ends the thread whatever it does; `onEnd` follows within 2 s. */
  kill(reason: string): void {
    if (this.#ended) return;
    this.#reason ??= reason;
    void this.#worker.terminate();
    this.#deadline ??= after(TERMINATE_MS, () => {
      this.#end({
        kind: 'lost',
        reason: `${this.#reason ?? reason}; its thread does not stop, so restart the program`,
      });
    });
  }

  #listen(): void {
    const { log, onMessage } = this.#parts;
    this.#worker.on('message', (received: unknown) => {
      if (this.#ended) return;
      this.#bridge.drain();
      const message = readFromThread(received);
      if (message === null) this.#odd('a message that means nothing');
      else onMessage(message);
    });
    this.#worker.on('messageerror', () => {
      this.#odd('a message that cannot be read');
    });
    this.#worker.on('error', (error) => {
      this.#reason ??= `its thread crashed: ${errorMessage(error)}`;
    });
    this.#worker.on('exit', (code) => {
      this.#end(this.#reason === null ? { kind: 'exit', code } : { kind: 'lost', reason: this.#reason });
    });
    eachLine(this.#worker.stdout, (text) => {
      log.info(text);
    });
    eachLine(this.#worker.stderr, (text) => {
      log.warning(text);
    });
  }

  /** What is not of our runtime is not believed and ends nothing; said once, because it may come a million times. */
  #odd(text: string): void {
    if (this.#saidOdd) return;
    this.#saidOdd = true;
    this.#parts.log.warning(
      `The strategy sent the engine ${text}; it is left aside, and so are others without a word.`,
    );
  }

  #end(end: StrategyEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#deadline?.cancel();
    this.#bridge.drain();
    this.#bridge.close();
    this.#parts.onEnd(end);
  }
}
