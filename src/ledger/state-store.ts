import { readVariable, type StateChange, type VariableRow } from './rows.ts';
import type { LedgerStore } from './store.ts';
import { UPSERT_SETTING, UPSERT_VARIABLE } from './writes.ts';

/** The rows of what outlives a strategy's process: attributes of g and context, and the choices of the instance. */
export class StateStore {
  readonly #store: LedgerStore;

  constructor(store: LedgerStore) {
    this.#store = store;
  }

  variables(): VariableRow[] {
    return this.#store.all('SELECT * FROM variables ORDER BY part DESC, rowid', []).map(readVariable);
  }

  /** Writes a change that goes with no trigger. As a trigger's record, it waits for no disk. */
  keep(change: StateChange): void {
    this.#store.append(() => this.apply(change));
  }

  /** Replaces all that an earlier life has left, in one durable commit. `gone`: keys of choices that end with it. */
  begin(gone: readonly string[], change: StateChange): void {
    this.#store.commit(() => {
      this.#store.run('DELETE FROM variables', []);
      for (const key of gone) this.#store.run('DELETE FROM settings WHERE key = ?', [key]);
      this.apply(change);
    });
  }

  /** Within a transaction that is open. */
  apply({ variables, settings }: StateChange): void {
    for (const { part, name, text } of variables) {
      if (text === null) this.#store.run('DELETE FROM variables WHERE part = ? AND name = ?', [part, name]);
      else this.#store.run(UPSERT_VARIABLE, [part, name, text]);
    }
    for (const [key, value] of settings) this.#store.run(UPSERT_SETTING, [key, value]);
  }
}
