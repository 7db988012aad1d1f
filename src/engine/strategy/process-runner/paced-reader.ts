import type { Readable } from 'node:stream';
import { monotonic } from '../../../platform/timers.ts';
import { onNextTurn } from '../../../platform/turn.ts';

/** So long may what a strategy sends hold the engine's loop before everything else has its turn, ms. */
const SLICE_MS = 2;

/** Makes pieces of a stream of bytes. */
export interface Decoder<T> {
  add(chunk: Buffer): void;
  /** The next whole piece; null = more bytes are needed. */
  next(): T | null;
  /** What is left when the stream has ended; null = nothing. */
  rest(): T | null;
}

/**
 * Takes what a strategy sends a slice at a time. What is not taken yet stays in the pipe, which is full soon: then the strategy
 * waits, not the engine.
 */
export class PacedReader<T> {
  /** Resolves when the stream has ended and all of it was taken. */
  readonly done: Promise<void>;
  readonly #stream: Readable;
  readonly #decoder: Decoder<T>;
  readonly #take: (piece: T) => void;
  readonly #finish: () => void;
  #resting = false;
  #ended = false;

  constructor(stream: Readable, decoder: Decoder<T>, take: (piece: T) => void) {
    this.#stream = stream;
    this.#decoder = decoder;
    this.#take = take;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.done = promise;
    this.#finish = resolve;
    stream.on('data', (chunk: Buffer) => {
      decoder.add(chunk);
      if (!this.#resting) this.#work();
    });
    stream.on('close', () => {
      this.#ended = true;
      if (!this.#resting) this.#work();
    });
    stream.on('error', () => undefined); // it closes
  }

  #work(): void {
    this.#resting = false;
    const until = monotonic() + SLICE_MS;
    for (let piece = this.#decoder.next(); piece !== null; piece = this.#decoder.next()) {
      this.#take(piece);
      if (monotonic() < until) continue;
      this.#rest();
      return;
    }
    if (this.#ended) this.#last();
    else this.#stream.resume();
  }

  #rest(): void {
    this.#resting = true;
    this.#stream.pause();
    onNextTurn(() => this.#work());
  }

  #last(): void {
    const rest = this.#decoder.rest();
    if (rest !== null) this.#take(rest);
    this.#finish();
  }
}
