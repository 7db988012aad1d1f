import { appendFileSync } from 'node:fs';
import { delay } from '../../../src/platform/timers.ts';
import { BT, start, type Running } from '../../e2e/cli-process.ts';

export interface SupervisedOptions {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Everything that all its lives print goes there. */
  readonly logFile: string;
  /** What it prints when it is up. */
  readonly ready: RegExp;
}

/** A process that is killed and started again. */
export class Supervised {
  readonly #options: SupervisedOptions;
  #running: Running | null = null;
  #lives = 0;

  constructor(options: SupervisedOptions) {
    this.#options = options;
  }

  get lives(): number {
    return this.#lives;
  }

  /** Starts it, unless it runs; resolves when it is up. Rejects when it ends before. */
  async up(): Promise<void> {
    if (this.#running !== null) return;
    const { args, cwd, env, ready } = this.#options;
    this.#lives += 1;
    const running = start(BT, args, { cwd, ...(env === undefined ? {} : { env }) });
    this.#running = running;
    void this.#keep(running);
    await running.output(ready);
  }

  /** kill -9, and up again after `downMs`; whether it was up already does not matter. */
  async killFor(downMs: number): Promise<void> {
    await this.kill();
    await delay(downMs);
    this.launch();
  }

  /** Starts it and does not wait until it is up. */
  launch(): void {
    this.up().catch(() => {
      // It was killed while it started.
    });
  }

  async kill(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    running?.child.kill('SIGKILL');
    await running?.finished;
  }

  /** Resolves when its present life prints this; rejects when it ends without. */
  async output(pattern: RegExp): Promise<RegExpExecArray> {
    if (this.#running === null) throw new Error('it does not run');
    return this.#running.output(pattern);
  }

  /** Ctrl-C; resolves when it has ended. */
  async interrupt(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    running?.child.kill('SIGINT');
    await running?.finished;
  }

  async #keep({ finished }: Running): Promise<void> {
    const { code, signal, stdout, stderr } = await finished;
    appendFileSync(this.#options.logFile, `${stdout}${stderr}\n— ended with ${code ?? signal ?? '?'}\n\n`);
  }
}
