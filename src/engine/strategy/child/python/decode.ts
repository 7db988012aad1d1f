import * as jqdata from '../../../../../runtime/index.ts';
import {
  Bytes,
  chinaDateTime,
  context,
  date,
  OPTIMIZER_PARTS,
  OrderStatus,
  TimeOfDay,
  timedelta,
} from '../../../../../runtime/foreign.ts';
import { BtError } from '../../../../domain/errors.ts';
import { instantOf } from '../../../../domain/time.ts';
import { arrayOf, decodeTable, part } from './decode-table.ts';
import type { PythonFunctions } from './functions.ts';
import { isObject, TAG } from './json.ts';
import { applied, columnIn, columnMethod, queryOf, tableOf, type QueryStep } from './queries.ts';

type Tagged = Readonly<Record<string, unknown>>;

/** Classes of ours that a strategy makes objects of, by the names under which it does. */
const MADE: ReadonlySet<string> = new Set(
  `LimitOrderStyle MarketOrderStyle StopLimitOrderStyle StopMarketOrderStyle SubPortfolioConfig
  OrderCost PerTrade FixedSlippage PriceRelatedSlippage StepRelatedSlippage`.split(/\s+/u),
);
const NUMBERS: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity };

/** Reads what Python passed into values as a strategy of ours would pass them. */
export class Decoder {
  readonly #functions: PythonFunctions;
  readonly #bytes: Uint8Array;

  constructor(functions: PythonFunctions, bytes: Uint8Array) {
    this.#functions = functions;
    this.#bytes = bytes;
  }

  /** Throws as the runtime does where what is described does not exist (a column of a table, a class). */
  readonly value = (json: unknown): unknown => {
    if (Array.isArray(json)) return json.map(this.value);
    if (!isObject(json)) return json;
    const kind = json[TAG];
    return typeof kind === 'string' ? this.#tagged(kind, json) : this.#members(json);
  };

  values(json: unknown): readonly unknown[] {
    if (Array.isArray(json)) return json.map(this.value);
    throw badMessage('a list');
  }

  /** Arguments by name, or values by key. */
  #members(json: Tagged): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(json)) {
      Object.defineProperty(out, key, {
        value: this.value(member),
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
    return out;
  }

  #tagged(kind: string, v: Tagged): unknown {
    switch (kind) {
      case 'num':
        return NUMBERS[String(v['v'])] ?? Number.NaN;
      case 'big':
        return Number(v['v']);
      case 'array':
        return arrayOf(v, this.#bytes, this.value);
      case 'bytes':
        return Bytes.from(new Uint8Array(part(v, this.#bytes, 1)));
      case 'tuple':
        return this.values(v['v']);
      case 'set':
        return new Set(this.values(v['v']));
      case 'dict':
        return this.#dict(v);
      case 'series':
      case 'frame':
      case 'index':
      case 'panel':
        return decodeTable(kind, v, this.#bytes, this.value);
      default:
        return this.#time(kind, v) ?? this.#ours(kind, v) ?? this.#query(kind, v);
    }
  }

  #time(kind: string, v: Tagged): unknown {
    switch (kind) {
      case 'time':
        return chinaDateTime(Number(v['v']));
      case 'date':
        return date.fromisoformat(String(v['v']));
      case 'delta':
        return timedelta({ milliseconds: Number(v['v']) });
      case 'tod': {
        const [hour = 0, minute = 0, second = 0] = String(v['v']).split(':').map(Number);
        return new TimeOfDay(instantOf('1970-01-01', hour * 3600 + minute * 60 + Math.floor(second)));
      }
      default:
        return undefined;
    }
  }

  /** Objects and functions. */
  #ours(kind: string, v: Tagged): unknown {
    switch (kind) {
      case 'new':
        return this.#made(String(v['c']), this.values(v['a']), v['k']);
      case 'enum':
        return Reflect.get(OrderStatus, String(v['v'])) ?? null;
      case 'fn': {
        const module = v['module'];
        return this.#functions.named(
          typeof module === 'string' ? module : null,
          String(v['name']),
          Number(v['n'] ?? 1),
        );
      }
      case 'context':
        return context;
      case 'cb':
        return this.#functions.callback(Number(v['id']));
      case 'factor': {
        const id = isObject(v['calc']) ? Number(v['calc']['id']) : Number.NaN;
        const dependencies = this.values(v['dependencies']).map(String);
        return this.#functions.factor(id, String(v['name']), Number(v['max_window']), dependencies);
      }
      default:
        return undefined;
    }
  }

  #made(name: string, args: readonly unknown[], named: unknown): unknown {
    const maker: unknown = MADE.has(name)
      ? Reflect.get(jqdata, name)
      : Object.hasOwn(OPTIMIZER_PARTS, name)
        ? OPTIMIZER_PARTS[name]
        : undefined;
    if (typeof maker !== 'function') throw badMessage(`a class ${name}`);
    const k = isObject(named) ? this.#members(named) : {};
    return Reflect.apply(maker, null, Object.keys(k).length === 0 ? args : [...args, k]);
  }

  #query(kind: string, v: Tagged): unknown {
    switch (kind) {
      case 'table':
        return tableOf(String(v['t']));
      case 'col':
        return columnIn(String(v['t']), String(v['c']));
      case 'expr':
        return columnMethod(this.value(v['on']), String(v['m']), this.values(v['a']));
      case 'apply':
        return applied(String(v['f']), this.values(v['a']));
      case 'query':
        return queryOf(this.values(v['a']), this.#steps(v['m']));
      default:
        throw badMessage(`a value of the kind '${kind.slice(0, 40)}'`);
    }
  }

  #steps(json: unknown): readonly QueryStep[] {
    if (!Array.isArray(json)) throw badMessage('a list');
    return json.map((step: unknown): QueryStep => {
      const [method, args, named] = Array.isArray(step) ? (step as readonly unknown[]) : [];
      const given = this.values(args);
      const byName = isObject(named) ? Object.values(this.#members(named)) : [];
      return [String(method), [...given, ...byName]];
    });
  }

  /** Texts as keys make an object, as a strategy would write it; others a Map. */
  #dict(v: Tagged): unknown {
    const pairs = this.values(v['v']).map((pair) => pair as readonly [unknown, unknown]);
    if (!pairs.every(([key]) => typeof key === 'string')) return new Map(pairs);
    return Object.fromEntries(pairs as readonly (readonly [string, unknown])[]);
  }
}

/** Python's package and ours are of two versions, or its author writes into our pipe. */
export function badMessage(what: string): BtError {
  return new BtError('PYTHON_MESSAGE', `Python's side of bt sent what was not expected (${what}): reinstall bt.`, {
    fault: 'bug',
  });
}
