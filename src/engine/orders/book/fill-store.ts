import { listed } from '../../../domain/order/intent.ts';
import { isSameFill, type FillRow } from '../../../domain/order/rows.ts';

/** The fills of the orders that are kept in memory, each once. */
export class FillStore {
  readonly #byIntent = new Map<string, FillRow[]>();
  #log: FillRow[] = [];

  /** Among the fills of its intent, which are few: a start takes ten thousand, and a key for each costs more than all else of them. */
  has(fill: FillRow): boolean {
    return holds(this.ofIntent(fill.clientId), fill);
  }

  /** One that is known is left as it is. */
  add(fill: FillRow): void {
    const known = this.#byIntent.get(fill.clientId);
    if (known === undefined) this.#byIntent.set(fill.clientId, [fill]);
    else if (holds(known, fill)) return;
    else known.push(fill);
    this.#log.push(fill);
  }

  ofIntent(clientId: string): readonly FillRow[] {
    return this.#byIntent.get(clientId) ?? NO_FILLS;
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
    for (const clientId of clientIds) this.#byIntent.delete(clientId);
    this.#log = this.#log.filter(({ clientId }) => !clientIds.has(clientId));
  }
}

const NO_FILLS: readonly FillRow[] = [];

function holds(fills: readonly FillRow[], fill: FillRow): boolean {
  for (const known of fills) if (isSameFill(known, fill)) return true;
  return false;
}
