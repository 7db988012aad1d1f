import { BtError } from '../../src/domain/errors.ts';
import { memberNames, nearHint } from './attributes.ts';
import { readOnlyError } from './guard.ts';
import { PROBES } from './probes.ts';

/** How a Python-like container answers `x[key]`, `key in x` and `Object.keys(x)`. */
export interface Keyed {
  /** Undefined = nothing under this key (a method or a missing member is looked for next). */
  read(key: string): unknown;
  has(key: string): boolean;
  keys(): readonly string[];
  /** True: reading a name that is neither key nor member throws UNKNOWN_KEY. */
  readonly strict: boolean;
}

/** Wraps an object with methods so that its keys read like a Python dict's; members run on the object itself. */
export function keyedProxy<T extends object>(methods: T, keyed: Keyed, what: string): T {
  const refuse = (key: string | symbol): never => {
    throw readOnlyError(what, String(key));
  };
  return new Proxy(methods, {
    get(target, key) {
      if (typeof key === 'string') {
        const value = keyed.read(key);
        if (value !== undefined) return value;
      }
      const member: unknown = Reflect.get(target, key, target);
      if (typeof member === 'function') return member.bind(target);
      if (member === undefined && typeof key === 'string' && keyed.strict && !PROBES.test(key)) {
        throw unknownKey(what, key, keyed.keys(), memberNames(target));
      }
      return member;
    },
    has: (target, key) => (typeof key === 'string' ? keyed.has(key) : Reflect.has(target, key)),
    ownKeys: () => [...keyed.keys()],
    getOwnPropertyDescriptor(target, key) {
      if (typeof key !== 'string' || !keyed.has(key)) return Reflect.getOwnPropertyDescriptor(target, key);
      return { value: keyed.read(key), enumerable: true, configurable: true, writable: false };
    },
    set: (_target, key) => refuse(key),
    defineProperty: (_target, key) => refuse(key),
    deleteProperty: (_target, key) => refuse(key),
  });
}

function unknownKey(what: string, key: string, keys: readonly string[], members: readonly string[]): BtError {
  const known = keys.slice(0, 12).join(', ');
  const more = keys.length > 12 ? ', …' : '';
  return new BtError(
    'UNKNOWN_KEY',
    `${what} has no '${key}'; it has: ${known}${more}.${nearHint(key, [...keys, ...members])} Check the spelling.`,
    {
      fault: 'strategy',
    },
  );
}
