import { isTruthy, missingAttribute, requestFailed, typeName } from './python.ts';

/** The symbols one session gets ticks of, in the order they were asked for. */
export class Subscriptions {
  readonly #symbols = new Set<string>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get symbols(): ReadonlySet<string> {
    return this.#symbols;
  }

  /** Adds all or, beyond the limit, none (REQUEST_FAILED). Returns how many the session holds. */
  add(symbols: readonly string[]): number {
    const fresh = new Set(symbols.filter((symbol) => !this.#symbols.has(symbol)));
    if (this.#symbols.size + fresh.size > this.#limit) throw requestFailed(`订阅数量超过上限 ${this.#limit}`);
    for (const symbol of fresh) this.#symbols.add(symbol);
    return this.#symbols.size;
  }

  /** Removes these, or everything; returns the ones that were held. */
  remove(symbols: readonly string[] | null): string[] {
    const removed = [...(symbols ?? this.#symbols)].filter((symbol) => this.#symbols.has(symbol));
    for (const symbol of removed) this.#symbols.delete(symbol);
    return removed;
  }
}

/** Symbols of a request as the gateway reads them: trimmed, upper case; a text is its characters. */
export function readSymbols(value: unknown): string[] {
  if (!isTruthy(value)) return [];
  const items: unknown[] = typeof value === 'string' ? Array.from(value) : listOf(value);
  const symbols = items.map((item) => {
    if (typeof item !== 'string') throw missingAttribute(item, 'strip');
    return item.trim().toUpperCase();
  });
  return symbols.filter((symbol) => symbol !== '');
}

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) return Object.keys(value);
  throw requestFailed(`'${typeName(value)}' object is not iterable`);
}
