import {
  context,
  createBarData,
  createCurrentData,
  OPTIMIZER_PARTS,
  type BarData,
  type SecurityUnitData,
} from '../../../../../runtime/foreign.ts';
import { currentHost } from '../../../../../runtime/host.ts';
import { canonicalSecurity } from '../../../../domain/market/symbol.ts';
import { BtError } from '../../../../domain/errors.ts';
import { badMessage } from './decode.ts';
import { Lazily } from './encode.ts';
import type { PythonFunctions } from './functions.ts';
import { columnNames, tableNames } from './queries.ts';
import { libraryNames } from './library-names.ts';

export interface SpecialParts {
  /** The market clock, epoch ms. */
  readonly now: () => number;
  /** Lets so many ms of market time pass, on a clock that stands still while the script runs. */
  readonly sleep: (ms: number) => void;
  /** Another one after each change of the account. */
  readonly version: () => number;
  readonly functions: PythonFunctions;
}

/** Attributes of current data that cost a call, or a warning, when they are read and the quote does not have them. */
const COSTLY = ['name', 'paused', 'is_st'] as const;
const ALWAYS = 'industry_code';
/** Those of a bar that are the quote's. */
const OF_QUOTE = ['high_limit', 'low_limit', 'paused', 'factor'];
const METHODS: ReadonlySet<string> = new Set(['mavg', 'vwap', 'stddev', 'isnan']);
/** Codes asked for together, at most. */
const MOST_AT_ONCE = 500;

/** What Python asks that is no function of the API: how objects that live here look. */
export class SpecialCalls {
  readonly #parts: SpecialParts;
  #bars: BarData = createBarData();
  readonly #answers: Readonly<Record<string, (args: readonly unknown[]) => unknown>> = {
    now: () => this.#parts.now(),
    sleep: ([ms]) => {
      this.#parts.sleep(Math.max(0, Number(ms)));
      return null;
    },
    version: () => this.#parts.version(),
    portfolio: () => portfolio(),
    position: ([code, pindex]) => Reflect.get(accountOf(pindex).positions, textOf(code)),
    universe: () => context.universe,
    current_data: ([code, hint]) => currentData(textOf(code), hint),
    bar_data: ([code]) => [new Lazily(this.#bars.get(textOf(code)), OF_QUOTE)],
    attribute: ([type, code, name]) => Reflect.get(this.#object(type, textOf(code)), textOf(name)),
    method: ([type, code, name, args, named]) => this.#method(this.#object(type, textOf(code)), name, args, named),
    extra_data: ([id, securities, fields]) =>
      this.#parts.functions.extraData(Number(id), {
        securities: securities as readonly string[], // checked by who answers it
        fields: fields as readonly string[],
      }),
    table: ([name]) => columnNames(textOf(name)),
    tables: () => tableNames(),
    library: ([name]) => libraryNames(textOf(name)),
    optimizer_parts: () => Object.keys(OPTIMIZER_PARTS),
  };

  constructor(parts: SpecialParts) {
    this.#parts = parts;
  }

  answer(name: string, args: readonly unknown[]): unknown {
    const found = Object.hasOwn(this.#answers, name) ? this.#answers[name] : undefined;
    if (found === undefined) throw badMessage(`a call bt.${name}`);
    return found(args);
  }

  /** A bar belongs to one dispatch. */
  renew(): void {
    this.#bars = createBarData();
  }

  #object(type: unknown, code: string): object {
    if (type === 'SecurityCurrentData') return createCurrentData().get(code);
    if (type === 'SecurityUnitData') return this.#bars.get(code);
    throw badMessage(`an attribute of ${String(type)}`);
  }

  #method(object: object, name: unknown, args: unknown, named: unknown): unknown {
    if (typeof name !== 'string' || !METHODS.has(name)) throw badMessage(`a method ${String(name)}`);
    const given = [...(args as readonly unknown[]), ...Object.values(named ?? {})];
    return Reflect.apply(Reflect.get(object as SecurityUnitData, name as 'mavg'), object, given);
  }
}

/** `subportfolios` null: the one that is the portfolio itself. */
function portfolio(): object {
  const { portfolio: whole, subportfolios } = context;
  const only = subportfolios.length === 1 && (subportfolios[0] as unknown) === whole;
  return { portfolio: whole, subportfolios: only ? null : [...subportfolios] };
}

function accountOf(pindex: unknown): { readonly positions: object } {
  const { portfolio: whole, subportfolios } = context;
  const accounts: readonly { readonly positions: object }[] = subportfolios;
  return typeof pindex === 'number' ? (accounts[pindex] ?? whole) : whole;
}

/** What is asked for, and what the same loop will ask for, in one request. */
function currentData(code: string, hint: unknown): readonly unknown[] {
  const asked = canonicalSecurity(code);
  const codes = [asked, ...others(asked, hint)];
  const quotes = currentHost().quotes(codes);
  const data = createCurrentData();
  return codes.flatMap((one, i) => {
    const quote = quotes[i] ?? null;
    if (quote === null && i > 0) return [];
    const known = { name: quote?.name, paused: quote?.paused, is_st: quote?.isSt ?? quote?.name };
    const costly = COSTLY.filter((name) => (known[name] ?? null) === null);
    return [new Lazily(data.get(one), [...costly, ALWAYS])];
  });
}

function others(code: string, hint: unknown): readonly string[] {
  const codes = new Set<string>();
  for (const one of Array.isArray(hint) ? (hint as readonly unknown[]) : []) {
    const canonical = codeOf(one);
    if (canonical !== null && canonical !== code) codes.add(canonical);
    if (codes.size >= MOST_AT_ONCE - 1) break;
  }
  return [...codes];
}

/** Null for what is no code. */
export function codeOf(value: unknown): string | null {
  try {
    return typeof value === 'string' ? canonicalSecurity(value) : null;
  } catch {
    return null; // the loop will come to it, and be told
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new BtError('BAD_SECURITY', `a security must be a text like '000001.XSHE', was ${typeof value}.`, {
    fault: 'strategy',
  });
}
