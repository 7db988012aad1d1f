import type { Ledger } from './ledger.ts';

/** What an instance is from its first day on. Money in CNY. */
export interface InstanceStart {
  /** Trading day on which it first started, `YYYY-MM-DD`. */
  readonly startDay: string;
  /** The account's whole value at its first reading. */
  readonly startingCash: number;
  /** The account it trades, as the venue names it. */
  readonly accountId: string;
}

const KEYS: Readonly<Record<keyof InstanceStart, string>> = {
  startDay: 'start_day',
  startingCash: 'starting_cash',
  accountId: 'account_id',
};

/**
 * The life of an instance across its runs: when it began, with how much, on which account; what its strategy has registered and
 * set. Kept in the ledger; each value is written once, by the first run that knows it.
 */
export class InstanceState {
  readonly #ledger: Pick<Ledger, 'setting' | 'choose'>;
  /** What is known never changes, and the account's view asks for it each time. */
  readonly #known = new Map<keyof InstanceStart, string>();

  constructor(ledger: Pick<Ledger, 'setting' | 'choose'>) {
    this.#ledger = ledger;
  }

  /** `YYYY-MM-DD`; null before the first start. */
  startDay(): string | null {
    return this.#start('startDay');
  }

  startingCash(): number | null {
    const text = this.#start('startingCash');
    return text === null ? null : Number(text);
  }

  accountId(): string | null {
    return this.#start('accountId');
  }

  /** Keeps what is not known yet; what is stays as it was. Throws LEDGER_WRITE_FAILED. */
  begin(start: Partial<InstanceStart>): void {
    for (const [name, value] of Object.entries(start)) {
      const key = KEYS[name as keyof InstanceStart];
      if (this.#ledger.setting(key) === null) this.#ledger.choose(key, String(value));
    }
  }

  #start(name: keyof InstanceStart): string | null {
    const value = this.#known.get(name) ?? this.#ledger.setting(KEYS[name]);
    if (value !== null) this.#known.set(name, value);
    return value;
  }

  /** What the strategy has registered, set, and chosen as its universe; null = nothing was kept yet. */
  kept(part: 'registrations' | 'settings' | 'universe'): unknown {
    const text = this.#ledger.setting(`strategy_${part}`);
    return text === null ? null : (JSON.parse(text) as unknown);
  }

  /** Replaces what is kept. Throws LEDGER_WRITE_FAILED. */
  keep(part: 'registrations' | 'settings' | 'universe', value: unknown): void {
    this.#ledger.choose(`strategy_${part}`, JSON.stringify(value));
  }
}
