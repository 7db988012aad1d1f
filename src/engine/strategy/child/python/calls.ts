import { apiEntries } from '../../../../../runtime/foreign.ts';
import { isPlainObject } from '../../../../../runtime/api/arguments.ts';
import * as jqdata from '../../../../../runtime/index.ts';
import type { Library } from '../../../../../runtime/libraries/index.ts';
import type { LibraryName } from '../../../../../runtime/libraries/names.ts';
import { BtError } from '../../../../domain/errors.ts';
import type { PythonFunctions } from './functions.ts';
import { SpecialCalls, type SpecialParts } from './special-calls.ts';
import { askWizard } from './wizard.ts';

type Function = (...args: readonly unknown[]) => unknown;
type Named = Readonly<Record<string, unknown>>;

export interface CallParts extends SpecialParts {
  /** What the strategy's files import, by name; others of ours are known by name only. */
  readonly libraries: ReadonlyMap<LibraryName, Library>;
  readonly functions: PythonFunctions;
}

/** What is no function of the API. */
const OWN = 'bt.';
const WIZARD = 'bt.wizard';
/** Names of ours that Python has something of its own for. */
const NOT_CALLED: ReadonlySet<string> = new Set([
  'DateTime',
  'date',
  'timedelta',
  'slice',
  'len',
  'sorted',
  'has',
  'fmt',
]);
/** Objects of the API with functions: `log.info`, `finance.run_query`. */
const OBJECTS: Readonly<Record<string, object>> = {
  log: jqdata.log,
  finance: jqdata.finance,
  macro: jqdata.macro,
  func: jqdata.func,
};

/** Answers what Python calls, by name: the very functions that a strategy of ours calls. */
export class Calls {
  readonly #parts: CallParts;
  readonly #special: SpecialCalls;
  /** Those that take their arguments by name too. */
  readonly #described: ReadonlySet<string> = new Set(apiEntries().map(({ name }) => name));

  /** Calls that are being answered: a callback may make others. */
  #depth = 0;

  constructor(parts: CallParts) {
    this.#parts = parts;
    this.#special = new SpecialCalls(parts);
  }

  /** A dispatch begins: what belongs to one is made anew. */
  renew(): void {
    this.#special.renew();
  }

  /** Throws what the function throws; UNKNOWN_CALL for a name that is none. */
  answer(name: string, args: readonly unknown[], named: Named): unknown {
    if (name === WIZARD) return askWizard(args, (...call) => this.answer(...call));
    if (name.startsWith(OWN)) return this.#special.answer(name.slice(OWN.length), args);
    const call = this.#find(name);
    if (call === null) throw unknownCall(name);
    this.#depth += 1;
    try {
      return call(...this.#withOptions(name, args, named));
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#parts.functions.forget();
    }
  }

  /** A strategy of ours passes arguments by name in one object behind the others; a dict in that place would be taken for it. */
  #withOptions(name: string, args: readonly unknown[], named: Named): readonly unknown[] {
    if (Object.keys(named).length > 0) return [...args, named];
    return isPlainObject(args.at(-1)) && this.#described.has(name) ? [...args, {}] : args;
  }

  #find(name: string): Function | null {
    const dot = name.lastIndexOf('.');
    if (dot === -1) return NOT_CALLED.has(name) ? null : functionIn(jqdata, name);
    const [owner, member] = [name.slice(0, dot), name.slice(dot + 1)];
    const object = Object.hasOwn(OBJECTS, owner) ? OBJECTS[owner] : this.#library(owner);
    return object === undefined ? null : functionIn(object, member);
  }

  #library(name: string): object | undefined {
    return this.#parts.libraries.get(name as LibraryName) ?? (name === 'talib' ? jqdata.talib : undefined);
  }
}

function functionIn(object: object, name: string): Function | null {
  if (!Object.hasOwn(object, name)) return null;
  const found: unknown = Reflect.get(object, name);
  return typeof found === 'function' ? (found as Function) : null; // read from our own module
}

function unknownCall(name: string): BtError {
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name;
  return new BtError(
    'UNKNOWN_CALL',
    `There is no function ${shown} here: look it up in the documentation of the API.`,
    {
      fault: 'strategy',
    },
  );
}
