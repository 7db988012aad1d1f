import { canonicalSecurity } from '../../src/domain/market/symbol.ts';
import { currentHost } from '../host.ts';
import type { HistoryBlock } from '../host.ts';
import { pyRepr } from '../text/python-text.ts';
import { columnOf, DEFAULT_FIELDS, fetchBars } from './bars.ts';
import type { BarField } from './bars.ts';
import { looksLikeCode } from './current-data.ts';
import { count, mean, std, sum } from './frame/column/statistics.ts';
import { guardGetters } from './guard.ts';
import { keyedProxy } from './keyed.ts';
import { runState } from './shared.ts';
import { speakOnce } from './speak.ts';

/**
 * The bar of the minute before the running one, with the frequency day of the day before; `data[code]` of handle_data. NaN where the
 * market data has nothing;
 * `paused` reads true when it is not known.
 */
export class SecurityUnitData {
  readonly #security: string;
  readonly #block: HistoryBlock | null;

  constructor(security: string, block: HistoryBlock | null) {
    this.#security = security;
    this.#block = block;
    Object.preventExtensions(this);
  }

  get security(): string {
    return this.#security;
  }

  get open(): number {
    return this.#last('open');
  }

  get close(): number {
    return this.#last('close');
  }

  get high(): number {
    return this.#last('high');
  }

  get low(): number {
    return this.#last('low');
  }

  /** Shares. */
  get volume(): number {
    return this.#last('volume');
  }

  /** CNY. */
  get money(): number {
    return this.#last('money');
  }

  /** Average price of the minute; its close when nothing was traded. */
  get avg(): number {
    return this.volume > 0 ? this.money / this.volume : this.close;
  }

  /** The same as avg. */
  get price(): number {
    return this.avg;
  }

  /** The price before the bar: of a day the close before, of a minute its open. */
  get pre_close(): number {
    return this.#ofDay('pre_close') ?? this.open;
  }

  /** Change over the bar, as a fraction. */
  get returns(): number {
    return this.close / this.pre_close - 1;
  }

  get high_limit(): number {
    return this.#ofDay('high_limit') ?? this.#quote()?.highLimit ?? Number.NaN;
  }

  get low_limit(): number {
    return this.#ofDay('low_limit') ?? this.#quote()?.lowLimit ?? Number.NaN;
  }

  get paused(): boolean {
    const flag = this.#ofDay('paused');
    const paused = flag === null ? (this.#quote()?.paused ?? null) : Number.isNaN(flag) ? null : flag === 1;
    if (paused === null) {
      const text = `${this.#security} 的 paused 未知: 按停牌处理 (paused = true)。同类提示只出现一次。`;
      speakOnce('bar-data:paused', 'strategy', 'warning', text);
    }
    return paused ?? true;
  }

  /** Adjustment factor; NaN when the venue has none. */
  get factor(): number {
    const ofDay = this.#ofDay('factor');
    if (ofDay !== null) return ofDay;
    const [block] = fetchBars({ securities: [this.#security], unit: '1m', count: 1, fields: ['factor'] });
    return block === undefined ? Number.NaN : (columnOf(block, 'factor').at(-1) ?? Number.NaN);
  }

  /** True when there is no such bar. */
  isnan(): boolean {
    return Number.isNaN(this.close);
  }

  /** Mean of a field over the last `days` days that were traded, without today; NaN when there are fewer. */
  mavg(days: number, field: BarField = 'close'): number {
    const [values = new Float64Array()] = this.#daily(days, [field]);
    return count(values) < days ? Number.NaN : mean(values);
  }

  /** Average price weighted by volume over the last `days` traded days, without today; NaN when there are fewer. */
  vwap(days: number): number {
    const [money = new Float64Array(), volume = new Float64Array()] = this.#daily(days, ['money', 'volume']);
    return count(volume) < days ? Number.NaN : sum(money) / sum(volume);
  }

  /** Sample standard deviation of the closes of the last `days` traded days, without today; NaN when there are fewer. */
  stddev(days: number): number {
    const [values = new Float64Array()] = this.#daily(days, ['close']);
    return count(values) < days ? Number.NaN : std(values, 1);
  }

  toString(): string {
    const { security, open, close, high, low, volume, money } = this;
    return `SecurityUnitData(${pyRepr({ security, open, close, high, low, volume, money })})`;
  }

  #last(field: string): number {
    return this.#block === null ? Number.NaN : (columnOf(this.#block, field).at(-1) ?? Number.NaN);
  }

  /** A day's bar knows more than its prices; null = this is a minute's. */
  #ofDay(field: BarField): number | null {
    return this.#block !== null && field in this.#block.columns ? this.#last(field) : null;
  }

  #quote() {
    return currentHost().quotes([this.#security])[0] ?? null;
  }

  #daily(days: number, fields: readonly BarField[]): Float64Array[] {
    const asked = {
      securities: [this.#security],
      unit: '1d',
      count: days,
      fields,
      skipPaused: true,
      includeToday: false,
      running: false,
    };
    const [block] = fetchBars(asked);
    return block === undefined ? [] : fields.map((field) => columnOf(block, field));
  }
}

guardGetters(SecurityUnitData, 'data');

/** What a day's bar knows of itself; a minute's is asked of the quote. */
const DAY_FIELDS: readonly BarField[] = ['pre_close', 'high_limit', 'low_limit', 'paused', 'factor'];

/** Securities whose bars are asked for ahead, at most. */
const MOST_AT_ONCE = 500;

function lastBars(securities: readonly string[]): readonly HistoryBlock[] {
  const isDaily = currentHost().runParams.frequency === 'day';
  const fields = isDaily ? [...DEFAULT_FIELDS, ...DAY_FIELDS] : DEFAULT_FIELDS;
  return fetchBars({
    securities,
    unit: isDaily ? '1d' : '1m',
    count: 1,
    fields,
    includeToday: !isDaily,
    running: false,
  });
}

class BarDataMethods {
  readonly #read = new Map<string, SecurityUnitData>();
  readonly #ahead = new Map<string, HistoryBlock>();
  /** The universe is asked for ahead once. */
  #asked = false;

  /** The universe, and what was read beside it. */
  keys(): string[] {
    return [...new Set([...runState(currentHost()).universe, ...this.#read.keys()])];
  }

  /** BAD_SECURITY for a malformed code. */
  get(code: string): SecurityUnitData {
    const security = canonicalSecurity(code);
    const known = this.#read.get(security);
    if (known !== undefined) return known;
    const fresh = new SecurityUnitData(security, this.#bar(security));
    this.#read.set(security, fresh);
    return fresh;
  }

  /** The second read within the universe is taken for a loop over it: the rest is asked for in one call. */
  #bar(security: string): HistoryBlock | null {
    const ahead = this.#ahead.get(security);
    if (ahead !== undefined) return ahead;
    const universe = runState(currentHost()).universe;
    const isLoop = !this.#asked && universe.includes(security) && universe.some((code) => this.#read.has(code));
    if (isLoop) {
      this.#asked = true;
      const rest = universe.filter((code) => code !== security && !this.#read.has(code)).slice(0, MOST_AT_ONCE - 1);
      try {
        for (const block of lastBars([security, ...rest])) this.#ahead.set(block.security, block);
        return this.#ahead.get(security) ?? null;
      } catch {
        // One of the others may be at fault: this one is asked for alone, and so is each of them.
      }
    }
    return lastBars([security])[0] ?? null;
  }

  [Symbol.iterator](): Iterator<string> {
    return this.keys()[Symbol.iterator]();
  }
}

/** The second argument of handle_data: `data[code]` is the last minute's bar, fetched at its first use. */
export type BarData = BarDataMethods & { readonly [code: string]: SecurityUnitData };

/** Made anew for every handle_data call. */
export function createBarData(): BarData {
  const methods = new BarDataMethods();
  const keyed = {
    read: (key: string) => (looksLikeCode(key) ? methods.get(key) : undefined),
    has: looksLikeCode,
    keys: () => methods.keys(),
    strict: true,
  };
  return keyedProxy(methods, keyed, 'data') as BarData; // the proxy answers the index signature
}
