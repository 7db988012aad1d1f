import type { PositionView } from '../../src/domain/order/types.ts';
import { canonicalSecurity } from '../../src/domain/market/symbol.ts';
import { pyDict } from '../text/python-text.ts';
import { keyedProxy } from './keyed.ts';
import { emptyPosition, Position } from './position.ts';
import { speakOnce } from './speak.ts';

/** What is held. */
interface Holdings {
  readonly positions: readonly PositionView[];
}

/**
 * The holdings by code, read anew at every access. Iterating gives codes; lists are copies taken at the call, so a
 * loop may sell. Both suffix spellings find a holding; a code that is not held gives an empty Position and one warning.
 */
export class PositionsMethods {
  readonly #read: () => Holdings;
  readonly #pindex: number;

  constructor(read: () => Holdings, pindex: number) {
    this.#read = read;
    this.#pindex = pindex;
  }

  get length(): number {
    return this.#held().size;
  }

  keys(): string[] {
    return [...this.#held().keys()];
  }

  values(): Position[] {
    return Array.from(this.#held().values(), (view) => new Position(view, this.#pindex));
  }

  items(): [string, Position][] {
    return Array.from(this.#held(), ([code, view]) => [code, new Position(view, this.#pindex)]);
  }

  has(code: string): boolean {
    const key = codeOf(code);
    return key !== null && this.#held().has(key);
  }

  /** As `positions[code]`: an empty Position when it is not held, unless a fallback is given. */
  get(code: string): Position;
  get<D>(code: string, fallback: D): Position | D;
  get(code: string, ...fallback: readonly unknown[]): unknown {
    if (fallback.length > 0 && !this.has(code)) return fallback[0];
    return this.#look(canonicalSecurity(code));
  }

  [Symbol.iterator](): Iterator<string> {
    return this.keys()[Symbol.iterator]();
  }

  toString(): string {
    return pyDict(this.items());
  }

  #held(): ReadonlyMap<string, PositionView> {
    return indexOf(this.#read());
  }

  #look(code: string): Position {
    const view = this.#held().get(code);
    if (view !== undefined) return new Position(view, this.#pindex);
    speakOnce(
      `position:${code}`,
      'strategy',
      'warning',
      `Security(code=${code}) 在 positions 中不存在, 返回空的 Position 对象。请先用 'code in positions' 判断。`,
    );
    return emptyPosition(code, this.#pindex);
  }
}

export type Positions = PositionsMethods & { readonly [code: string]: Position };

/** Holdings of an account, or of a part of it, as they are now; all of them are stocks and funds held long. */
export function livePositions(read: () => Holdings, pindex: number): Positions {
  const methods = new PositionsMethods(read, pindex);
  const keyed = {
    read(key: string): Position | undefined {
      const code = codeOf(key);
      return code === null ? undefined : methods.get(code);
    },
    has: (key: string) => methods.has(key),
    keys: () => methods.keys(),
    strict: true,
  };
  return keyedProxy(methods, keyed, 'positions') as Positions; // the proxy answers the index signature
}

const indexes = new WeakMap<Holdings, ReadonlyMap<string, PositionView>>();

/** By code, without those that were sold out. */
function indexOf(holdings: Holdings): ReadonlyMap<string, PositionView> {
  const known = indexes.get(holdings);
  if (known !== undefined) return known;
  const index = new Map<string, PositionView>();
  for (const view of holdings.positions) if (view.amount !== 0) index.set(view.security, view);
  indexes.set(holdings, index);
  return index;
}

/** Canonical code, or null for a text that is none (a method's name, a typing error). */
function codeOf(key: string): string | null {
  try {
    return canonicalSecurity(key);
  } catch {
    return null;
  }
}
