import { keyedProxy } from '../keyed.ts';
import type { DataFrame } from './data-frame.ts';
import type { Index } from './labels.ts';

/** Several fields of several securities: `panel['close']` is the table time × code. */
export class PanelMethods<F extends string> {
  readonly #tables: ReadonlyMap<F, DataFrame>;
  /** The times. */
  readonly major_axis: Index;
  /** The codes. */
  readonly minor_axis: readonly string[];

  constructor(tables: ReadonlyMap<F, DataFrame>, times: Index, codes: readonly string[]) {
    this.#tables = tables;
    this.major_axis = times;
    this.minor_axis = codes;
  }

  /** The fields. */
  get items(): F[] {
    return [...this.#tables.keys()];
  }

  /** Fields, times, codes. */
  get shape(): [number, number, number] {
    return [this.#tables.size, this.major_axis.length, this.minor_axis.length];
  }

  get empty(): boolean {
    return this.shape.includes(0);
  }

  *[Symbol.iterator](): Iterator<F> {
    yield* this.#tables.keys();
  }

  toString(): string {
    const [fields, times, codes] = this.shape;
    return `Panel (${fields} items x ${times} times x ${codes} codes): ${this.items.join(', ')}`;
  }
}

export type Panel<F extends string = string> = PanelMethods<F> & { readonly [K in F]: DataFrame };

/** Makes a panel from one table a field, all with the same times and codes. */
export function createPanel<F extends string>(
  tables: ReadonlyMap<F, DataFrame>,
  times: Index,
  codes: readonly string[],
): Panel<F> {
  const methods = new PanelMethods(tables, times, codes);
  const byName: ReadonlyMap<string, DataFrame> = tables;
  const keyed = {
    read: (key: string) => byName.get(key),
    has: (key: string) => byName.has(key),
    keys: () => methods.items,
    strict: true,
  };
  return keyedProxy(methods, keyed, 'the panel') as Panel<F>; // the proxy answers the fields
}
