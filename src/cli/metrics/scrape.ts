import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isFinal } from '../../domain/order/state.ts';
import type { RunView } from '../../engine/run-view.ts';
import type { Broker } from '../../venues/broker.ts';
import { LEDGER_FILE } from '../../ledger/instance-file.ts';
import type { Instruments } from '../../metrics/instruments.ts';
import { healthOf, type Health } from '../../metrics/health.ts';
import { residentBytes } from '../../platform/resident-memory.ts';

export interface Scraped {
  /** Null: the run has not come so far yet. */
  readonly run: RunView | null;
  readonly broker: Pick<Broker, 'canPlace'>;
  /** Market time, epoch ms. */
  readonly now: () => number;
  readonly stateFolder: string;
}

/** Whether an order could be sent now: the run's own reasons first, then the strategy's. */
export function runHealth({ run, broker }: Pick<Scraped, 'run' | 'broker'>): Health {
  if (run === null) return healthOf(['bt is starting']);
  const strategy = run.strategy();
  const link = broker.canPlace() ? null : 'the connection that places orders is down';
  return healthOf([run.obstacle(), link, strategy === null ? 'the strategy is being loaded' : strategy.why]);
}

/** Reads what is looked at when somebody asks. What is not known has no sample. */
export async function readGauges(of: Instruments, scraped: Scraped): Promise<void> {
  const { run, stateFolder } = scraped;
  of.ledgerBytes.set(ledgerBytes(stateFolder));
  of.tradingPossible.set(runHealth(scraped).ready ? 1 : 0);
  const strategy = run?.strategy() ?? null;
  of.strategyUp.set(strategy?.state === 'runs' ? 1 : 0);
  if (run === null) return;
  const orders = run.orders();
  of.openOrders.set(orders.filter(({ state }) => !isFinal(state)).length);
  of.unknownOrders.set(orders.filter(({ unknown }) => unknown).length);
  setOrDrop(of.openSignals, run.openSignals?.() ?? null);
  const now = scraped.now();
  setOrDrop(of.quotesAge, ageOf(run.newestQuote(), now));
  readAccount(of, run, now);
  const held = await Promise.all((strategy?.pids ?? []).map(residentBytes));
  const known = held.filter((bytes) => bytes !== null);
  setOrDrop(of.strategyMemory, known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0));
}

function readAccount({ accountInstruments: of }: Instruments, run: RunView, now: number): void {
  const account = run.account();
  setOrDrop(of.totalValue, account === null ? null : account.totalValue + (account.aside ?? 0));
  setOrDrop(of.availableCash, account?.availableCash ?? null);
  setOrDrop(of.positions, account?.positions.length ?? null);
  setOrDrop(of.age, ageOf(account?.asOf ?? null, now));
}

interface Settable {
  set(value: number): void;
  remove(labels: Record<string, never>): void;
}

function setOrDrop(gauge: Settable, value: number | null): void {
  if (value === null) gauge.remove({});
  else gauge.set(value);
}

/** Seconds since then; a clock that is a little behind its source is at it. */
function ageOf(at: number | null, now: number): number | null {
  return at === null ? null : Math.max(0, now - at) / 1_000;
}

function ledgerBytes(folder: string): number {
  const files = [LEDGER_FILE, `${LEDGER_FILE}-wal`];
  return files.reduce((sum, file) => sum + (statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0), 0);
}
