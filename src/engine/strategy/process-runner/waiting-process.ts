import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../../../platform/env.ts';
import type { Python } from '../python/interpreter.ts';
import { PythonProcess } from '../python/python-process.ts';
import { VersionFile } from './version-file.ts';

/** A checkout runs the source, the built package the file beside it. */
const MAIN = import.meta.url.endsWith('.ts')
  ? new URL('../child/entry.ts', import.meta.url)
  : new URL('./strategy-main.js', import.meta.url);
/** The first for the reason that `bin/entry.js` gives. */
const FLAGS = ['--no-wasm-code-gc', '--disable-warning=ExperimentalWarning'];

export interface WaitingOptions {
  /** Where the account's version is kept. */
  readonly folder: string;
  readonly memoryLimitMb: number;
  readonly inspect: boolean;
}

/**
 * A process that waits to be told which strategy it runs, and ends itself when the engine is gone: most of its start needs to know
 * nothing of the strategy.
 */
export class WaitingProcess {
  readonly child: ChildProcess;
  readonly version: VersionFile;
  readonly #folder: string;
  #python: PythonProcess | null = null;

  /** Throws what the system says. */
  constructor({ folder, memoryLimitMb, inspect }: WaitingOptions) {
    this.#folder = folder;
    this.version = new VersionFile(folder);
    const debug = inspect ? ['--inspect-brk=127.0.0.1:0'] : [];
    const heap = `--max-old-space-size=${memoryLimitMb}`;
    this.child = spawn(process.execPath, [...FLAGS, heap, ...debug, fileURLToPath(MAIN)], {
      // As FD names them.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'pipe', this.version.fd],
      env: bareEnvironment(), // no token reaches the strategy
      windowsHide: true,
    });
  }

  /** The Python that runs the author's script; null when none was started. */
  get python(): PythonProcess | null {
    return this.#python;
  }

  /** Its own and its Python's. */
  pids(): readonly number[] {
    return [this.child.pid ?? null, this.#python?.pid ?? null].filter((pid) => pid !== null);
  }

  /** Starts the Python beside it, unless one runs; both see the same account. Throws what the system says. */
  startPython(python: Python, own?: string): PythonProcess {
    const where = { folder: this.#folder, version: this.version.fd, ...(own === undefined ? {} : { package: own }) };
    this.#python ??= new PythonProcess({ python, ...where });
    return this.#python;
  }
}

/** One that is started before it is needed, so that it starts while the account is read. */
export class ProcessAhead implements Disposable {
  #waiting: WaitingProcess | null;

  /** What keeps it from starting is for the one that is started at its time to tell. */
  constructor(options: WaitingOptions) {
    this.#waiting = startedOrNull(options);
    this.#waiting?.child.once('error', () => undefined);
  }

  /** The process, while it is not handed over. */
  get child(): ChildProcess | null {
    return this.#waiting?.child ?? null;
  }

  /** Starts the Python of its script too. */
  startPython(python: Python): void {
    try {
      this.#waiting?.startPython(python);
    } catch {
      // what keeps it from starting is for the one that is started at its time to tell
    }
  }

  /** Hands it over, once; null when it does not run. */
  take(): WaitingProcess | null {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting === null || runs(waiting)) return waiting;
    waiting.python?.kill();
    waiting.version.close();
    return null;
  }

  /** Ends it unless it was taken. */
  [Symbol.dispose](): void {
    const waiting = this.take();
    waiting?.child.kill('SIGKILL');
    waiting?.python?.kill();
    waiting?.version.close();
  }
}

function startedOrNull(options: WaitingOptions): WaitingProcess | null {
  try {
    return new WaitingProcess(options);
  } catch {
    return null;
  }
}

function runs({ child }: WaitingProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}
