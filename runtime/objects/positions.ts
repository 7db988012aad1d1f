import type { AccountView, PositionView } from '../../src/domain/order/types.ts';
import { canonicalSecurity } from '../../src/domain/market/symbol.ts';
import { currentHost } from '../host.ts';
import { pyDict } from '../text/python-text.ts';
import { keyedProxy } from './keyed.ts';
import { emptyPosition, Position } from './position.ts';
import { speakOnce } from './speak.ts';

/**
 * The holdings by code, read anew at every access. Iterating gives codes; lists are copies taken at the call, so a
 * loop may sell. Both suffix spellings find a holding; a code that is not held gives an empty Position and one warning.
 */
export class PositionsMethods {
  get length(): number {
    return held().size;
  }

  keys(): string[] {
    return [...held().keys()];
  }

  values(): Position[] {
    return Array.from(held().values(), (view) => new Position(view));
  }

  items(): [string, Position][] {
    return Array.from(held(), ([code, view]) => [code, new Position(view)]);
  }

  has(code: string): boolean {
    const key = codeOf(code);
    return key !== null && held().has(key);
  }

  /** As `positions[code]`: an empty Position when it is not held, unless a fallback is given. */
  get(code: string): Position;
  get<D>(code: string, fallback: D): Position | D;
  get(code: string, ...fallback: readonly unknown[]): unknown {
    if (fallback.length > 0 && !this.has(code)) return fallback[0];
    return lookUp(canonicalSecurity(code));
  }

  [Symbol.iterator](): Iterator<string> {
    return this.keys()[Symbol.iterator]();
  }

  toString(): string {
    return pyDict(this.items());
  }
}

export type Positions = PositionsMethods & { readonly [code: string]: Position };

/** All of them are stocks and funds held long; there is one such object. */
export function livePositions(): Positions {
  const methods = new PositionsMethods();
  const keyed = {
    read(key: string): Position | undefined {
      const code = codeOf(key);
      return code === null ? undefined : lookUp(code);
    },
    has: (key: string) => methods.has(key),
    keys: () => methods.keys(),
    strict: false,
  };
  return keyedProxy(methods, keyed, 'positions') as Positions; // the proxy answers the index signature
}

const indexes = new WeakMap<AccountView, ReadonlyMap<string, PositionView>>();

/** Positions of the present account by code, without those that were sold out. */
function held(): ReadonlyMap<string, PositionView> {
  const account = currentHost().account();
  const known = indexes.get(account);
  if (known !== undefined) return known;
  const index = new Map<string, PositionView>();
  for (const view of account.positions) if (view.amount !== 0) index.set(view.security, view);
  indexes.set(account, index);
  return index;
}

function lookUp(code: string): Position {
  const view = held().get(code);
  if (view !== undefined) return new Position(view);
  speakOnce(
    `position:${code}`,
    'strategy',
    'warning',
    `Security(code=${code}) 在 positions 中不存在, 返回空的 Position 对象。请先用 'code in positions' 判断。`,
  );
  return emptyPosition(code);
}

/** Canonical code, or null for a text that is none (a method's name, a typing error). */
function codeOf(key: string): string | null {
  try {
    return canonicalSecurity(key);
  } catch {
    return null;
  }
}
