import { Factor, type date, type ExtraData, type FactorData } from '../../../../../runtime/foreign.ts';

/** Where a function of the strategy is defined. */
export interface Place {
  readonly module: string;
  readonly name: string;
}

type Callable = (...args: readonly unknown[]) => unknown;

/** Calls a function that Python holds, with its number; waits for what it gives. */
export type Callback = (id: number, args: readonly unknown[]) => unknown;

/** Functions that Python passes, as the runtime sees them. */
export class PythonFunctions {
  readonly #callback: Callback;
  readonly #known = new Map<string, Callable>();
  readonly #places = new WeakMap<Callable, Place>();
  readonly #factors = new Map<number, Factor>();

  constructor(callback: Callback) {
    this.#callback = callback;
  }

  /**
   * A function of the strategy's files by its place; the same one each time. It is named and not called: tasks are run by their place.
   * `module` null: it is not declared at the top level. `needs`: arguments it needs.
   */
  named(module: string | null, name: string, needs: number): Callable {
    const key = `${module ?? ''}\n${name}\n${needs}`;
    const known = module === null ? undefined : this.#known.get(key);
    if (known !== undefined) return known;
    const made: Callable = () => {
      throw new TypeError(`${name} runs in Python`);
    };
    Object.defineProperties(made, { name: { value: name }, length: { value: needs } });
    if (module !== null) {
      this.#known.set(key, made);
      this.#places.set(made, { module, name });
    }
    return made;
  }

  /** Where it is defined; null when not at the top level of one of the strategy's files. */
  placeOf(value: unknown): Place | null {
    return typeof value === 'function' ? (this.#places.get(value as Callable) ?? null) : null; // a key of ours or none
  }

  /** Any other function; it can be called while the call it was passed to is answered. */
  callback(id: number): Callable {
    return (...args) => this.#callback(id, args);
  }

  /** A factor that Python defines, known by the number of its `calc`, which is called with the data and the day. */
  factor(id: number, name: string, maxWindow: number, dependencies: readonly string[]): Factor {
    const made = new PythonFactor(name, maxWindow, dependencies, this.callback(id));
    this.#factors.set(id, made);
    return made;
  }

  /** What `_get_extra_data` of a factor gives while its `calc` runs. */
  extraData(id: number, asked: ExtraData): FactorData {
    const factor = this.#factors.get(id);
    if (factor === undefined) throw new TypeError('that factor is not calculated now');
    return factor._get_extra_data(asked);
  }

  /** The call is answered: what was passed with it is over. */
  forget(): void {
    this.#factors.clear();
  }
}

class PythonFactor extends Factor {
  readonly name: string;
  override readonly max_window: number;
  readonly dependencies: readonly string[];
  override _current_date: date | null = null;
  readonly #calc: Callable;

  constructor(name: string, maxWindow: number, dependencies: readonly string[], calc: Callable) {
    super();
    this.name = name;
    this.max_window = maxWindow;
    this.dependencies = dependencies;
    this.#calc = calc;
  }

  calc(data: FactorData): number {
    return this.#calc(data, this._current_date) as number; // checked by who calls it
  }
}
