import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGauges, runHealth } from '../../../../src/cli/metrics/scrape.ts';
import type { RunView, StrategyStanding } from '../../../../src/engine/run-view.ts';
import { createInstruments } from '../../../../src/metrics/instruments.ts';
import { anAccount } from '../../domain/order/builders.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const RUNS: StrategyStanding = { state: 'runs', why: null, pids: [process.pid] };
const broker = { canPlace: () => true };

function view(change: Partial<RunView> = {}): RunView {
  return {
    events: { on: () => () => undefined },
    obstacle: () => null,
    strategy: () => RUNS,
    newestQuote: () => 40_000,
    account: () => anAccount({ asOf: 58_000, totalValue: 123.5, aside: 1 }),
    orders: () => [],
    trades: () => [],
    seenSince: () => 0,
    fresh: () => Promise.resolve(),
    ...change,
  };
}

test('a run is ready when nothing of ours keeps it from trading, and names what does', () => {
  expect(runHealth({ run: null, broker })).toEqual({ ready: false, reason: 'bt is starting' });
  expect(runHealth({ run: view(), broker })).toEqual({ ready: true, reason: null });
  const reasons = [
    runHealth({ run: view({ obstacle: () => 'the gate is closed' }), broker }),
    runHealth({ run: view(), broker: { canPlace: () => false } }),
    runHealth({ run: view({ strategy: () => null }), broker }),
    runHealth({ run: view({ strategy: () => ({ ...RUNS, state: 'waits', why: 'it is paused' }) }), broker }),
  ].map(({ reason }) => reason);
  expect(reasons).toEqual([
    'the gate is closed',
    'the connection that places orders is down',
    'the strategy is being loaded',
    'it is paused',
  ]);
});

test('what is not known has no sample, and what was known has none any more', async () => {
  const folder = temporaryFolder('scrape');
  writeFileSync(join(folder, 'ledger.db'), '12345');
  const of = createInstruments();
  const scraped = { broker, now: () => 60_000, stateFolder: folder };
  // A gateway that is waited for may keep a start for minutes: nothing of the account is 0 then.
  await readGauges(of, { ...scraped, run: null });
  const starting = await of.registry.metrics();
  expect(starting).not.toMatch(/^bt_(?:quotes_age|account|orders_open|orders_of|strategy_resident)\w* /mu);
  expect(starting.split('\n')).toContain('bt_trading_possible 0');
  await readGauges(of, { ...scraped, run: view() });
  const known = await of.registry.metrics();
  for (const line of [
    'bt_ledger_bytes 5',
    'bt_trading_possible 1',
    'bt_quotes_age_seconds 20',
    'bt_account_age_seconds 2',
    'bt_account_total_value_cny 124.5',
    'bt_strategy_up 1',
  ])
    expect(known.split('\n')).toContain(line);
  await readGauges(of, { ...scraped, run: view({ account: () => null, newestQuote: () => null }) });
  const unknown = await of.registry.metrics();
  expect(unknown).not.toMatch(/^bt_(?:quotes_age|account)\w* /mu);
});
