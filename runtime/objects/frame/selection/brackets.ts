import { PROBES } from '../../probes.ts';

/** What a function has of its own. */
const OWN: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Function.prototype),
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
  'set',
]);

/**
 * `df.iloc(0)` with brackets too: `df.iloc[-1]` and `df.loc['x']` read the one row, an assignment writes it. Of the names in
 * brackets JavaScript makes texts: `numeric` says whether a whole number means itself.
 */
export function withBrackets(
  call: (key: unknown) => unknown,
  set: (...args: never[]) => void,
  numeric: () => boolean,
): object {
  const write = set as (key: unknown, value: unknown) => void;
  const keyOf = (key: string): unknown => (/^-?\d+$/.test(key) && numeric() ? Number(key) : key);
  return new Proxy(Object.assign(call, { set }), {
    get(target, key) {
      if (typeof key === 'symbol' || OWN.has(key) || (PROBES.test(key) && !numeric()))
        return Reflect.get(target, key) as unknown;
      return target(keyOf(key));
    },
    set(_target, key, value) {
      write(typeof key === 'symbol' ? key : keyOf(key), value);
      return true;
    },
  });
}
