import { temporaryFolder } from '../../temporary-folder.ts';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_RISK_LIMITS } from '../../../src/domain/order/risk/limits.ts';
import type { EngineAnswer } from '../../../src/domain/status/engine-status.ts';
import type { SeenAccount } from '../../../src/domain/status/seen-account.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { serveControl, type ControlServer } from '../../../src/platform/control-socket.ts';
import { INSTANCE_STATUS, INSTANCE_SUMMARY } from '../../../src/status/schema.ts';
import { FolderSource } from '../../../src/status/source.ts';
import { DAY, StatusPlace, TEN, writeOrder } from './status-folder.ts';

let place: StatusPlace;
let source: FolderSource;
let engine: ControlServer | null = null;
beforeEach(() => {
  place = new StatusPlace();
  source = new FolderSource({ root: place.root });
});
afterEach(async () => {
  await engine?.close();
  engine = null;
  source.close();
  place.close();
});

const ACCOUNT: SeenAccount = {
  asOf: TEN,
  totalValue: 101_000,
  availableCash: 50_000,
  lockedCash: 0,
  startingCash: 100_000,
  positions: [
    {
      pindex: 0,
      security: '000001.XSHE',
      name: 'PAB',
      amount: 100,
      closeableAmount: 0,
      todayAmount: 100,
      avgCost: 10,
      price: 11,
      value: 1_100,
    },
  ],
};

const ANSWER: EngineAnswer = {
  version: 1,
  now: TEN + 60_000,
  engine: {
    pid: 4711,
    version: '0',
    startedAt: TEN,
    ready: true,
    gate: null,
    links: [{ session: 'read', up: true, reason: null, since: TEN }],
    stub: true,
    quotes: { alive: true, lastAt: TEN },
    strategy: { state: 'idle', inTask: null, since: TEN },
    paused: null,
    memoryMb: 80,
    ledgerBytes: 4096,
  },
  account: { ...ACCOUNT, totalValue: 102_000 },
  limits: [{ rule: 'daily_orders', variable: 'MAX_DAILY_TRADES', unit: 'orders', limit: 500, used: 1 }],
  foreign: [],
};

async function answering(folder: string, data: unknown): Promise<void> {
  engine = await serveControl(folder, () => Promise.resolve({ data }));
}

describe('an instance that nobody runs', () => {
  test('is shown as its ledger has it: order with history, trade, account with the time at which it was seen', async () => {
    const { ledger } = place.instance('one');
    writeOrder(ledger);
    ledger.look.keepSeen(ACCOUNT);
    ledger.look.keepLimits({ ...DEFAULT_RISK_LIMITS, allowed: new Set(['000001.XSHE']) });
    ledger.risk.keepEquity({ at: TEN, total: 100_500, cash: 50_000 });
    const status = await source.status('one');
    expect(INSTANCE_STATUS.parse(status)).toEqual(status);
    expect(status).toMatchObject({ instance: 'one', name: 'the one', running: false, engine: null, problem: null });
    expect(status).toMatchObject({ day: DAY, account: 'main', portfolio: { asOf: TEN, source: 'ledger' } });
    expect(status.portfolio).toMatchObject({ dayProfit: 500, totalProfit: 1_000, totalProfitPercent: 1 });
    expect(status.positions).toMatchObject([{ profit: 100, profitPercent: 10 }]);
    const [order] = status.orders;
    expect(order).toMatchObject({
      state: 'filled',
      filled: 100,
      price: 10,
      parts: [{ id: 'aaaaaaaa', brokerOrderId: '77' }],
    });
    expect(order?.history.map(({ at, state, by, reason }) => [at - TEN, state, by, reason])).toEqual([
      [0, 'planned', null, null],
      [1, 'sending', null, null],
      [900, 'filled', 'counter', 'done'],
    ]);
    expect(status.trades).toMatchObject([{ amount: 100, price: 10, value: 1_000, time: TEN + 1_000 }]);
    const daily = status.risk.limits.find(({ rule }) => rule === 'daily_orders');
    expect(daily).toMatchObject({ limit: 500, used: 1 });
    expect(status.risk.limits.find(({ rule }) => rule === 'allowed')).toMatchObject({ limit: 1 });
  });

  test('with a simulated clock stands at the time at which it was last written', async () => {
    writeOrder(place.instance('one').ledger);
    expect((await source.status('one')).now).toBe(TEN + 900);
  });

  test('shows orders of another day, and only the parts that are wanted', async () => {
    writeOrder(place.instance('one').ledger);
    expect((await source.status('one', { day: '2026-07-07' })).orders).toEqual([]);
    const few = await source.status('one', { parts: ['orders'] });
    expect(few.orders).toMatchObject([{ history: [] }]);
    expect(few.trades).toEqual([]);
  });

  test('shows an order of unknown fate with the words that settle it', async () => {
    const { ledger } = place.instance('one');
    writeOrder(ledger);
    const known = ledger.intentsOnDay(DAY);
    ledger.record({
      intents: known.map((intent) => ({
        ...intent,
        state: 'unknown',
        filled: 0,
        brokerOrderId: null,
        reason: 'LINK_LOST',
      })),
    });
    expect((await source.status('one')).unknowns).toMatchObject([
      { id: 'aaaaaaaa', remark: 'bt:aaaaaaaa', reason: 'LINK_LOST', settledBy: ['as', 'notPlaced'] },
    ]);
  });
});

describe('an instance that runs', () => {
  test('is shown with what its engine says', async () => {
    const { folder, ledger } = place.instance('one');
    ledger.look.keepSeen(ACCOUNT);
    await answering(folder, ANSWER);
    const status = await source.status('one');
    expect(INSTANCE_STATUS.parse(status)).toEqual(status);
    expect(status).toMatchObject({ running: true, pid: 4711, now: ANSWER.now, engine: { ready: true } });
    expect(status.portfolio).toMatchObject({ source: 'engine', totalValue: 102_000 });
    expect(status.risk.limits).toEqual(ANSWER.limits);
  });

  test('and has not read its account yet shows the one of before, with the profit of that day', async () => {
    const { folder, ledger } = place.instance('one');
    ledger.risk.keepEquity({ at: TEN - 3_600_000, total: 100_500, cash: 50_000 });
    ledger.look.keepSeen(ACCOUNT);
    ledger.risk.keepEquity({ at: TEN, total: ACCOUNT.totalValue, cash: 50_000 });
    await answering(folder, { ...ANSWER, account: null, now: TEN + 86_400_000 });
    const { portfolio } = await source.status('one');
    expect(portfolio).toMatchObject({ source: 'ledger', asOf: TEN, dayProfit: 500 });
  });

  test('and says nothing that can be understood is told as such, with what the ledger holds', async () => {
    const { folder, ledger } = place.instance('one');
    writeOrder(ledger);
    await answering(folder, { ...ANSWER, version: 2 });
    const status = await source.status('one');
    expect(status).toMatchObject({
      running: true,
      engine: null,
      problem: expect.stringContaining('another version') as string,
    });
    expect(status.orders).toHaveLength(1);
  });

  test('carries out commands; what does not run says so', async () => {
    const { folder } = place.instance('one');
    const request = { command: 'pause', values: {} };
    await expect(source.command('one', request)).rejects.toMatchObject({ code: 'NOT_RUNNING' });
    engine = await serveControl(folder, ({ command }) => Promise.resolve(`done: ${command}`));
    expect(await source.command('one', request)).toBe('done: pause');
  });
});

describe('the list of instances', () => {
  test('has each, also one that cannot be looked at, and one of which only a kill is left', async () => {
    place.instance('b');
    place.instance('a');
    const broken = join(place.root, 'c');
    mkdirSync(broken);
    writeFileSync(join(broken, 'ledger.db'), '');
    writeFileSync(join(broken, 'instance.json'), 'no json');
    mkdirSync(join(place.root, 'd'));
    writeFileSync(join(place.root, 'd', 'KILL'), '');
    const elsewhere = temporaryFolder('elsewhere');
    writeFileSync(join(elsewhere, 'KILL'), '');
    symlinkSync(elsewhere, join(place.root, 'linked'));
    const list = await source.list();
    expect(list.map((one) => INSTANCE_SUMMARY.parse(one).instance)).toEqual(['a', 'b', 'c', 'd', 'linked']);
    expect(list[2]?.problem).toContain('instance.json');
    expect((await source.status('d')).risk.killFile).toBe(true);
    await expect(source.status('e')).rejects.toMatchObject({ code: 'NO_INSTANCE' });
  });

  test('opens a ledger anew that was put in the place of another', async () => {
    const { folder, ledger } = place.instance('one');
    writeOrder(ledger);
    expect((await source.status('one')).orders).toHaveLength(1);
    ledger.close();
    for (const name of ['ledger.db', 'ledger.db-wal', 'ledger.db-shm', 'instance.json'])
      rmSync(join(folder, name), { force: true });
    Ledger.open(folder).close();
    expect((await source.status('one', { day: DAY })).orders).toEqual([]);
  });
});
