import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chinaInstant } from '../../../src/domain/time.ts';
import { tableOf, texts } from '../../../src/domain/data/table.ts';
import type { TableSource } from '../../../src/venues/provider.ts';
import { aQuote } from '../domain/order/builders.ts';
import { dataOf } from './data-of.ts';
import { LiveRuns } from './live-runs.ts';
import { Workspace } from './strategy/workspace.ts';

const SWALLOWS = `import { get_margincash_stocks as lendable, get_price, log, run_daily } from 'jqdata';
export function initialize() { run_daily(task, '10:00'); }
const quiet = (ask) => { try { return ask(); } catch { return 'nothing'; } };
function task() {
  const got = [quiet(() => lendable()), quiet(() => lendable()), quiet(() => get_price('000001.XSHE', { count: 1 }))];
  log.info('- ' + got.join());
}
`;

const margin: TableSource = {
  serves: { datasets: new Set(['margin_securities']) },
  table: () => Promise.resolve(tableOf({ code: texts(['000001.XSHE']) })),
};

let space: Workspace;
let runs: LiveRuns;
beforeEach(async () => {
  space = await Workspace.make({ 'main.ts': SWALLOWS });
  runs = new LiveRuns(space);
});
afterEach(() => space.remove());

const walk = (line: string): [[string, string]] => [['2026-07-06 10:00', line]];

describe('a strategy that asks for data which no source serves', () => {
  test('is not started: it is told with function and line', async () => {
    const run = runs.run('2026-07-06 09:50', '2026-07-06 10:01');
    await expect(run).rejects.toMatchObject({ code: 'NOT_SERVED', fault: 'config' });
    await expect(run).rejects.toThrow(
      /main\.ts:5:28 get_margincash_stocks needs the data set margin_securities\n.*--with-stub.*--force/u,
    );
    expect(runs.log.texts('info').filter((text) => text.includes('initialize'))).toEqual([]);
  });

  test('starts with --force: what it swallows is told once, and counted in the report', async () => {
    const report = await runs.run('2026-07-06 09:50', '2026-07-06 10:01', walk('nothing,nothing,nothing'), {
      force: true,
    });
    expect(report.errors).toEqual([]);
    const time = chinaInstant('2026-07-06', '10:00');
    expect(report.dataErrors).toMatchObject([
      { what: 'margin_securities', code: 'NOT_SERVED', count: 2, first: time, last: time },
      { what: 'bars', code: 'NOT_SERVED', count: 1, message: expect.stringContaining('000001.XSHE') as string },
    ]);
    const told = runs.log.texts('warning').filter((text) => text.startsWith('The strategy asked for'));
    expect(told.map((text) => /asked for (?<what>.*) and got NOT_SERVED/u.exec(text)?.groups?.['what'])).toEqual([
      'margin_securities',
      'bars',
    ]);
    expect(runs.log.texts('warning').some((text) => text.includes('It starts all the same (--force)'))).toBe(true);
  });

  test('starts when a source serves it', async () => {
    const quote = () => aQuote({ time: runs.broker.now() });
    const report = await runs.run('2026-07-06 09:50', '2026-07-06 10:01', walk('000001.XSHE,000001.XSHE,nothing'), {
      providers: [dataOf(quote, { tables: margin })],
    });
    expect(report.dataErrors.map(({ what }) => what)).toEqual(['bars']);
  });
});
