import { listed } from '../../../domain/order/intent.ts';
import { fillKey, type FillRow } from '../../../domain/order/rows.ts';

/** The fills of the orders that are kept in memory, each once. */
export class FillStore {
  readonly #byIntent = new Map<string, FillRow[]>();
  readonly #keys = new Set<string>();
  #log: FillRow[] = [];

  has(fill: FillRow): boolean {
    return this.#keys.has(fillKey(fill));
  }

  /** One that is known is left as it is. */
  add(fill: FillRow): void {
    if (this.has(fill)) return;
    this.#keys.add(fillKey(fill));
    this.#log.push(fill);
    const list = this.#byIntent.get(fill.clientId);
    if (list === undefined) this.#byIntent.set(fill.clientId, [fill]);
    else list.push(fill);
  }

  ofIntent(clientId: string): readonly FillRow[] {
    return this.#byIntent.get(clientId) ?? [];
  }

  /** Each with the shares of its intent that are listed with it and those that became known before it. */
  running(fills: readonly FillRow[]): [fill: FillRow, listed: number][] {
    return fills.map((fill) => {
      const all = this.ofIntent(fill.clientId);
      return [fill, listed(all.slice(0, all.indexOf(fill) + 1))];
    });
  }

  /** Intent by intent, each with its client id. `day`: only those of the lists of that day, whatever date the broker gives them; null = all. */
  entries(day: string | null): [clientId: string, fills: readonly FillRow[]][] {
    const all = [...this.#byIntent];
    return day === null ? all : all.map(([clientId, fills]) => [clientId, fills.filter((fill) => fill.day === day)]);
  }

  /** All of them, in the order in which they became known. */
  log(): readonly FillRow[] {
    return this.#log;
  }

  forget(clientIds: ReadonlySet<string>): void {
    for (const clientId of clientIds) {
      for (const fill of this.ofIntent(clientId)) this.#keys.delete(fillKey(fill));
      this.#byIntent.delete(clientId);
    }
    this.#log = this.#log.filter(({ clientId }) => !clientIds.has(clientId));
  }
}
