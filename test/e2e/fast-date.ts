import { openSync, readSync } from 'node:fs';

/**
 * Loaded before a program (`NODE_OPTIONS=--import`): the machine's date begins at FAST_DATE_START (epoch ms) when it is really
 * FAST_DATE_FROM, and goes FAST_DATE_SPEED times as fast, but for the time that FAST_DATE_HELD (`held-time.ts`) says it stood still.
 * Deadlines and pauses keep their real length: only the day passes quickly, which a program takes for a clock that is set again and again.
 */
const RealDate = Date;
const [start, from, speed] = ['START', 'FROM', 'SPEED'].map((name) => Number(process.env[`FAST_DATE_${name}`]));
const heldFile = process.env['FAST_DATE_HELD'];
const held = heldFile === undefined ? null : openSync(heldFile, 'r');
/** Real ms for which it has stood still, and since when it does so now; 0 = it does not. */
const told = new Float64Array(2);

/** Real ms for which the date has stood still. */
function heldMs(real: number): number {
  if (held === null) return 0;
  readSync(held, told, 0, 16, 0);
  const [total = 0, since = 0] = told;
  return total + (since === 0 ? 0 : real - since);
}

function now(): number {
  const real = RealDate.now();
  return Math.round((start ?? 0) + (real - (from ?? 0) - heldMs(real)) * (speed ?? 1));
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: readonly unknown[]) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given) as Date,
  get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
});
