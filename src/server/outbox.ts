import type { Timer, TimerSource } from '../platform/timers.ts';
import { WRITE_STALL_MS } from './limits.ts';
import type { SessionSocket } from './session-socket.ts';

/**
 * What one session sends. While the peer does not read, answers are held back by whoever waits on `drained()`, and of the
 * events only the latest of each key is kept: a slow reader costs a bounded amount of memory.
 */
export class Outbox {
  readonly #socket: SessionSocket;
  readonly #timers: TimerSource;
  readonly #onStall: () => void;
  readonly #latest = new Map<string, Buffer>();
  #waiting: (() => void)[] = [];
  #stall: Timer | null = null;
  #collecting = false;

  constructor(socket: SessionSocket, timers: TimerSource, onStall: () => void) {
    this.#socket = socket;
    this.#timers = timers;
    this.#onStall = onStall;
    socket.on('drain', () => {
      this.#release();
    });
    socket.on('close', () => {
      this.#latest.clear();
      this.#release();
    });
  }

  /** True while earlier bytes wait for the peer. */
  get blocked(): boolean {
    return this.#socket.writableNeedDrain;
  }

  /**
   * What is sent from here to the end of this turn of the loop leaves in one write. For answers to pipelined requests; an answer
   * alone is written at once, which is cheaper.
   */
  collect(): void {
    if (this.#collecting || !this.#socket.writable) return;
    this.#collecting = true;
    this.#socket.cork();
    process.nextTick(() => {
      this.#collecting = false;
      this.#socket.uncork();
    });
  }

  send(frame: Buffer): void {
    if (!this.#socket.writable) return;
    if (!this.#socket.write(frame)) this.#watchStall();
  }

  /** Events by key: written together now, or kept (the latest of each key) until the peer reads again. */
  sendLatest(frames: ReadonlyMap<string, Buffer>): void {
    if (!this.#socket.writable || frames.size === 0) return;
    if (!this.blocked) {
      this.send(Buffer.concat([...frames.values()]));
      return;
    }
    for (const [key, frame] of frames) this.#latest.set(key, frame);
  }

  /** Forgets an event that still waits, because its subscription ended. */
  drop(key: string): void {
    this.#latest.delete(key);
  }

  /** Resolves when nothing waits for the peer any more, or the connection is gone. */
  drained(): Promise<void> {
    if (!this.blocked || this.#socket.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #release(): void {
    this.#stall?.cancel();
    this.#stall = null;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
    if (this.#latest.size === 0) return;
    const held = new Map(this.#latest);
    this.#latest.clear();
    this.sendLatest(held);
  }

  #watchStall(): void {
    this.#stall ??= this.#timers.after(WRITE_STALL_MS, this.#onStall);
  }
}
