import { MessageChannel, Worker } from 'node:worker_threads';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import type { DispatchContext } from '../../../runtime/host.ts';
import { errorMessage } from '../../domain/errors.ts';
import type { Log } from '../../platform/log.ts';
import { after, type Timer } from '../../platform/timers.ts';
import { BridgeServer } from './bridge-server.ts';
import { send, SLOT_COUNT, type FromWorker, type ToWorker, type WorkerStart } from './bridge.ts';
import type { AsyncHost, StrategyEnd } from './types.ts';

/** A thread that does not let itself be stopped (a native call cannot be interrupted) is given up after this. */
const TERMINATE_MS = 2000;

/** A checkout runs the source, the built package the file beside it. */
const MAIN = import.meta.url.endsWith('.ts')
  ? new URL('./worker-main.ts', import.meta.url)
  : new URL('./worker-main.js', import.meta.url);

export interface ThreadParts {
  readonly start: Omit<WorkerStart, 'port' | 'shared'>;
  readonly host: AsyncHost;
  readonly log: Log;
  /** The context of the dispatch that runs. */
  readonly context: () => DispatchContext;
  readonly onMessage: (message: FromWorker) => void;
  /** Called exactly once; nothing is called afterwards. */
  readonly onEnd: (end: StrategyEnd) => void;
}

/** The operating side of the strategy's thread: starting it, talking to it, ending it, and knowing why it ended. */
export class WorkerThread {
  readonly #parts: ThreadParts;
  readonly #worker: Worker;
  readonly #bridge: BridgeServer;
  /** Why it is going to end, when we know before it does. */
  #reason: string | null = null;
  #deadline: Timer | null = null;
  #ended = false;

  constructor(parts: ThreadParts) {
    this.#parts = parts;
    const { port1, port2 } = new MessageChannel();
    const shared = new Int32Array(new SharedArrayBuffer(SLOT_COUNT * Int32Array.BYTES_PER_ELEMENT));
    const workerData: WorkerStart = { ...parts.start, port: port2, shared };
    this.#bridge = new BridgeServer(port1, shared, parts.host, parts.context);
    this.#worker = new Worker(MAIN, {
      name: 'strategy',
      workerData,
      transferList: [port2],
      env: {}, // no token reaches the strategy
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    this.#listen();
  }

  post(message: ToWorker): void {
    send(this.#worker, message);
  }

  bumpAccount(version: number): void {
    this.#bridge.bumpAccount(version);
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
    this.#worker.on('message', (message: FromWorker) => {
      if (this.#ended) return;
      this.#bridge.drain();
      onMessage(message);
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

  #end(end: StrategyEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#deadline?.cancel();
    this.#bridge.drain();
    this.#bridge.close();
    this.#parts.onEnd(end);
  }
}

/** What bypasses `console` (process.stdout.write, warnings of Node) still ends up in the log. */
function eachLine(stream: Readable, take: (line: string) => void): void {
  createInterface({ input: stream }).on('line', take);
}
