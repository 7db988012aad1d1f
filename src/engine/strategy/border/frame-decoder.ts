import { HEAD } from './frames.ts';

export interface FrameDecoderOptions {
  /** Bytes of the longest message. */
  readonly longest: number;
  /** Told once of a length that no message has: all that follows is worthless. */
  readonly onBroken: (length: number) => void;
}

/** Frames, without their lengths, out of the bytes of a pipe. */
export class FrameDecoder {
  readonly #options: FrameDecoderOptions;
  readonly #chunks: Buffer[] = [];
  #held = 0;
  #length: number | null = null;
  #broken = false;

  constructor(options: FrameDecoderOptions) {
    this.#options = options;
  }

  add(chunk: Buffer): void {
    if (this.#broken) return;
    this.#chunks.push(chunk);
    this.#held += chunk.length;
  }

  /** Null = more bytes are needed. */
  next(): Buffer | null {
    if (this.#broken) return null;
    this.#length ??= this.#cut(HEAD)?.readUInt32LE() ?? null;
    if (this.#length === null) return null;
    if (this.#length > this.#options.longest) {
      this.#break(this.#length);
      return null;
    }
    const body = this.#cut(this.#length);
    if (body !== null) this.#length = null;
    return body;
  }

  /** Half a message is none. */
  rest(): null {
    return null;
  }

  #break(length: number): void {
    this.#broken = true;
    this.#chunks.length = 0;
    this.#held = 0;
    this.#options.onBroken(length);
  }

  /** The first bytes; null when there are not so many yet. */
  #cut(length: number): Buffer | null {
    if (this.#held < length) return null;
    if ((this.#chunks[0]?.length ?? 0) < length) this.#chunks.splice(0, Infinity, Buffer.concat(this.#chunks));
    const [first = Buffer.alloc(0)] = this.#chunks;
    if (first.length === length) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(length);
    this.#held -= length;
    return first.subarray(0, length);
  }
}
