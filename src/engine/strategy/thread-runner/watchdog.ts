import { after, every, type Timer } from '../../../platform/timers.ts';

const MEMORY_CHECK_MS = 50;
const MEGABYTE = 1024 * 1024;

export interface WatchdogOptions {
  readonly memoryLimitMb: number;
  readonly hookTimeoutMs: number;
  /** Called once with what is wrong, in words. */
  readonly alarm: (reason: string) => void;
  /** Bytes that the strategy holds. */
  readonly readMemory: () => number;
}

/** Watches what user code may do without asking: the memory it takes, and the time one hook takes. */
export class Watchdog {
  readonly #options: WatchdogOptions;
  readonly #memoryTimer: Timer;
  #hookTimer: Timer | null = null;

  constructor(options: WatchdogOptions) {
    this.#options = options;
    this.#memoryTimer = every(MEMORY_CHECK_MS, () => {
      this.#checkMemory();
    });
  }

  /** A hook begins: it must end (`hookEnded`) before its time-out. */
  hookBegan(name: string, hookTimeoutMs: number = this.#options.hookTimeoutMs): void {
    this.#hookTimer = after(hookTimeoutMs, () => {
      this.#alarm(`${name} ran longer than ${hookTimeoutMs / 1000} s (HOOK_TIME_OUT)`);
    });
  }

  hookEnded(): void {
    this.#hookTimer?.cancel();
    this.#hookTimer = null;
  }

  stop(): void {
    this.#memoryTimer.cancel();
    this.hookEnded();
  }

  #checkMemory(): void {
    const { memoryLimitMb, readMemory } = this.#options;
    const bytes = readMemory();
    if (bytes <= memoryLimitMb * MEGABYTE) return;
    const used = Math.round(bytes / MEGABYTE);
    this.#alarm(`it holds ${used} MB of memory, above the limit of ${memoryLimitMb} MB (STRATEGY_MEMORY_MB)`);
  }

  #alarm(reason: string): void {
    this.stop();
    this.#options.alarm(reason);
  }
}
