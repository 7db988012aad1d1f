/** Different keys and texts of one frame: each takes a place in V8's table of names, which costs more than reading its bytes. */
export const MAX_JSON_TEXTS = 250_000;
/** A text this long costs its bytes and no more; a frame that holds too many of them is too long to be one. */
const LONG = 64;
/** Fewer bytes cannot hold so many. */
const SMALL = MAX_JSON_TEXTS * 4;
const BITS = 23;
/** Of the golden ratio: salts that are small numbers mix as well. */
const MIX = 0x9e3779b1;

/**
 * Counts the different short texts of a frame, as near as a bitmap of their hashes can (2 % below at the limit). `salt`: an odd
 * number that whoever sends frames does not know, so that texts cannot be chosen to have one hash.
 */
export class TextCount {
  readonly #salt: number;
  readonly #seen = new Uint32Array(2 ** (BITS - 5));
  #count = 0;

  private constructor(salt: number) {
    this.#salt = (salt ^ MIX) | 1;
  }

  /** Null for a body that is too small to hold too many. */
  static of(body: Buffer, salt: number): TextCount | null {
    return body.length < SMALL ? null : new TextCount(salt);
  }

  /** Takes the text between these bytes; false when it is one too many. */
  take(body: Buffer, from: number, to: number): boolean {
    if (to - from > LONG) return true;
    let hash = to - from;
    for (let at = from; at < to; at += 1) {
      hash = Math.imul(hash ^ (body[at] ?? 0), this.#salt);
      hash ^= hash >>> 15;
    }
    const place = Math.imul(hash, MIX) >>> (32 - BITS);
    const [word, bit] = [place >>> 5, 1 << (place & 31)];
    const seen = this.#seen[word] ?? 0;
    if ((seen & bit) !== 0) return true;
    this.#seen[word] = seen | bit;
    this.#count += 1;
    return this.#count <= MAX_JSON_TEXTS;
  }
}
