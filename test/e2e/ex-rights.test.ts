import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { bt } from './cli-process.ts';

/** Buys on the first day, and says each afternoon what it holds. With seed 1 the one gives 2 for 10 on 07-07, the other 10 for 10 on 07-09. */
const STRATEGY = `
import { g, log, order, run_daily } from 'jqdata';
export function initialize() { g.days = 0; run_daily(morning, '09:45'); run_daily(afternoon, '14:55'); }
function morning() {
  g.days += 1;
  if (g.days === 1) { order('600008.XSHG', 500); order('600227.XSHG', 300); }
}
function afternoon(context) {
  const held = ['600008.XSHG', '600227.XSHG'].map((code) => context.portfolio.positions[code]);
  log.info('held %s closeable %s', held.map((p) => p.total_amount).join(' '), held.map((p) => p.closeable_amount).join(' '));
}`;

test.each(['all', 'own'])(
  'new shares of a night are seen the next morning, at any speed: --positions %s',
  async (positions) => {
    const cwd = temporaryFolder('rights');
    writeFileSync(join(cwd, 'holder.ts'), STRATEGY);
    const stub = ['--broker', 'qmt-remote', '--with-stub', '--at', '2026-07-06 09:34:30', '--speed', 'max'];
    const end = ['--until', '2026-07-09 15:30', '--positions', positions];
    const { code, stdout } = await bt(['live', 'holder.ts', ...stub, ...end], { cwd, env: { TMPDIR: cwd } });
    expect(code, stdout).toBe(0);
    expect([...stdout.matchAll(/held (.*)$/gmu)].map(([, text]) => text)).toEqual([
      '500 300 closeable 0 0',
      '600 300 closeable 600 300',
      '600 300 closeable 600 300',
      '600 600 closeable 600 600',
    ]);
    expect(stdout).not.toContain('ALARM');
  },
);
