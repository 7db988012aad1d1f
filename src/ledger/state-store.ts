import {
  readCall,
  readVariable,
  readVariableName,
  SELECT_VARIABLES,
  type CallRow,
  type StateChange,
  type VariableName,
  type VariableRow,
} from './rows.ts';
import type { LedgerStore } from './store.ts';
import { INSERT_MOVE, moveValues, UPSERT_CALL, UPSERT_SETTING, UPSERT_VARIABLE } from './writes.ts';

const OF_A_LIFE = ['variables', 'calls', 'cash_moves', 'sub_bonuses'];

/** The rows of what outlives a strategy's process: attributes of g and context, and the choices of the instance. */
export class StateStore {
  readonly #store: LedgerStore;

  constructor(store: LedgerStore) {
    this.#store = store;
  }

  variables(): VariableRow[] {
    return this.#store.map(SELECT_VARIABLES, [], readVariable);
  }

  /** In the same order, without the up to 30 MB that they hold. */
  variableNames(): VariableName[] {
    return this.#store.map('SELECT part, name FROM variables ORDER BY part DESC, rowid', [], readVariableName);
  }

  /** Calls that have ordered (and each `initialize`) and whose end was never kept, oldest first. */
  openCalls(): CallRow[] {
    return this.#store.map('SELECT * FROM calls ORDER BY began_at, rowid', [], readCall);
  }

  /** A call's order has a commit of its own, which makes this durable with it: it waits for no disk. */
  beginCall({ id, name, beganAt }: CallRow): void {
    this.#store.append(() => this.#store.run(UPSERT_CALL, [id, name, beganAt]));
  }

  /** Writes a change that goes with no trigger. As a trigger's record, it waits for no disk. */
  keep(change: StateChange): void {
    this.#store.append(() => this.apply(change));
  }

  /** Replaces all that an earlier life has left, in one durable commit. `gone`: keys of choices that end with it. */
  begin(gone: readonly string[], change: StateChange): void {
    this.#store.commit(() => {
      for (const table of OF_A_LIFE) this.#store.run(`DELETE FROM ${table}`, []);
      for (const key of gone) this.#store.run('DELETE FROM settings WHERE key = ?', [key]);
      this.apply(change);
    });
  }

  /** Within a transaction that is open. */
  apply({ variables, settings, endedCalls = [], moves = [] }: StateChange): void {
    for (const { part, name, text } of variables) {
      if (text === null) this.#store.run('DELETE FROM variables WHERE part = ? AND name = ?', [part, name]);
      else this.#store.run(UPSERT_VARIABLE, [part, name, text]);
    }
    for (const id of endedCalls) this.#store.run('DELETE FROM calls WHERE id = ?', [id]);
    for (const [key, value] of settings) this.#store.run(UPSERT_SETTING, [key, value]);
    for (const move of moves) this.#store.run(INSERT_MOVE, moveValues(move));
  }
}
