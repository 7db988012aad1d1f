import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { errorMessage } from '../../../domain/errors.ts';
import { pythonEnvironment } from '../../../platform/env.ts';
import { shortId } from '../../../platform/ids.ts';
import { LineRation, notShown } from '../../../platform/line-ration.ts';
import type { Log } from '../../../platform/log.ts';
import { after, monotonic, type Timer } from '../../../platform/timers.ts';
import { LineDecoder } from '../process-runner/line-decoder.ts';
import { PacedReader } from '../process-runner/paced-reader.ts';
import type { StrategyEnd } from '../types.ts';
import type { Python } from './interpreter.ts';
import { LastWords } from './last-words.ts';
import { watchMemory } from './memory-watch.ts';
import { PYTHON_PACKAGE } from './package-folder.ts';

/** What it wrote before its end is waited for so long: a process of its own may hold its pipes open. */
const REST_MS = 1_000;
const MEGABYTE = 1024 * 1024;
/** The file descriptor under which Python has the account's version. */
export const VERSION_FD = 3;

const isWindows = process.platform === 'win32';

export interface PythonOptions {
  readonly python: Python;
  /** Where its pipes are made. */
  readonly folder: string;
  /** The file of the account's version, open. */
  readonly version: number;
  /** Python's side of us; ours when left out. */
  readonly package?: string;
}

export interface PythonListeners {
  readonly log: Log;
  readonly memoryLimitMb: number;
  /** The author's files, absolute. */
  readonly inputs: ReadonlySet<string>;
  /** Called once, when Python has ended by itself or by somebody else. */
  readonly onEnd: (end: StrategyEnd) => void;
}

/**
 * Python's process of a strategy: what it prints goes to the log, what ends it is the reason of the strategy's end. It leads a group of
 * its own, which ends with it; its standard input is its lifeline, so that it ends when the engine does.
 */
export class PythonProcess {
  readonly toPython: string;
  readonly fromPython: string;
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #words = new LastWords();
  /** How it ended, when it has; an error of starting it is an end too. */
  #ended: { readonly code: number | null; readonly signal: string | null; readonly error: string | null } | null = null;
  #listeners: PythonListeners | null = null;
  #memory: Timer | null = null;
  /** Resolves when all that it wrote has been taken. */
  #rest: Promise<unknown> = Promise.resolve();
  #finished = false;
  /** Why we end it. */
  #reason: string | null = null;

  /** Throws what the system says. */
  constructor({ python, folder, version, package: own = PYTHON_PACKAGE }: PythonOptions) {
    this.#folder = join(folder, `python-${shortId()}`);
    mkdirSync(this.#folder, { mode: 0o700 });
    this.toPython = join(this.#folder, 'to_python');
    this.fromPython = join(this.#folder, 'from_python');
    this.#child = spawn(python.path, ['-B', '-X', 'utf8', join(own, 'main.py'), this.#folder], {
      stdio: ['pipe', 'pipe', 'pipe', version],
      env: pythonEnvironment(),
      detached: !isWindows, // a group of its own
      windowsHide: true,
    });
    this.#child.on('error', (error) => this.#end({ code: null, signal: null, error: errorMessage(error) }));
    this.#child.on('exit', (code, signal) => this.#end({ code, signal, error: null }));
    for (const stream of this.#child.stdio) stream?.on('error', () => undefined); // it has ended
  }

  get pid(): number | null {
    return this.#child.pid ?? null;
  }

  /** From now on what it says goes to the log, and its end is told, also one that has been. */
  listen(listeners: PythonListeners): void {
    this.#listeners = listeners;
    const { log, memoryLimitMb } = listeners;
    const read = [
      this.#lines(this.#child.stdout, (line) => log.info(line)),
      this.#lines(this.#child.stderr, (line) => {
        this.#words.add(line);
        log.warning(line);
      }),
    ];
    this.#rest = Promise.all(read);
    if (this.pid !== null && this.#ended === null) {
      this.#memory = watchMemory(this.pid, memoryLimitMb * MEGABYTE, (bytes) => {
        const held = Math.round(bytes / MEGABYTE);
        this.#reason ??= `Python holds ${held} MB of memory, above the limit of ${memoryLimitMb} MB (STRATEGY_MEMORY_MB)`;
        this.#killGroup();
      });
    }
    if (this.#ended !== null) this.#tell();
  }

  /** Both ends hold the pipes open: their names would lie about after `kill -9`. */
  forgetNames(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Ends it and all that it started; its end is told no more. */
  kill(): void {
    if (this.#finished) return;
    this.#finish();
    this.#killGroup();
  }

  #lines(stream: Readable | null, take: (line: string) => void): Promise<void> {
    if (stream === null) return Promise.resolve();
    const lines = new LineRation(take, notShown, monotonic);
    return new PacedReader(stream, new LineDecoder(), (line) => lines.write(line)).done;
  }

  #end(ended: { readonly code: number | null; readonly signal: string | null; readonly error: string | null }): void {
    if (this.#ended !== null) return;
    this.#ended = ended;
    this.#memory?.cancel();
    this.forgetNames();
    if (this.#listeners !== null) this.#tell();
  }

  /** When what it wrote has been read, or soon: its last words say why. */
  #tell(): void {
    const tell = (): void => {
      if (this.#finished || this.#listeners === null) return;
      const end = this.#endOf();
      this.#finish();
      this.#killGroup(); // what it started holds its pipes
      this.#listeners.onEnd(end);
    };
    const limit = after(REST_MS, tell);
    void this.#rest.then(() => limit.cancel()).then(tell);
  }

  #endOf(): StrategyEnd {
    const { code, signal, error } = this.#ended ?? { code: null, signal: null, error: null };
    if (this.#reason !== null) return { kind: 'lost', reason: this.#reason };
    if (error !== null) return { kind: 'lost', reason: `Python does not run: ${error}` };
    if (signal === null) return { kind: 'exit', code: code ?? 0 };
    const place = this.#words.place(this.#listeners?.inputs ?? new Set());
    const hint = signal === 'SIGKILL' ? ': somebody ended it, or the system had no more memory' : place;
    return { kind: 'lost', reason: `Python was ended by ${signal}${hint}` };
  }

  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#memory?.cancel();
    this.forgetNames();
    for (const stream of this.#child.stdio) stream?.destroy();
    this.#child.unref();
  }

  #killGroup(): void {
    const { pid } = this;
    if (pid === null) return;
    try {
      if (isWindows) this.#child.kill('SIGKILL');
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // it has ended, and so has its group
    }
  }
}
