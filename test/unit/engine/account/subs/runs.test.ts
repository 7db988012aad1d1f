import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Ledger } from '../../../../../src/ledger/ledger.ts';
import { LiveRuns } from '../../live-runs.ts';
import { Workspace } from '../../strategy/workspace.ts';

let space: Workspace;
let runs: LiveRuns;
beforeEach(async () => {
  space = await Workspace.make({ 'main.ts': '' });
  runs = new LiveRuns(space);
  runs.broker.onPlace = (request, broker) => {
    const outcome = broker.accept(request);
    if (outcome.kind === 'accepted') broker.fill(outcome.orderId, request.amount);
    return outcome;
  };
});
afterEach(() => space.remove());

const HEAD = `
const say = (text) => log.info('- ' + text);
const subs = (context) => context.subportfolios.map((sub) =>
  [sub.available_cash.toFixed(2), sub.inout_cash, ...sub.positions.values().map((held) => held.security.slice(0, 6) + ' ' + held.total_amount)].join(' ')
).join(' | ');
const sum = (context) => (context.subportfolios.reduce((all, sub) => all + sub.total_value, 0) - context.portfolio.total_value).toFixed(2);
`;
const DIVIDED = `
export function initialize(context) {
  const cash = context.portfolio.starting_cash;
  set_subportfolios([SubPortfolioConfig(cash * 0.6, 'stock'), SubPortfolioConfig({ cash: cash * 0.3, type: 'stock' })]);
  run_daily(task, '10:00');
  run_daily(look, '10:30');
  say('initialize ' + subs(context));
}
function look(context) { say('look ' + subs(context) + ' sum ' + sum(context)); }
`;
const strategy = (code: string): Promise<void> => space.write({ 'main.ts': `${HEAD}${code}` });
const state = (): string => join(space.folder, 'state');
const isKept = (path: string): boolean => path === state() || /(?:ledger\.db(?:-wal)?|instance\.json)$/u.test(path);
/** As a kill at this moment would leave it. */
const copyState = (): void => cpSync(state(), join(space.folder, 'killed'), { recursive: true, filter: isKept });
function comeBack(): void {
  rmSync(state(), { recursive: true });
  cpSync(join(space.folder, 'killed'), state(), { recursive: true });
}
const ORDER = `order('000001.XSHE', 500, { style: new LimitOrderStyle(10), pindex: 1, wait_timeout: 1 });`;

describe('sub-portfolios', () => {
  test('are made by initialize, and go on with money, shares and moves on other days', async () => {
    await strategy(`${DIVIDED}
function task(context) { transfer_cash(0, 1, 1000); ${ORDER} inout_cash(-500); say('task ' + subs(context)); }`);
    const first = await runs.run('2026-07-06 09:50', '2026-07-06 10:31', [
      ['2026-07-06 10:00', 'task 58500.00 58500 | 25995.00 31000 000001 500'],
      ['2026-07-06 10:30', 'look 58500.00 58500 | 25995.00 31000 000001 500 sum 0.00'],
    ]);
    expect(first.errors).toEqual([]);
    expect(runs.lines[0]).toBe('initialize 60000.00 60000 | 30000.00 30000');
    expect(runs.log.texts('info')).toEqual(
      expect.arrayContaining([
        'Sub-portfolios, by cash: 0 with 60000.00 CNY, 1 with 30000.00 CNY; 10000.00 CNY of the account are put aside, in none of them.',
        'Moved 1000.00 CNY from sub-portfolio 0 to sub-portfolio 1.',
        'Moved 500.00 CNY from sub-portfolio 0 to what is put aside.',
      ]),
    );
    // What was put aside is not the portfolio's: 10,000 that nobody asked for and 500 that were taken out.
    expect(first.accountAtEnd).toMatchObject({ aside: 10_500, availableCash: 84_495, totalValue: 89_495 });

    runs.broker.held = runs.broker.held.map((held) => ({ ...held, closeableAmount: held.amount }));
    await strategy(`${DIVIDED}
function task(context) { transfer_cash(0, 1, 1000); order_target('000001.XSHE', 200, { style: new LimitOrderStyle(10), pindex: 1, wait_timeout: 1 }); say('task ' + subs(context)); }`);
    const second = await runs.run('2026-07-07 09:50', '2026-07-07 10:31', [
      ['2026-07-07 10:00', 'task 57500.00 57500 | 29990.00 32000 000001 200'],
      ['2026-07-07 10:30', 'look 57500.00 57500 | 29990.00 32000 000001 200 sum 0.00'],
    ]);
    expect(second.errors).toEqual([]);
    expect(second.orders.map(({ pindex, filled }) => [pindex, filled])).toEqual([[1, 300]]);
  });

  test('survive a kill within the task that moved money and ordered: nothing is lost and nothing doubled', async () => {
    await strategy(`${DIVIDED}
function task(context) { g.n = 1; transfer_cash(0, 1, 1000); ${ORDER} say('task ' + subs(context)); }`);
    const { onPlace } = runs.broker;
    runs.broker.onPlace = (request, broker) => {
      copyState();
      return onPlace(request, broker);
    };
    await runs.run('2026-07-06 09:50', '2026-07-06 10:01', [
      ['2026-07-06 10:00', 'task 59000.00 59000 | 25995.00 31000 000001 500'],
    ]);
    comeBack();
    const again = await runs.run('2026-07-06 10:10', '2026-07-06 10:31', [
      ['2026-07-06 10:30', 'look 59000.00 59000 | 25995.00 31000 000001 500 sum 0.00'],
    ]);
    expect(again.errors).toEqual([]);
    expect(runs.broker.placed).toHaveLength(1);
    expect(runs.log.texts('warning').filter((text) => text.includes('was interrupted'))).toEqual([
      expect.stringMatching(
        /it had ordered buy 500 .*, a move of 1000\.00 CNY from sub-portfolio 0 to sub-portfolio 1 at 10:00/u,
      ),
    ]);
  });

  test('a task that had moved money and was cut off is not run again, also where it asks for that', async () => {
    const code = (rest: string): string => `
export function initialize() { inout_cash(-1000); run_daily(task, '10:00', { late: 'run' }); run_daily(look, '10:01'); }
function task() { ${rest} }
function look(context) { say('look ' + subs(context)); }`;
    await strategy(code('inout_cash(-500); process.exit(1);'));
    await runs.run('2026-07-06 09:59', '2026-07-06 10:00:20');
    await strategy(code(`say('again'); inout_cash(-500);`));
    await runs.run('2026-07-06 10:00:30', '2026-07-06 10:02', [['2026-07-06 10:01', 'look 98500.00 98500']]);
    expect(runs.lines).toEqual(['look 98500.00 98500']);
    const ledger = Ledger.read(state());
    expect(ledger.subs.moves().map(({ from, to, cash }) => [from, to, cash])).toEqual([
      [0, null, 1000],
      [0, null, 500],
    ]);
    ledger.close();
  });

  test('an initialize that fails leaves nothing of them, and runs again', async () => {
    await strategy(
      `${DIVIDED.replace('say(', "transfer_cash(0, 1, 5); throw new Error('oh'); say(")} function task() {}`,
    );
    await runs.run('2026-07-06 09:50', '2026-07-06 09:51');
    await strategy(`${DIVIDED} function task() {}`);
    await runs.run('2026-07-06 09:52', '2026-07-06 09:53');
    expect(runs.lines).toEqual(['initialize 60000.00 60000 | 30000.00 30000']);
  });

  test('a new life has none of the last one: what those held is the first one of its own', async () => {
    await strategy(`${DIVIDED} function task() { ${ORDER} transfer_cash(1, 0, 100); say('task'); }`);
    await runs.run('2026-07-06 09:50', '2026-07-06 10:01', [['2026-07-06 10:00', 'task']]);
    await runs.run(
      '2026-07-06 10:05',
      '2026-07-06 10:31',
      [['2026-07-06 10:30', 'look 59997.00 64997 000001 500 | 29998.50 29998.5 sum 0.00']],
      { fresh: true },
    );
    expect(runs.lines[0]).toBe('initialize 59997.00 64997 000001 500 | 29998.50 29998.5');
    const ledger = Ledger.read(state());
    expect(ledger.subs.moves()).toEqual([]);
    ledger.close();
  });

  test('are made in initialize alone, and asking for more than there is throws', async () => {
    await strategy(`
export function initialize(context) { run_daily(task, '10:00'); }
const codeOf = (work) => { try { work(); return 'none'; } catch (error) { return error.code; } };
function task() {
  const codes = [() => set_subportfolios([SubPortfolioConfig(5, 'stock')]), () => inout_cash(1), () => transfer_cash(0, 1, 5)].map(codeOf);
  say(codes.join(' '));
}`);
    const line = 'WRONG_PHASE NOT_ENOUGH_CASH NO_SUBPORTFOLIO';
    await runs.run('2026-07-06 09:50', '2026-07-06 10:01', [['2026-07-06 10:00', line]]);
  });
});
