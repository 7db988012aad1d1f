import type { SubBonus } from '../domain/order/sub-tally.ts';
import { chinaDay } from '../domain/time.ts';
import type { Ledger } from './ledger.ts';
import type { CallRow, CashMove, StateChange, VariableName, VariableRow } from './rows.ts';

/** What an instance is from its first day on. Money in CNY. */
export interface InstanceStart {
  /** Trading day on which it first started, `YYYY-MM-DD`. */
  readonly startDay: string;
  /** The value of what it saw of the account at its first reading. */
  readonly startingCash: number;
  /** The account it trades, as the venue names it. */
  readonly accountId: string;
}

const KEYS: Readonly<Record<keyof InstanceStart, string>> = {
  startDay: 'start_day',
  startingCash: 'starting_cash',
  accountId: 'account_id',
};

/** What the strategy has registered, set and subscribed to, and its sub-portfolios, as JSON. */
export type StrategyPart = 'registrations' | 'settings' | 'subscriptions' | 'subportfolios';

/** How a life began: `initialize` ran to its end. */
export interface LifeStart {
  /** Market time from which its tasks are due, epoch ms. */
  readonly at: number;
  /** The strategy's file, absolute. */
  readonly file: string;
}

/** What of the account an instance's money is reckoned on: 'all' of it, or its 'own' part. */
export interface SeenPart {
  readonly scope: 'all' | 'own';
  /** Market time from which values are of that part, epoch ms; 0 = all of this life. */
  readonly since: number;
  /** What the changes of the part so far have added to what it sees, CNY: no profit and no loss. */
  readonly shift: number;
}

/** A change of that part. `at`: from then on values are of the other one, market time, epoch ms; `shift`: what came in sight with it, CNY. */
export interface PartChange {
  readonly at: number;
  readonly shift: number;
}

/** The choice under which it is kept, as JSON. */
const PART_KEY = 'starting_part';
/** All changes of it, as JSON: values of earlier lives stay, and so do these. */
const CHANGES_KEY = 'part_changes';
const LIFE_KEY = 'life_began';
const FILE_KEY = 'strategy_file';
/** The choice under which the hash of the strategy's code is kept. */
export const CODE_HASH = 'code_hash';
const PARTS: readonly StrategyPart[] = ['registrations', 'settings', 'subscriptions', 'subportfolios'];
/** What ends with a life. The account stays the instance's, whatever runs on it. */
const OF_A_LIFE = [KEYS.startDay, KEYS.startingCash, PART_KEY, LIFE_KEY, FILE_KEY, CODE_HASH, ...PARTS.map(partKey)];

type StateLedger = Pick<Ledger, 'setting' | 'choose' | 'state' | 'subs'>;

/**
 * The life of an instance across its runs: when it began, with how much, on which account; what its strategy has kept. A life begins
 * when `initialize` has run to its end: until then its start is known to this run only, so that one that failed leaves nothing.
 */
export class InstanceState {
  readonly #ledger: StateLedger;
  /** What is known never changes, and the account's view asks for it each time. */
  readonly #known = new Map<keyof InstanceStart, string>();
  #part: SeenPart | null | undefined;
  /** Null = as the ledger has them. */
  #changes: readonly PartChange[] | null = null;
  /** A life of earlier runs that is to be gone on with. */
  #lives: boolean;
  /** The earlier life ends with this run's: nothing of it is read. */
  readonly #fresh: boolean;

  constructor(ledger: StateLedger, options: { readonly fresh?: boolean } = {}) {
    this.#ledger = ledger;
    this.#fresh = options.fresh === true;
    this.#lives = !this.#fresh && ledger.setting(LIFE_KEY) !== null;
  }

  /** Whether `initialize` has run to its end in this life. */
  hasBegun(): boolean {
    return this.#lives;
  }

  /** Market time from which tasks of this life are due, epoch ms; null before it has begun. */
  beganAt(): number | null {
    const text = this.#lives ? this.#ledger.setting(LIFE_KEY) : null;
    return text === null ? null : Number(text);
  }

  /** `YYYY-MM-DD`; null before the first start. */
  startDay(): string | null {
    const began = this.beganAt();
    return this.#start('startDay') ?? (began === null ? null : chinaDay(began));
  }

  /** With what a change of the part that is seen has added to it, or taken from it. */
  startingCash(): number | null {
    const text = this.#start('startingCash');
    return text === null ? null : Number(text) + (this.seenPart()?.shift ?? 0);
  }

  /** Null before the first reading, and for a life that an earlier version began: its starting cash is the whole account's. */
  seenPart(): SeenPart | null {
    if (this.#part === undefined) {
      const text = this.#fresh && !this.#lives ? null : this.#ledger.setting(PART_KEY);
      this.#part = text === null ? null : (JSON.parse(text) as SeenPart);
    }
    return this.#part;
  }

  /** From now on its money is reckoned on that part. Throws LEDGER_WRITE_FAILED. */
  see(part: SeenPart): void {
    if (part.since > 0) this.#changes = [...this.partChanges(), changeTo(part, this.seenPart())];
    if (this.#lives) {
      if (part.since > 0) this.#ledger.choose(CHANGES_KEY, JSON.stringify(this.#changes));
      this.#ledger.choose(PART_KEY, JSON.stringify(part));
    }
    this.#part = part;
  }

  /** Each change of the part that is seen, in whichever life, oldest first. */
  partChanges(): readonly PartChange[] {
    if (this.#changes !== null) return this.#changes;
    const text = this.#ledger.setting(CHANGES_KEY);
    if (text !== null) return JSON.parse(text) as PartChange[];
    // A version that kept the last one only.
    const part = this.seenPart();
    return part === null || part.since === 0 ? [] : [changeTo(part, null)];
  }

  /** Market time from which all values are of the part that is seen now, epoch ms; 0 = all are. */
  seenSince(): number {
    return this.partChanges().at(-1)?.at ?? 0;
  }

  accountId(): string | null {
    return this.#start('accountId');
  }

  /** Keeps what is not known yet; what is stays as it was. Throws LEDGER_WRITE_FAILED. */
  begin(start: Partial<InstanceStart>): void {
    for (const [name, value] of Object.entries(start)) {
      const key = name as keyof InstanceStart;
      if (this.#start(key) !== null) continue;
      if (this.#lives || key === 'accountId') this.#ledger.choose(KEYS[key], String(value));
      this.#known.set(key, String(value));
    }
  }

  /** The life begins with what its strategy has kept; all of an earlier one ends. One durable commit. Throws LEDGER_WRITE_FAILED. */
  beginLife({ at, file }: LifeStart, codeHash: string, { variables, settings, moves = [] }: StateChange): void {
    const own = new Map(settings).set(LIFE_KEY, String(at)).set(FILE_KEY, file).set(CODE_HASH, codeHash);
    if (this.#start('startDay') === null) this.begin({ startDay: chinaDay(at) });
    for (const key of ['startDay', 'startingCash'] as const) {
      const value = this.#start(key);
      if (value !== null) own.set(KEYS[key], value);
    }
    const part = this.seenPart();
    if (part !== null) own.set(PART_KEY, JSON.stringify(part));
    if (this.#changes !== null) own.set(CHANGES_KEY, JSON.stringify(this.#changes));
    this.#ledger.state.begin(OF_A_LIFE, { variables, settings: own, moves });
    this.#lives = true;
  }

  /** The strategy's file of this life, absolute; null before it has begun. */
  strategyFile(): string | null {
    return this.#lives ? this.#ledger.setting(FILE_KEY) : null;
  }

  /** The file is the same one at another place. */
  moved(file: string): void {
    this.#ledger.choose(FILE_KEY, file);
  }

  /** Of the code that this life was last gone on with; null before it has begun. */
  codeHash(): string | null {
    return this.#lives ? this.#ledger.setting(CODE_HASH) : null;
  }

  /** Attributes of g and context; none before the life has begun. */
  variables(): VariableRow[] {
    return this.#lives ? this.#ledger.state.variables() : [];
  }

  /** What they are called. */
  variableNames(): VariableName[] {
    return this.#lives ? this.#ledger.state.variableNames() : [];
  }

  /** Writes down that a call into the strategy is about to order, or may. Throws LEDGER_WRITE_FAILED. */
  beginCall(call: CallRow): void {
    this.#ledger.state.beginCall(call);
  }

  /** Keeps what has changed of the strategy's state. Throws LEDGER_WRITE_FAILED. */
  keep(change: StateChange): void {
    this.#ledger.state.keep(change);
  }

  /** Money moved between sub-portfolios in this life, oldest first. */
  moves(): CashMove[] {
    return this.#lives ? this.#ledger.subs.moves() : [];
  }

  /** What nights have made of the shares of its sub-portfolios. */
  bonuses(): SubBonus[] {
    return this.#lives ? this.#ledger.subs.bonuses() : [];
  }

  /** What the strategy has registered, set or subscribed to; null = nothing was kept yet. */
  kept(part: StrategyPart): unknown {
    const text = this.#lives ? this.#ledger.setting(partKey(part)) : null;
    return text === null ? null : (JSON.parse(text) as unknown);
  }

  #start(name: keyof InstanceStart): string | null {
    const ofEarlierLife = this.#fresh && !this.#lives && name !== 'accountId';
    const value = this.#known.get(name) ?? (ofEarlierLife ? null : this.#ledger.setting(KEYS[name]));
    if (value !== null) this.#known.set(name, value);
    return value;
  }
}

function changeTo({ since, shift }: SeenPart, before: SeenPart | null): PartChange {
  return { at: since, shift: shift - (before?.shift ?? 0) };
}

/** The choice under which a part is kept. */
export function partKey(part: StrategyPart): string {
  return `strategy_${part}`;
}
