const LINE_FEED = 0x0a;

/** Whole lines out of a stream of bytes; one that is longer than `most` bytes comes in pieces. */
export class LineSplitter {
  readonly #most: number;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  push(chunk: Buffer): Buffer[] {
    const lines: Buffer[] = [];
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      this.#keep(chunk.subarray(from, end));
      lines.push(this.rest());
      from = end + 1;
    }
    this.#keep(chunk.subarray(from));
    if (this.#bytes > this.#most) lines.push(this.rest());
    return lines;
  }

  /** What has no end yet; empty when there is nothing. */
  rest(): Buffer {
    const line = this.#parts.length === 1 ? this.#parts[0] : undefined;
    const whole = line ?? Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    return whole;
  }

  #keep(part: Buffer): void {
    if (part.length === 0) return;
    this.#parts.push(part);
    this.#bytes += part.length;
  }
}
