type StrategyFunction = (...args: unknown[]) => unknown;

/** The functions that the strategy's files declare, by module path and name, whatever a bundler called them. */
export class FunctionTable {
  readonly #byName = new Map<string, StrategyFunction>();
  readonly #places = new WeakMap<StrategyFunction, { readonly module: string; readonly name: string }>();

  /** Takes one file's declarations; values that are no functions are left out. */
  declare(module: string, functions: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(functions)) {
      if (!isFunction(value)) continue;
      this.#byName.set(keyOf(module, name), value);
      if (!this.#places.has(value)) this.#places.set(value, { module, name });
    }
  }

  /** Where a function was declared; null for anonymous, nested and foreign ones. */
  placeOf(value: unknown): { readonly module: string; readonly name: string } | null {
    return isFunction(value) ? (this.#places.get(value) ?? null) : null;
  }

  find(module: string, name: string): StrategyFunction | null {
    return this.#byName.get(keyOf(module, name)) ?? null;
  }
}

/** True for anything callable. */
export function isFunction(value: unknown): value is StrategyFunction {
  return typeof value === 'function';
}

function keyOf(module: string, name: string): string {
  return `${module}\n${name}`;
}
