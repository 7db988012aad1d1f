import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NEVER_TRIGGERED } from '../../src/domain/order/life-types.ts';
import type { RunReport } from '../../src/engine/report.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { BT, start } from './cli-process.ts';

const STRATEGY = `
import { get_current_data, get_open_orders, get_orders, log, order, run_daily, StopLimitOrderStyle, StopMarketOrderStyle } from 'jqdata';
const CODE = '000001.XSHE';
export function initialize() {
  run_daily(enter, '14:40');
  run_daily(look, '14:50');
}
function enter(context) {
  const last = get_current_data()[CODE].last_price;
  order(CODE, 300, StopMarketOrderStyle('take_profit', Number((last * 1.02).toFixed(2))));
  order(CODE, 200, StopLimitOrderStyle({ mode: 'stop_loss', stop_price: Number((last * 1.09).toFixed(2)), limit_price: last }));
}
function look(context) {
  for (const o of get_open_orders().values()) log.info('open: ' + o);
}
export function after_trading_end(context) {
  for (const o of get_orders().values()) log.info('end: ' + o);
}
`;

test('an order with a stop is sent when its price is there, and ends with its day when it does not come', async () => {
  const home = temporaryFolder('stops');
  writeFileSync(join(home, 'stops.ts'), STRATEGY);
  const times = ['--at', '2026-07-06 14:39:30', '--speed', 'max', '--until', '15:31'];
  const args = ['live', 'stops.ts', '--broker', 'qmt-remote', '--with-stub', ...times, '--report', 'run.json'];
  const { code, stdout, stderr } = await start(BT, args, { cwd: home, env: { TMPDIR: home } }).finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const { orders } = JSON.parse(readFileSync(join(home, 'run.json'), 'utf8')) as RunReport;
  expect(orders).toMatchObject([
    { amount: 300, filled: 300, state: 'filled', style: { kind: 'market', stop: { mode: 'take_profit' } } },
    { amount: 200, filled: 0, state: 'not_sent', reason: NEVER_TRIGGERED, style: { kind: 'limit' } },
  ]);
  expect(stdout).toMatch(/buy 300 000001\.XSHE waits for take_profit at /u);
  expect(stdout).toMatch(/buy 300 000001\.XSHE goes on, its price has come: take_profit at \S+ \(it is \S+\)/u);
  expect(stdout).toMatch(/open: StockOrder\(.*status=new style=StopLimitOrderStyle: mode=stop_loss, stop_price=/u);
  expect(stdout).toMatch(/end: StockOrder\(.*status=canceled style=StopLimitOrderStyle/u);
  expect(stdout).toMatch(/end: StockOrder\(.*status=held style=StopMarketOrderStyle/u);
  expect(stdout).toMatch(/stop_loss \S+ → limit/u);
});
