import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { wallNow } from './timers.ts';

const BASE36 = '0123456789abcdefghijklmnopqrstuvwxyz';
/** 9 base-36 digits of milliseconds last until the year 5188 and sort as text. */
const TIME_DIGITS = 9;
const COUNTER_DIGITS = 3;
const COUNTER_LIMIT = 36 ** COUNTER_DIGITS;

let lastTime = 0;
let counter = 0;

/**
 * A new client id: 20 characters [0-9a-z], unique across processes, growing within a process (as text, also in one millisecond and
 * when the wall clock is set back) and sortable by time across processes.
 */
export function newClientId(): string {
  const now = wallNow();
  if (now > lastTime) {
    lastTime = now;
    counter = 0;
  } else {
    counter += 1;
    if (counter === COUNTER_LIMIT) {
      lastTime += 1;
      counter = 0;
    }
  }
  return base36(lastTime, TIME_DIGITS) + base36(counter, COUNTER_DIGITS) + shortId();
}

/** 8 random characters [0-9a-z] (41 bits). Unique only together with a look at the ledger. */
export function shortId(): string {
  let text = '';
  for (let i = 0; i < 8; i += 1) text += BASE36.charAt(randomInt(36));
  return text;
}

/** A random UUID, version 4. */
export function uuid(): string {
  return randomUUID();
}

/** A session id as gateways write them: `s` and 12 lower-case hexadecimal digits. */
export function sessionId(): string {
  return `s${randomBytes(6).toString('hex')}`;
}

/** A secret of 144 random bits: letters, digits, `-` and `_`. */
export function secretText(): string {
  return randomBytes(18).toString('base64url');
}

/** A random whole number of 32 bits. */
export function randomWord(): number {
  return randomInt(2 ** 32);
}

/** An unseeded random number in [0, 1), for jitter. Whatever must be repeatable takes a seeded `Rng`. */
export function randomFraction(): number {
  return Math.random();
}

function base36(value: number, digits: number): string {
  return value.toString(36).padStart(digits, '0');
}
