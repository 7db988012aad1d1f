import type { KeptSetting, KeptState, KeptVariable, LogLevel } from '../../runtime/host.ts';
import { LOG_LEVELS } from '../platform/log.ts';
import type { DispatchResult } from './strategy/types.ts';
import { CODE_HASH, partKey, type InstanceState, type StrategyPart } from '../ledger/instance-state.ts';
import { StrategyCalls } from './strategy-calls.ts';
import type { CallRow, CashMove, StateChange } from '../ledger/rows.ts';
import type { Registered } from './time/due-task.ts';

/**
 * What of a strategy outlives its process: attributes of g and context, registrations, settings, subscriptions. What a call changes
 * is gathered and becomes durable with the record of its end, all of it or nothing: a call that was cut off has changed nothing.
 */
export class StrategyState {
  /** Knows which call orders. */
  readonly calls = new StrategyCalls(this);
  readonly #life: InstanceState;
  readonly #settings = new Map<string, KeptSetting>();
  #variables = new Map<string, KeptVariable>();
  #parts = new Map<string, string>();
  /** Calls that were written down and have ended. */
  #ended: string[] = [];
  /** Money that was moved before the life began. */
  #moves: CashMove[] = [];

  constructor(life: InstanceState) {
    this.#life = life;
    for (const setting of (life.kept('settings') as readonly KeptSetting[] | null) ?? [])
      this.#settings.set(settingKey(setting), setting);
  }

  /** What the strategy's own side needs of the last run; null when there was none. */
  kept(): KeptState | null {
    if (!this.#life.hasBegun()) return null;
    return { variables: this.#life.variables(), settings: [...this.#settings.values()] };
  }

  /** Whether the strategy has asked (log.set_level) for less than lines of this source and level. */
  silences(source: string, level: LogLevel): boolean {
    const value = this.#settings.get(settingKey({ name: 'log.set_level', value: { name: source } }))?.value;
    if (typeof value !== 'object' || value === null || !('level' in value)) return false;
    const least = LOG_LEVELS.findIndex((each) => each === value.level);
    return LOG_LEVELS.indexOf(level) < least;
  }

  registrations(): readonly Registered[] {
    return (this.#life.kept('registrations') as readonly Registered[] | null) ?? [];
  }

  subscriptions(): readonly string[] {
    return (this.#life.kept('subscriptions') as readonly string[] | null) ?? [];
  }

  /** Writes down that this call is about to order, or may. Throws LEDGER_WRITE_FAILED: then it must not. */
  callBegins(call: CallRow): void {
    this.#life.beginCall(call);
  }

  /** Takes what a call has changed of g and context. */
  keepVariables(changes: readonly KeptVariable[]): void {
    for (const change of changes) this.#variables.set(`${change.part}.${change.name}`, change);
  }

  keepRegistrations(registrations: readonly Registered[]): void {
    this.#keep('registrations', registrations);
  }

  keepSubscriptions(securities: readonly string[]): void {
    this.#keep('subscriptions', securities);
  }

  /** A later call about the same thing replaces an earlier one. */
  keepSetting(name: string, value: unknown): void {
    const setting = { name, value };
    this.#settings.set(settingKey(setting), setting);
    this.#keep('settings', [...this.#settings.values()]);
  }

  /**
   * A division of the account, or moves of its money: durable when it returns, as an order is, also when its call is cut off. Before the
   * life has begun it is gathered: it begins with it. Throws LEDGER_WRITE_FAILED.
   */
  keepSubs(plan: unknown, moves: readonly CashMove[]): void {
    const settings = new Map(plan === null ? [] : [[partKey('subportfolios'), JSON.stringify(plan)]]);
    if (this.#life.hasBegun()) {
      this.#life.keep({ variables: [], settings, moves });
      return;
    }
    for (const [key, text] of settings) this.#parts.set(key, text);
    this.#moves.push(...moves);
  }

  /** Hands what has been gathered to a commit; null when nothing has, or the life has not begun. When the commit throws, it stays gathered. */
  commit(write: (change: StateChange | null) => void): void {
    const gathered = this.#variables.size + this.#parts.size + this.#ended.length;
    if (!this.#life.hasBegun() || gathered === 0) {
      write(null);
      return;
    }
    write(this.#gathered());
    this.#forget();
  }

  /** Writes what has been gathered by itself. Throws LEDGER_WRITE_FAILED. */
  flush(): void {
    this.commit((change) => {
      if (change !== null) this.#life.keep(change);
    });
  }

  /** The code that the life is gone on with; kept with what is gathered. */
  codeIs(hash: string): void {
    this.#parts.set(CODE_HASH, hash);
  }

  /** The life begins with what `initialize` has left. */
  beginLife(at: number, file: string, codeHash: string): void {
    this.#life.beginLife({ at, file }, codeHash, this.#gathered());
    this.#forget();
  }

  /**
   * A strategy that ended within a call has not told what became of g: what else the call changed is not kept either, and a restart
   * finds the call cut off. `written`: the id of a call that was written down, else null.
   */
  ended(result: DispatchResult, written: string | null = null): void {
    if (result.kind === 'exit' || result.kind === 'lost') this.#forget();
    else if (written !== null) this.#ended.push(written);
  }

  #forget(): void {
    this.#variables = new Map();
    this.#parts = new Map();
    this.#ended = [];
    this.#moves = [];
  }

  #gathered(): StateChange {
    return {
      variables: [...this.#variables.values()],
      settings: this.#parts,
      endedCalls: this.#ended,
      moves: this.#moves,
    };
  }

  #keep(part: StrategyPart, value: unknown): void {
    this.#parts.set(partKey(part), JSON.stringify(value));
  }
}

/** One thing can be set once: an option, the costs of a type, the level of a source. */
function settingKey({ name, value }: KeptSetting): string {
  const facts = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  return JSON.stringify([name, facts['name'], facts['type'], facts['ref']]);
}
