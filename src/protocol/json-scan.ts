import { BtError } from '../domain/errors.ts';
import { MAX_JSON_TEXTS, TextCount } from './json-texts.ts';

/** Deeper nesting is refused: the reference refuses it too, and recursive code behind the border would overflow. */
export const MAX_JSON_DEPTH = 500;
/** Members of one object. */
export const MAX_JSON_KEYS = 100_000;
/** Objects, lists, members and bare NaN and Infinity of one text together: each takes far more memory, or time, than it has bytes. */
export const MAX_JSON_PARTS = 2_000_000;

/** Stands for NaN while the native parser runs: a number that no price, quantity or time can be. */
export const NAN_STAND_IN = -7.25e-299;

/** What the native parser cannot do and what must be done in what it made. */
interface Repairs {
  readonly nan: boolean;
  readonly proto: boolean;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const COLON = 0x3a;
const ZERO = 0x30;
const NINE = 0x39;
const LONGEST_SAFE_DIGITS = 15;
// Spaces around each, so that `1NaN` or `NaN5` stays an error. 1e999 overflows to Infinity in the native parser.
const NAN_BYTES = Buffer.from(` ${NAN_STAND_IN} `);
const INFINITY_BYTES = Buffer.from(' 1e999 ');
const MINUS_INFINITY_BYTES = Buffer.from(' -1e999 ');
/** Fewer bytes are copied one by one: a call costs as much as thirty. */
const SHORT = 32;
const PROTO = Buffer.from('__proto__');

/**
 * One pass over the bytes, outside their strings: a text that the native parser reads as we need it, at the price of a copy only where
 * something must be written otherwise. Throws BAD_JSON for what is too deep or has too many parts; what is no JSON is left to the parser.
 * `salt`: see TextCount.
 */
export function readableJson(body: Buffer, salt: number): { readonly text: string; readonly repairs: Repairs | null } {
  const scan = new Scan(body, salt);
  scan.run();
  const { nan, proto } = scan;
  return { text: scan.text(), repairs: nan || proto ? { nan, proto } : null };
}

/** Members so far of each open object, by its depth. One for all: a scan has no turn within it, and memory outside the heap is dear. */
const KEYS = new Int32Array(MAX_JSON_DEPTH + 1);

class Scan {
  nan = false;
  proto = false;
  readonly #body: Buffer;
  readonly #keys = KEYS;
  readonly #texts: TextCount | null;
  #depth = 0;
  #parts = 0;
  #out: Buffer | null = null;
  #filled = 0;
  /** First byte that is not copied yet. */
  #from = 0;

  constructor(body: Buffer, salt: number) {
    this.#body = body;
    this.#keys[0] = 0;
    this.#texts = TextCount.of(body, salt);
  }

  run(): void {
    const body = this.#body;
    for (let at = 0; at < body.length; at += 1) {
      const code = body[at] ?? 0;
      if (code === QUOTE) at = this.#string(at);
      else if (code >= ZERO && code <= NINE) at = this.#number(at);
      else if (code === COLON) this.#member();
      else if (code === 0x7b || code === 0x5b) this.#open();
      else if (code === 0x7d || code === 0x5d) this.#depth = Math.max(0, this.#depth - 1);
      else if (code === 0x4e || code === 0x49) at = this.#token(at);
    }
  }

  text(): string {
    if (this.#out === null) return this.#body.toString('utf8');
    this.#copyUntil(this.#body.length);
    return this.#out.toString('utf8', 0, this.#filled);
  }

  #open(): void {
    this.#depth += 1;
    if (this.#depth > MAX_JSON_DEPTH) throw badJson(`it is nested more than ${MAX_JSON_DEPTH} levels deep`, 'depth');
    this.#keys[this.#depth] = 0;
    this.#part();
  }

  #member(): void {
    const keys = (this.#keys[this.#depth] ?? 0) + 1;
    if (keys > MAX_JSON_KEYS) throw badJson(`an object in it has more than ${MAX_JSON_KEYS} keys`, 'size');
    this.#keys[this.#depth] = keys;
    this.#part();
  }

  #part(): void {
    this.#parts += 1;
    if (this.#parts > MAX_JSON_PARTS) throw badJson(`it has more than ${MAX_JSON_PARTS} parts`, 'size');
  }

  /** Index of the closing quote; the end when there is none (the parser then refuses it). */
  #string(open: number): number {
    const body = this.#body;
    let at = open + 1;
    for (; at < body.length && body[at] !== QUOTE; at += 1) if (body[at] === BACKSLASH) at += 1;
    if (isProto(body, open + 1, at)) this.proto = true;
    if (this.#texts?.take(body, open + 1, at) === false)
      throw badJson(`it has more than ${MAX_JSON_TEXTS} different keys and texts`, 'size');
    return at;
  }

  /** Index of the last character a number may have. An integer that a double cannot hold is put in quotes, but not as a key. */
  #number(start: number): number {
    const body = this.#body;
    let digitsOnly = true;
    let end = start + 1;
    for (; end < body.length; end += 1) {
      const code = body[end] ?? 0;
      if (code >= ZERO && code <= NINE) continue;
      // . + - e E
      if (code !== 0x2e && code !== 0x2b && code !== MINUS && code !== 0x65 && code !== 0x45) break;
      digitsOnly = false;
    }
    if (digitsOnly && end - start > LONGEST_SAFE_DIGITS && body[start] !== ZERO) this.#integer(start, end);
    return end - 1;
  }

  #integer(start: number, end: number): void {
    const body = this.#body;
    const first = start > 0 && body[start - 1] === MINUS ? start - 1 : start;
    // More digits than these are no safe integer whatever they are, and may be megabytes.
    const wide = end - start > 16 || !Number.isSafeInteger(Number(body.toString('latin1', start, end)));
    if (!wide || isKey(body, end)) return;
    this.#copyUntil(first);
    this.#put(QUOTE);
    this.#copyUntil(end);
    this.#put(QUOTE);
  }

  /** Index of the last character of a bare word starting at `at`. */
  #token(at: number): number {
    const body = this.#body;
    if (hasWord(body, at, 'NaN')) {
      this.nan = true;
      this.#replace(at, at + 3, NAN_BYTES);
      return at + 2;
    }
    if (!hasWord(body, at, 'Infinity')) return at;
    const negative = at > 0 && body[at - 1] === MINUS;
    this.#replace(negative ? at - 1 : at, at + 8, negative ? MINUS_INFINITY_BYTES : INFINITY_BYTES);
    return at + 7;
  }

  #replace(start: number, end: number, by: Buffer): void {
    this.#part();
    this.#copyUntil(start);
    const out = this.#output();
    for (const byte of by) out[this.#filled++] = byte;
    this.#from = end;
  }

  #put(byte: number): void {
    this.#output()[this.#filled] = byte;
    this.#filled += 1;
  }

  #copyUntil(end: number): void {
    const out = this.#output();
    if (end - this.#from > SHORT) this.#filled += this.#body.copy(out, this.#filled, this.#from, end);
    else for (let at = this.#from; at < end; at += 1) out[this.#filled++] = this.#body[at] ?? 0;
    this.#from = end;
  }

  /** Large enough for anything: a NaN of 3 bytes becomes as many as its stand-in has. */
  #output(): Buffer {
    this.#out ??= Buffer.allocUnsafeSlow(this.#body.length * Math.ceil(NAN_BYTES.length / 3) + NAN_BYTES.length);
    return this.#out;
  }
}

function hasWord(body: Buffer, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i += 1) if (body[at + i] !== word.charCodeAt(i)) return false;
  return true;
}

/** True when what ends before `end` stands before a colon: there a number is an error, and must stay one. */
function isKey(body: Buffer, end: number): boolean {
  let at = end;
  while (body[at] === 0x20 || body[at] === 0x0a || body[at] === 0x0d || body[at] === 0x09) at += 1;
  return body[at] === COLON;
}

/** True for `__proto__`, each character written as it is or as `\u005f`. */
function isProto(body: Buffer, start: number, end: number): boolean {
  let at = start;
  for (const expected of PROTO) {
    if (body[at] === expected) at += 1;
    else if (body[at] === BACKSLASH && body[at + 1] === 0x75 && hexAt(body, at + 2) === expected) at += 6;
    else return false;
  }
  return at === end;
}

function hexAt(body: Buffer, at: number): number {
  const digits = body.toString('latin1', at, at + 4);
  return /^[0-9a-f]{4}$/iu.test(digits) ? Number.parseInt(digits, 16) : -1;
}

/** BtError BAD_JSON (venue). */
export function badJson(why: string, reason: 'syntax' | 'depth' | 'size', cause?: unknown): BtError {
  return new BtError('BAD_JSON', `The text is not JSON the gateway's protocol allows: ${why}. Check what sent it.`, {
    fault: 'venue',
    cause,
    details: { reason },
  });
}
