/** The few forms of DER (ITU-T X.690) that a certificate is made of: each a tag, a length and its content. */

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
const SEQUENCE = 0x30;
const SET = 0x31;
const CONTEXT = 0x80;
const CONSTRUCTED = 0x20;

/** From this year on a time is written with four digits. */
const FIRST_GENERALIZED_YEAR = 2050;

export function der(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return der(SEQUENCE, Buffer.concat(parts));
}

export function setOf(part: Uint8Array): Buffer {
  return der(SET, part);
}

/** A whole number of 0 or more from its bytes, the first one counts most. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Buffer.from([0]) : Buffer.from(bytes.subarray(first));
  // A first bit that is set would make it negative.
  return der(INTEGER, (short[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), short]) : short);
}

/** `unused`: bits of the last byte that do not count. */
export function bitString(content: Uint8Array, unused = 0): Buffer {
  return der(BIT_STRING, Buffer.concat([Buffer.from([unused]), content]));
}

export function octetString(content: Uint8Array): Buffer {
  return der(OCTET_STRING, content);
}

export function utf8(text: string): Buffer {
  return der(UTF8_STRING, Buffer.from(text, 'utf8'));
}

export function truth(): Buffer {
  return Buffer.from([0x01, 0x01, 0xff]);
}

/** `2.5.29.17` */
export function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return der(OBJECT_ID, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** To the second, epoch ms. */
export function time(ms: number): Buffer {
  const digits = `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:T]/gu, '')}Z`;
  return Number(digits.slice(0, 4)) < FIRST_GENERALIZED_YEAR
    ? der(UTC_TIME, Buffer.from(digits.slice(2), 'ascii'))
    : der(GENERALIZED_TIME, Buffer.from(digits, 'ascii'));
}

/** `[number]` around whole values, or instead of one's own tag. */
export function tagged(number: number, content: Uint8Array, form: 'around' | 'instead'): Buffer {
  return der(CONTEXT + number + (form === 'around' ? CONSTRUCTED : 0), content);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 + bytes.length, ...bytes];
}

function base128(value: number): number[] {
  const bytes = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift((rest % 128) + 128);
  return bytes;
}
