import type { DeviationRow } from '../domain/follow/deviation.ts';
import type { SignalRow } from '../domain/follow/row.ts';
import type { SourcePicture } from '../domain/follow/signal.ts';
import type { Side } from '../domain/trading.ts';
import { column, number, numberOrNull, rowOf, text } from './row-reader.ts';
import { readSignal, SIGNAL_COLUMNS, signalValues } from './signal-rows.ts';
import type { LedgerStore } from './store.ts';
import { upsert } from './writes.ts';

const UPSERT_SIGNAL = upsert('signals', 'key', SIGNAL_COLUMNS);
const UPSERT_PICTURE = `${upsert('source_pictures', 'strategy', ['strategy', 'at', 'picture'])}
  WHERE excluded.at >= source_pictures.at`;
const UPSERT_DEVIATION = upsert('deviations', 'strategy', ['strategy', 'at', 'rows']);
const CARRIED = `SELECT SUM(carry) AS value FROM signals WHERE carry <> 0 AND strategy = ? AND security = ? AND side = ?`;
const SPENT = `SELECT SUM(value) AS value FROM signals WHERE ordered_day = ? AND strategy = ? AND side = 'buy'`;
const LAST_SENT = `SELECT MAX(sent_at) AS value FROM signals WHERE strategy = ? AND security = ? AND origin = 'source'`;
const HAS_ANY = `SELECT EXISTS (SELECT 1 FROM signals) + EXISTS (SELECT 1 FROM source_pictures) AS value`;
const OPEN = `SELECT COUNT(*) AS value FROM signals WHERE phase <> 'done'`;
/** A signal has a time of its end when it is done, and only then. */
const SINCE = '(ended_at IS NULL OR ended_at >= ?)';
const AROUND = `SELECT * FROM signals WHERE strategy = ? AND security = ? AND ${SINCE} ORDER BY rowid`;
const UNDER_WAY = `SELECT EXISTS (SELECT 1 FROM signals WHERE strategy = ? AND security = ? AND side = ? AND ${SINCE}) AS value`;
const LATEST_ENDS = `SELECT * FROM signals WHERE strategy = ? AND security = ? AND phase = 'done' ORDER BY ended_at DESC, rowid DESC LIMIT 1`;

const SUM = column('value', numberOrNull);
const readPicture = column('picture', (value) => JSON.parse(String(value)) as SourcePicture);

/** What was found to differ between a source and us. */
export interface Deviation {
  readonly strategy: string;
  /** Market time, epoch ms. */
  readonly at: number;
  readonly rows: readonly DeviationRow[];
}

/** Rows of before there was a time of their picture have none. */
function readRows(json: string): DeviationRow[] {
  const rows = JSON.parse(json) as (Omit<DeviationRow, 'pictureAt'> & Partial<DeviationRow>)[];
  return rows.map((row) => ({ ...row, pictureAt: row.pictureAt ?? null }));
}

const readDeviation = rowOf<Deviation>({
  strategy: ['strategy', text],
  at: ['at', number],
  rows: ['rows', (value) => readRows(String(value))],
});

/** The rows of signals. What is new is durable when its sender has a receipt, what has ended when it is told; what is between follows with the next commit. */
export class SignalStore {
  readonly #store: LedgerStore;

  constructor(store: LedgerStore) {
    this.#store = store;
  }

  /** Durable when it returns, with the picture that came with it. Throws LEDGER_WRITE_FAILED. */
  commit(row: SignalRow, picture: SourcePicture | null = null): void {
    this.#store.commit(() => this.#writeBoth(row, picture));
  }

  /** Outlives this process; an order that follows from it takes it to the disk with its own commit. Throws LEDGER_WRITE_FAILED. */
  append(row: SignalRow, picture: SourcePicture | null = null): void {
    this.#store.append(() => this.#writeBoth(row, picture));
  }

  /** Null = what was appended is durable. Else resolves with the commit that makes it so; rejects when the next one fails. */
  unsettled(): Promise<void> | null {
    return this.#store.unsettled();
  }

  get(key: string): SignalRow | null {
    return this.#store.one('SELECT * FROM signals WHERE key = ?', key, readSignal);
  }

  /** Of which something may still happen, in the order in which they came. */
  open(): SignalRow[] {
    return this.#store.map(`SELECT * FROM signals WHERE phase <> 'done' ORDER BY rowid`, [], readSignal);
  }

  /** Of a source in a security, that were under way at that time or came later, in the order in which they came. */
  around(strategy: string, security: string, since: number): SignalRow[] {
    return this.#store.map(AROUND, [strategy, security, since], readSignal);
  }

  /** Whether one of a source, security and side was under way at that time, or came later. */
  wasUnderWay(strategy: string, security: string, side: Side, since: number): boolean {
    return (this.#store.map(UNDER_WAY, [strategy, security, side, since], SUM)[0] ?? 0) > 0;
  }

  openCount(): number {
    return this.#store.map(OPEN, [], SUM)[0] ?? 0;
  }

  /** That came on that day, and those of earlier days that are open, or ended then; in the order in which they came. */
  ofDay(day: string, from: number, until: number): SignalRow[] {
    const sql = `SELECT * FROM signals WHERE day = ? OR phase <> 'done' OR (ended_at >= ? AND ended_at < ?) ORDER BY rowid`;
    return this.#store.map(sql, [day, from, until], readSignal);
  }

  /** How the last one of a strategy in a security ended; null = none has. */
  lastEnded(strategy: string, security: string): SignalRow | null {
    return this.#store.map(LATEST_ENDS, [strategy, security], readSignal)[0] ?? null;
  }

  /** True once a signal, or a picture of a source, has come. */
  hasAny(): boolean {
    return (this.#store.map(HAS_ANY, [], SUM)[0] ?? 0) > 0;
  }

  /** When its source sent its last signal in a security, by the sender's clock, epoch ms; null = it has sent none. */
  lastSent(strategy: string, security: string): number | null {
    return this.#store.map(LAST_SENT, [strategy, security], SUM)[0] ?? null;
  }

  /** Shares that signals of a security and side have left over. */
  carried(strategy: string, security: string, side: Side): number {
    return this.#store.map(CARRIED, [strategy, security, side], SUM)[0] ?? 0;
  }

  /** CNY of a strategy's buys of a day: what was filled, and what may be. */
  spent(strategy: string, day: string): number {
    return this.#store.map(SPENT, [day, strategy], SUM)[0] ?? 0;
  }

  /** Durable when it returns; one that is older than what is known changes nothing. */
  keepPicture(strategy: string, picture: SourcePicture): void {
    this.#store.commit(() => this.#writePicture(strategy, picture));
  }

  picture(strategy: string): SourcePicture | null {
    return this.#store.one('SELECT picture FROM source_pictures WHERE strategy = ?', strategy, readPicture);
  }

  keepDeviation({ strategy, at, rows }: Deviation): void {
    this.#store.append(() => this.#store.run(UPSERT_DEVIATION, [strategy, at, JSON.stringify(rows)]));
  }

  deviations(): Deviation[] {
    return this.#store.map('SELECT * FROM deviations ORDER BY strategy', [], readDeviation);
  }

  #writeBoth(row: SignalRow, picture: SourcePicture | null): void {
    this.#write(row);
    if (picture !== null) this.#writePicture(row.strategy, picture);
  }

  #writePicture(strategy: string, picture: SourcePicture): void {
    this.#store.run(UPSERT_PICTURE, [strategy, picture.at, JSON.stringify(picture)]);
  }

  #write(row: SignalRow): void {
    this.#store.run(UPSERT_SIGNAL, signalValues(row));
  }
}
