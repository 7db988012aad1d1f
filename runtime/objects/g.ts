import { BtError } from '../../src/domain/errors.ts';
import { closestName } from '../../src/domain/closest-name.ts';
import { pyRepr } from '../text/python-text.ts';
import { PROBES } from './probes.ts';
import { shared } from './shared.ts';

declare global {
  /**
   * What `g` holds. Neither writing nor reading needs a declaration: what is read has whichever type is asked of it, as what JSON.parse
   * gives. To have it checked, declare it in your strategy: `declare global { interface G { stocks: string[] } }`
   */
  interface G {
    [name: string]: ReturnType<typeof JSON.parse>;
  }
}

/** Variables of the last run that could not be kept, and why. */
const lost = shared('lost-variables', () => new Map<string, string>());

/**
 * The strategy's own state, which outlives its process. Reading a name that was never set throws ATTRIBUTE_ERROR, as in Python:
 * `'x' in g` asks first.
 */
export const g: G = shared<G>(
  'g',
  () =>
    new Proxy<G>(Object.create(Object.prototype) as G, {
      get(target, key) {
        if (key === Symbol.toPrimitive) return () => pyRepr(target); // '' + g, where JavaScript says [object Object]
        if (typeof key === 'string' && !(key in target) && !PROBES.test(key)) throw noAttribute(key, target);
        return Reflect.get(target, key);
      },
      deleteProperty(target, key) {
        if (typeof key === 'string' && !Object.hasOwn(target, key)) throw noAttribute(key, target);
        return Reflect.deleteProperty(target, key);
      },
    }),
);

/** Remembers why a variable of the last run is not there. */
export function variableLost(name: string, why: string): void {
  lost.set(name, why);
}

function noAttribute(name: string, target: G): BtError {
  const why = lost.get(name);
  const near = closestName(name, Object.keys(target));
  const hint =
    why === undefined
      ? near === null
        ? ''
        : ` Did you mean g.${near}?`
      : ` It was set before the restart, and not kept: ${why}.`;
  return new BtError(
    'ATTRIBUTE_ERROR',
    `AttributeError: g has no attribute '${name}'.${hint} Set it in initialize(), or ask with '${name}' in g first.`,
    { fault: 'strategy', details: { name } },
  );
}
