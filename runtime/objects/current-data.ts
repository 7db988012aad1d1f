import { saysSpecialTreatment } from '../../src/domain/market/special-treatment.ts';
import { textsOf } from '../../src/domain/data/table.ts';
import { canonicalSecurity } from '../../src/domain/market/symbol.ts';
import { chinaDay, chinaTimeOfDay } from '../../src/domain/time.ts';
import type { Quote } from '../../src/domain/trading.ts';
import { currentHost } from '../host.ts';
import type { DispatchContext } from '../host.ts';
import { pyDict, pyRepr } from '../text/python-text.ts';
import { guardGetters } from './guard.ts';
import { keyedProxy } from './keyed.ts';
import { speakOnce } from './speak.ts';

const CONTINUOUS_OPEN = 9.5 * 3600;

/**
 * One reading of a security's current data. Missing is not zero: a price the market data lacks is NaN (every comparison
 * with it is false), and a flag it lacks reads as "do not trade": `paused` true, and `is_st` true unless the name tells.
 */
export class SecurityCurrentData {
  readonly #security: string;
  readonly #quote: Quote | null;
  readonly #time: number;

  constructor(security: string, quote: Quote | null, time: number) {
    this.#security = security;
    this.#quote = quote;
    this.#time = time;
    Object.preventExtensions(this);
  }

  get security(): string {
    return this.#security;
  }

  /** Latest price; yesterday's close before 09:30. NaN when unknown. */
  get last_price(): number {
    const last = this.#quote?.lastPrice ?? null;
    if (last !== null) return last;
    return chinaTimeOfDay(this.#time) < CONTINUOUS_OPEN ? (this.#quote?.preClose ?? Number.NaN) : Number.NaN;
  }

  get high_limit(): number {
    return this.#quote?.highLimit ?? Number.NaN;
  }

  get low_limit(): number {
    return this.#quote?.lowLimit ?? Number.NaN;
  }

  /** Today's opening price, NaN until there is one. */
  get day_open(): number {
    return this.#quote?.dayOpen ?? Number.NaN;
  }

  /** True as well when it is not known. */
  get paused(): boolean {
    const paused = this.#quote?.paused ?? null;
    if (paused === null) this.#doubt('paused', '按停牌处理 (paused = true)');
    return paused ?? true;
  }

  /** From the market data, else from the name; true when neither tells. */
  get is_st(): boolean {
    const flag = this.#quote?.isSt ?? null;
    if (flag !== null) return flag;
    const { name } = this;
    if (name !== '') return saysSpecialTreatment(name);
    this.#doubt('is_st', '按 ST 处理 (is_st = true)');
    return true;
  }

  /** Display name; empty when nobody knows it. */
  get name(): string {
    return this.#quote?.name ?? currentHost().securityInfo(this.#security)?.displayName ?? '';
  }

  /** Of the securities regulator's classification (证监会行业); empty when it has none. */
  get industry_code(): string {
    const host = currentHost();
    const params = { securities: [this.#security], day: chinaDay(host.dispatch().logicalTime) };
    const table = host.data({ dataset: 'industries_of', params });
    const row = textsOf(table, 'classification').indexOf('zjw');
    return textsOf(table, 'industry_code')[row] ?? '';
  }

  toString(): string {
    const { security, last_price, high_limit, low_limit, day_open, name } = this;
    return `SecurityCurrentData(${pyRepr({ security, name, last_price, high_limit, low_limit, day_open })})`;
  }

  #doubt(field: string, consequence: string): void {
    const text = `${this.#security} 的 ${field} 未知: ${consequence}。同类提示只出现一次。`;
    speakOnce(`current-data:${field}`, 'strategy', 'warning', text);
  }
}

guardGetters(SecurityCurrentData, 'current_data');

class CurrentDataMethods {
  #dispatch: DispatchContext | null = null;
  readonly #read = new Map<string, SecurityCurrentData>();

  /** The codes read so far in the running hook. */
  keys(): string[] {
    this.#renew();
    return [...this.#read.keys()];
  }

  /** Reads one security; BAD_SECURITY for a malformed code. */
  get(code: string): SecurityCurrentData {
    this.#renew();
    const security = canonicalSecurity(code);
    const known = this.#read.get(security);
    if (known !== undefined) return known;
    const host = currentHost();
    const fresh = new SecurityCurrentData(security, host.quotes([security])[0] ?? null, host.dispatch().logicalTime);
    this.#read.set(security, fresh);
    return fresh;
  }

  /** What was read so far in the running hook. */
  toString(): string {
    this.#renew();
    return pyDict([...this.#read]);
  }

  /** A reading belongs to one hook; an object kept in g does not show yesterday's prices. */
  #renew(): void {
    const dispatch = currentHost().dispatch();
    if (dispatch === this.#dispatch) return;
    this.#dispatch = dispatch;
    this.#read.clear();
  }
}

/** `get_current_data()`: read a security with `data[code]`; `code in data` is true for every well-formed code. */
export type CurrentData = CurrentDataMethods & { readonly [code: string]: SecurityCurrentData };

/** A fresh reader: each security is asked for once, at its first access. */
export function createCurrentData(): CurrentData {
  const methods = new CurrentDataMethods();
  const keyed = {
    read: (key: string) => (looksLikeCode(key) ? methods.get(key) : undefined),
    has: (key: string) => looksLikeCode(key),
    keys: () => methods.keys(),
    strict: true,
  };
  return keyedProxy(methods, keyed, 'get_current_data()') as CurrentData; // the proxy answers the index signature
}

/** A code with a market; whether that market exists is canonicalSecurity's to say. */
export function looksLikeCode(key: string): boolean {
  return /^\d{6}\.[A-Za-z]{2,4}$/.test(key);
}
