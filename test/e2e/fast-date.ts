/**
 * Loaded before a program (`NODE_OPTIONS=--import`): the machine's date begins at FAST_DATE_START (epoch ms) when it is really
 * FAST_DATE_FROM, and goes FAST_DATE_SPEED times as fast. Deadlines and pauses keep their real length: only the
 * day passes quickly, which a program takes for a clock that is set again and again.
 */
const RealDate = Date;
const [start, from, speed] = ['START', 'FROM', 'SPEED'].map((name) => Number(process.env[`FAST_DATE_${name}`]));

function now(): number {
  return Math.round((start ?? 0) + (RealDate.now() - (from ?? 0)) * (speed ?? 1));
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: readonly unknown[]) =>
    Reflect.construct(target, given.length === 0 ? [now()] : given) as Date,
  get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
});
