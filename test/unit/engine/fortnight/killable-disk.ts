import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { Ledger } from '../../../../src/ledger/ledger.ts';
import { MIGRATIONS } from '../../../../src/ledger/schema.ts';
import { Statements } from '../../../../src/ledger/statements.ts';
import type { LedgerStore } from '../../../../src/ledger/store.ts';

/** One process: once it is dead nothing of it reaches disk or broker. */
export interface Life {
  alive: boolean;
}

/** Told at each point where the process may die, by what is done there: `commit before triggers:ran+variables`. */
type AtPoint = (label: string) => void;

/** A disk in memory that outlives the processes that write it; a commit of a dead process is rolled back. */
export class KillableDisk {
  readonly #database = new DatabaseSync(':memory:');

  constructor() {
    for (const statements of MIGRATIONS) this.#database.exec(statements);
  }

  open(life: Life, atPoint: AtPoint): Ledger {
    return new Ledger(new KillableStore(this.#database, life, atPoint));
  }

  close(): void {
    this.#database.close();
  }
}

class KillableStore extends Statements implements LedgerStore {
  readonly #database: DatabaseSync;
  readonly #life: Life;
  readonly #atPoint: AtPoint;
  /** Tables that the open transaction has written, triggers with their outcome. */
  #written = new Set<string>();

  constructor(database: DatabaseSync, life: Life, atPoint: AtPoint) {
    super(database);
    this.#database = database;
    this.#life = life;
    this.#atPoint = atPoint;
  }

  override run(sql: string, values: readonly SQLInputValue[]): number {
    const table = /(?:INTO|FROM|UPDATE) (\w+)/u.exec(sql)?.[1] ?? sql;
    this.#written.add(table === 'triggers' ? `triggers:${values[3] as string}` : table);
    return super.run(sql, values);
  }

  commit(work: () => void): void {
    this.#written = new Set();
    this.#database.exec('BEGIN');
    try {
      work();
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
    const what = [...this.#written].toSorted().join('+');
    if (this.#life.alive) this.#atPoint(`commit before ${what}`);
    this.#database.exec(this.#life.alive ? 'COMMIT' : 'ROLLBACK');
    if (this.#life.alive) this.#atPoint(`commit after ${what}`);
  }

  append(work: () => void): void {
    this.commit(work);
  }

  unsettled(): null {
    return null;
  }

  settle(): void {
    // what is written is there
  }

  compact(): void {
    // it has no log
  }

  close(): void {
    // the disk outlives its writers
  }
}
