import { BtError } from '../../src/domain/errors.ts';

/** What `read_file` gives, as Python's bytes: numbers by position, `length`, and a text by `decode`. */
export class Bytes extends Uint8Array {
  static get [Symbol.species](): Uint8ArrayConstructor {
    return Uint8Array;
  }

  /** The text these bytes are in an encoding: utf-8, gbk, gb18030 …; BAD_ARGUMENT for one that is not known, or bytes that are no such text. */
  decode(encoding = 'utf-8'): string {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(this);
    } catch {
      throw new BtError(
        'BAD_ARGUMENT',
        `decode('${encoding}'): these ${this.length} bytes are no text in that encoding, or it is not known. Try 'gbk' or 'utf-8'.`,
        { fault: 'strategy' },
      );
    }
  }

  override toString(): string {
    return `<${this.length} bytes: decode() makes a text of them>`;
  }
}
