import type { TimerSource } from '../../platform/timers.ts';
import { Outbox } from '../outbox.ts';
import type { SessionSocket } from '../session-socket.ts';

/** An outbox that can fall silent, and let one frame trickle while all others wait behind it. */
export class FaultyOutbox extends Outbox {
  readonly #peer: SessionSocket;
  #waiting: Buffer[] | null = null;
  readonly #held: Buffer[] = [];
  #holds = 0;
  #muted = false;

  constructor(socket: SessionSocket, timers: TimerSource, onStall: () => void) {
    super(socket, timers, onStall);
    this.#peer = socket;
  }

  override send(frame: Buffer): void {
    if (this.#muted) return;
    if (this.#holds === 0) this.#pass(frame);
    else this.#held.push(frame);
  }

  /** Keeps everything back until each `hold` has met its `release`. */
  hold(): void {
    this.#holds += 1;
  }

  release(): void {
    this.#holds -= 1;
    if (this.#holds > 0) return;
    for (const frame of this.#held.splice(0)) this.#pass(frame);
  }

  #pass(frame: Buffer): void {
    if (this.#waiting === null) super.send(frame);
    else this.#waiting.push(frame);
  }

  /** Sends the first bytes of a frame, and after them nothing more: neither answers nor pongs nor ticks. */
  sendPart(frame: Buffer, bytes: number): void {
    this.send(frame.subarray(0, bytes));
    this.#muted = true;
  }

  /** Sends a frame piece by piece, a wait of so many wall ms after each; resolves when its last byte is written. */
  async trickle(frame: Buffer, bytes: number, wait: () => Promise<void>): Promise<void> {
    if (this.#muted) return;
    if (this.#waiting !== null) {
      this.send(frame);
      return;
    }
    const waiting: Buffer[] = [];
    this.#waiting = waiting;
    for (let at = 0; at < frame.length && !this.#peer.destroyed; at += bytes) {
      super.send(frame.subarray(at, at + bytes));
      await wait();
    }
    this.#waiting = null;
    for (const held of waiting) this.send(held);
  }
}
