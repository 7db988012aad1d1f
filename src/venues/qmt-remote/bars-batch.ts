import type { Bars, BarsRequest } from '../../domain/trading.ts';
import { decodeBars } from '../../protocol/decode/bars.ts';
import { BARS_ACTION, barsPayload, mostRows } from '../../protocol/encode/bars-answer.ts';
import type { Ask } from './ask.ts';

/** Values asked for in one request: some megabytes of an answer. */
const MOST_VALUES = 300_000;

/** What requests for bars have in common that are asked together. */
type Common = Omit<BarsRequest, 'security'>;

interface Waiting {
  readonly security: string;
  readonly resolve: (bars: Bars) => void;
  readonly reject: (error: unknown) => void;
}

/** Requests of one turn that differ in their security only become one of the gateway's own `data.bars`, or a few if they are large. */
export class BarsBatch {
  readonly #ask: Ask;
  readonly #open = new Map<string, { readonly common: Common; readonly waiting: Waiting[] }>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  bars({ security, ...rest }: BarsRequest): Promise<Bars> {
    const common: Common = { ...rest, columns: withNeeded(rest.columns) };
    const key = JSON.stringify(common);
    const { promise, resolve, reject } = Promise.withResolvers<Bars>();
    const open = this.#open.get(key);
    if (open === undefined) {
      this.#open.set(key, { common, waiting: [{ security, resolve, reject }] });
      queueMicrotask(() => this.#send(key));
    } else open.waiting.push({ security, resolve, reject });
    return promise;
  }

  #send(key: string): void {
    const open = this.#open.get(key);
    this.#open.delete(key);
    if (open === undefined) return;
    const { common, waiting } = open;
    const size = Math.max(1, Math.floor(MOST_VALUES / valuesOfOne(common)));
    for (let from = 0; from < waiting.length; from += size) void this.#askFor(waiting.slice(from, from + size), common);
  }

  async #askFor(waiting: readonly Waiting[], common: Common): Promise<void> {
    try {
      const securities = waiting.map(({ security }) => security);
      const tables = decodeBars(await this.#ask(BARS_ACTION, barsPayload(securities, common)), securities);
      for (const [at, { resolve, reject }] of waiting.entries()) {
        const bars = tables[at];
        if (bars === undefined) reject(new RangeError('a table is missing'));
        else resolve(bars);
      }
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}

/** With what tells whether a day was traded. */
function withNeeded(columns: readonly string[] = ['open', 'close', 'high', 'low', 'volume', 'money']): string[] {
  return [...new Set([...columns, 'close', 'paused'])];
}

/** With its times. */
function valuesOfOne(common: Common): number {
  return Math.max(1, mostRows(common) * ((common.columns?.length ?? 0) + 1));
}
