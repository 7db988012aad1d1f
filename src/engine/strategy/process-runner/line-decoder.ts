import { StringDecoder } from 'node:string_decoder';
import type { Decoder } from './paced-reader.ts';

/** Longest line that is kept whole, in characters: a program may print for ever without ending its line. */
const LONGEST_LINE = 4_000;

/** Lines of text out of what a program prints; a line that is too long comes in pieces. */
export class LineDecoder implements Decoder<string> {
  readonly #decoder = new StringDecoder('utf8');
  #text = '';
  #at = 0;

  add(chunk: Buffer): void {
    this.#text = this.#text.slice(this.#at) + this.#decoder.write(chunk);
    this.#at = 0;
  }

  next(): string | null {
    const end = this.#text.indexOf('\n', this.#at);
    if (end === -1 ? this.#text.length - this.#at <= LONGEST_LINE : end - this.#at <= LONGEST_LINE) {
      return end === -1 ? null : this.#cut(end, end + 1);
    }
    return this.#cut(this.#at + LONGEST_LINE, this.#at + LONGEST_LINE);
  }

  rest(): string | null {
    const left = this.#text.slice(this.#at) + this.#decoder.end();
    return left === '' ? null : left;
  }

  #cut(end: number, next: number): string {
    const line = this.#text.slice(this.#at, end).replace(/\r$/u, '');
    this.#at = next;
    return line;
  }
}
