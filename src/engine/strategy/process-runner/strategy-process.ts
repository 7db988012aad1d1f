import type { ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { BtError, errorMessage } from '../../../domain/errors.ts';
import { LineRation, notShown } from '../../../platform/line-ration.ts';
import type { Log } from '../../../platform/log.ts';
import { after, monotonic, type Timer } from '../../../platform/timers.ts';
import { BridgeServer, type BridgeServerParts } from '../border/bridge-server.ts';
import { FrameDecoder } from '../border/frame-decoder.ts';
import { fromFrame, LONGEST_FROM_STRATEGY, toFrame } from '../border/frames.ts';
import {
  readCall,
  readFromStrategy,
  type FromStrategy,
  type StrategyStart,
  type ToStrategy,
} from '../border/messages.ts';
import { FD } from '../border/pipes.ts';
import type { PythonProcess } from '../python/python-process.ts';
import type { StrategyEnd } from '../types.ts';
import { LineDecoder } from './line-decoder.ts';
import { PacedReader, type Decoder } from './paced-reader.ts';
import type { VersionFile } from './version-file.ts';
import type { WaitingProcess } from './waiting-process.ts';

/** A process that does not end when it is killed (its disk or its debugger holds it) is given up after this. */
const KILL_MS = 2_000;
/** What it wrote before its end is waited for so long: a process of its own may hold its pipes open. */
const REST_MS = 1_000;
/** V8's exit code on Windows when the heap is full. */
const OUT_OF_MEMORY = 134;
const MEGABYTE = 1024 * 1024;

export interface ProcessParts extends Pick<BridgeServerParts, 'engine' | 'context' | 'marketTime'> {
  readonly waiting: WaitingProcess;
  readonly start: Omit<StrategyStart, 'memoryLimitBytes'>;
  readonly memoryLimitMb: number;
  readonly log: Log;
  readonly onMessage: (message: Exclude<FromStrategy, { kind: 'crashed' | 'python_read' }>) => void;
  /** Called exactly once; nothing is called afterwards. */
  readonly onEnd: (end: StrategyEnd) => void;
}

/** The operating side of the strategy's process: telling it what to run, talking to it, ending it, and knowing why it ended. */
export class StrategyProcess {
  readonly #parts: ProcessParts;
  readonly #version: VersionFile;
  readonly #child: ChildProcess;
  readonly #pipes: readonly (Duplex | null)[];
  readonly #bridge: BridgeServer;
  readonly #python: PythonProcess | null;
  /** Why it is going to end, when we know before it does. */
  #reason: string | null = null;
  /** How its Python ended, when that was first. */
  #pythonEnd: StrategyEnd | null = null;
  /** Its last lines are passed on: they say most. */
  #pythonRead = false;
  #afterPython: (() => void) | null = null;
  #deadline: Timer | null = null;
  #ended = false;
  #saidOdd = false;

  /** BtError STRATEGY_LOAD when the process could not be made. */
  constructor(parts: ProcessParts) {
    this.#parts = parts;
    this.#version = parts.waiting.version;
    this.#child = parts.waiting.child;
    this.#python = parts.waiting.python;
    // All of them, which its type does not say; none when the system has no more files.
    this.#pipes = (this.#child.stdio as readonly (Duplex | null)[] | undefined) ?? [];
    if (this.#pipes.length === 0) throw noProcess();
    for (const pipe of this.#pipes) pipe?.on('error', () => undefined); // its process has ended
    const { start, memoryLimitMb } = parts;
    this.#bridge = new BridgeServer({
      ...parts,
      answers: this.#pipe(FD.answers),
      onOdd: (text) => this.#odd(text),
    });
    this.#listen();
    this.#listenToPython();
    this.post({ ...start, memoryLimitBytes: memoryLimitMb * MEGABYTE });
  }

  /** The call that the strategy waits for; null = none. */
  get waiting(): string | null {
    return this.#bridge.waiting;
  }

  post(message: StrategyStart | ToStrategy): void {
    this.#pipe(FD.dispatches).write(toFrame(message));
  }

  bumpAccount(version: number): void {
    try {
      this.#version.write(version);
    } catch (error) {
      this.kill(`it cannot be told of the account's changes: ${errorMessage(error)}`);
    }
  }

  /** Ends the process whatever it does; `onEnd` follows within 2 s. */
  kill(reason: string): void {
    if (this.#ended) return;
    this.#reason ??= reason;
    this.#killBoth();
    this.#deadline ??= after(KILL_MS, () => {
      this.#end({ kind: 'lost', reason: `${this.#reason ?? reason}; process ${this.#child.pid} does not end` });
    });
  }

  #killBoth(): void {
    this.#child.kill('SIGKILL');
    this.#python?.kill();
  }

  /** The strategy is its script: it ends when that does. */
  #listenToPython(): void {
    const { log, memoryLimitMb, start } = this.#parts;
    this.#python?.listen({
      log,
      memoryLimitMb,
      inputs: new Set(start.inputs),
      onEnd: (end) => {
        this.#pythonEnd ??= end;
        this.#afterPython = () => (end.kind === 'lost' ? this.kill(end.reason) : this.#killBoth());
        after(this.#pythonRead ? 0 : REST_MS, this.#afterPython);
      },
    });
  }

  #listen(): void {
    const { log } = this.#parts;
    const read = [
      new PacedReader(this.#pipe(FD.calls), this.#frames(), (body) => this.#take(body)),
      new PacedReader(
        this.#pipe(FD.output),
        new LineDecoder(),
        rationed((line) => log.info(line)),
      ),
      new PacedReader(
        this.#pipe(FD.complaints),
        new LineDecoder(),
        rationed((line) => log.warning(line)),
      ),
    ];
    const lifeline = this.#pipe(FD.lifeline);
    lifeline.on('data', (bytes: Buffer) => this.#tooLarge(Number(bytes.toString())));
    lifeline.on('end', () => this.#cutOff());
    this.#child.on('error', (error) => {
      this.#reason ??= `its process does not run: ${errorMessage(error)}`;
      if (this.#child.pid === undefined) this.#end({ kind: 'lost', reason: this.#reason });
    });
    this.#child.on('exit', (code, signal) => {
      const finish = (): void => this.#end(this.#endOf(code, signal));
      after(REST_MS, finish);
      void Promise.all(read.map(({ done }) => done)).then(finish);
    });
  }

  #frames(): Decoder<Buffer> {
    const onBroken = (length: number): void => this.kill(`it sent the engine a message of ${length} bytes`);
    return new FrameDecoder({ longest: LONGEST_FROM_STRATEGY, onBroken });
  }

  #take(body: Buffer): void {
    if (this.#ended) return;
    const received = readFrame(body);
    const call = readCall(received);
    if (call !== null) {
      this.#bridge.serve(call);
      return;
    }
    const message = readFromStrategy(received);
    if (message === null) this.#odd('a message that means nothing');
    else if (message.kind === 'python_read') {
      this.#pythonRead = true;
      this.#afterPython?.();
    } else if (message.kind === 'crashed') this.#reason ??= `its process crashed: ${message.error.message}`;
    else {
      if (message.kind === 'ready') this.#python?.forgetNames();
      this.#parts.onMessage(message);
    }
  }

  #tooLarge(bytes: number): void {
    const { memoryLimitMb } = this.#parts;
    const held = Math.round(bytes / MEGABYTE);
    this.kill(`it holds ${held} MB of memory, above the limit of ${memoryLimitMb} MB (STRATEGY_MEMORY_MB)`);
  }

  /** Its watcher is gone. That of a process that ends is too, so it has a moment for that. */
  #cutOff(): void {
    this.#deadline ??= after(REST_MS, () => {
      this.#deadline = null;
      this.kill('it closed what ties it to the engine');
    });
  }

  #endOf(code: number | null, signal: NodeJS.Signals | null): StrategyEnd {
    if (this.#reason !== null) return { kind: 'lost', reason: this.#reason };
    if (this.#pythonEnd !== null) return this.#pythonEnd;
    if (code !== null && code !== OUT_OF_MEMORY) return { kind: 'exit', code };
    const { memoryLimitMb } = this.#parts;
    const hint = `its heap reached ${memoryLimitMb} MB (STRATEGY_MEMORY_MB), it crashed, or somebody ended it`;
    return { kind: 'lost', reason: `its process was ended by ${signal ?? `code ${code ?? 0}`}: ${hint}` };
  }

  #pipe(fd: number): Duplex {
    return this.#pipes[fd] as Duplex; // all of them were asked for
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
    this.#python?.kill();
    for (const pipe of this.#pipes) pipe?.destroy();
    this.#child.unref();
    this.#version.close();
    this.#parts.onEnd(end);
  }
}

function readFrame(body: Buffer): unknown {
  try {
    return fromFrame(body);
  } catch {
    return null;
  }
}

function noProcess(): BtError {
  return new BtError('STRATEGY_LOAD', 'The strategy cannot have a process: the system has no more files (ulimit -n).', {
    fault: 'config',
  });
}

/** What bypasses `console` (process.stdout.write, warnings of Node) ends up in the log, so many lines a second. */
function rationed(take: (line: string) => void): (line: string) => void {
  const lines = new LineRation(take, notShown, monotonic);
  return (line) => lines.write(line);
}
