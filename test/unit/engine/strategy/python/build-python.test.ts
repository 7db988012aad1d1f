import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { findingsOf } from '../../../../../src/engine/strategy-check.ts';
import { findInterpreter } from '../../../../python/interpreters.ts';
import { Workspace } from '../workspace.ts';
import { REFUSED_DATABASES } from '../../../../../src/engine/strategy/python/python-findings.ts';

let space: Workspace | null = null;
afterEach(() => space?.remove());

async function build(files: Readonly<Record<string, string>>) {
  space ??= await Workspace.make();
  await space.write(files);
  return space.build('main.py');
}
afterEach(() => {
  space = null;
});

const MAIN = `
from jqlib.technical_analysis import *
import helpers

def initialize(context):
    run_daily(trade, time='9:35')

def trade(context):
    helpers.go(get_fundamentals(query(valuation.code)))
    x = MACD('000001.XSHE', context.current_dt)
`;

describe.skipIf(findInterpreter() === null)('a script of Python', () => {
  it('is looked through without being run: its files, functions, names and libraries', async () => {
    const bundle = await build({ 'main.py': MAIN, 'helpers.py': 'def go(x):\n    raise SystemExit(1)\n' });
    expect(bundle.inputs.map((path) => path.replace(/.*\//u, ''))).toEqual(['main.py', 'helpers.py']);
    expect(bundle.functions).toEqual(['initialize', 'trade']);
    expect(bundle.uses.map(({ name }) => name)).toEqual(expect.arrayContaining(['get_fundamentals', 'run_daily']));
    expect(bundle.python?.libraries).toEqual(['jqlib.technical_analysis']);
    expect(findingsOf(bundle)).toEqual([]);
  });

  it('is looked through again when one of its files has changed, and is another code then', async () => {
    const first = await build({ 'main.py': MAIN, 'helpers.py': 'def go(x): pass\n' });
    const again = await build({});
    expect([first.cached, again.cached, again.hash]).toEqual([false, true, first.hash]);
    const changed = await build({ 'helpers.py': 'def go(x): return 1\n' });
    expect(changed.cached).toBe(false);
    expect(changed.hash).not.toBe(first.hash);
  });

  it('names a package that is missing, with the line that imports it, and looks again each time', async () => {
    const source = 'def initialize(context):\n    import no_such_package_of_anyones\n';
    const bundle = await build({ 'main.py': source });
    expect(bundle.findings).toMatchObject([
      { level: 'error', code: 'PACKAGE_MISSING', line: 2, text: expect.stringContaining('pip install') as string },
    ]);
    expect((await build({})).cached).toBe(false);
  });

  it('tells of names that nobody defines, and of those that are known and not supported', async () => {
    const source = 'def initialize(context):\n    get_prise(1)\n    margincash_open(1, 2)\n';
    const bundle = await build({ 'main.py': source });
    expect(bundle.findings).toMatchObject([
      { code: 'UNDEFINED_NAME', line: 2, text: 'get_prise is not defined: did you mean get_price?' },
      { code: 'UNSUPPORTED', line: 3 },
    ]);
  });

  it('tells of databases that are known by name only, each once, however they are come by', async () => {
    const source =
      'from jqdata import gta\ndef initialize(context):\n    gta.run_query(gta.STK_X)\n    jy.run_query(1)\n    opt.OPT_X\n';
    const bundle = await build({ 'main.py': source });
    expect(bundle.findings.map(({ code, text }) => `${code} ${text}`)).toEqual(
      ['gta', 'jy', 'opt'].map(
        (name) => `UNSUPPORTED ${name} is not supported. Its tables are not served: use finance and macro.`,
      ),
    );
    const api = readFileSync(new URL('../../../../../runtime/python/bt_python/api.py', import.meta.url), 'utf8');
    const [, names = ''] = /^_REFUSED = \(([^)]*)\)/mu.exec(api) ?? [];
    expect(Array.from(names.matchAll(/'(\w+)'/gu), ([, name]) => name)).toEqual([...REFUSED_DATABASES]);
  });

  it('is refused when nothing of it would ever be called', async () => {
    await expect(build({ 'main.py': 'x = 1\n' })).rejects.toMatchObject({ code: 'STRATEGY_EMPTY' });
  });

  it('tells of an error in its grammar at its line', async () => {
    const bundle = await build({ 'main.py': 'def initialize(context):\n    x = (\n' });
    expect(bundle.findings).toMatchObject([{ level: 'error', file: expect.stringMatching(/main\.py$/u) as string }]);
  });
});
