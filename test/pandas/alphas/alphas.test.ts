import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { lastDayOf, lastSignOf } from '../../../runtime/indicators/alpha/evaluate.ts';
import type { AlphaData } from '../../../runtime/indicators/alpha/evaluate.ts';
import { parseFormula } from '../../../runtime/indicators/alpha/formula.ts';
import type { Formula } from '../../../runtime/indicators/alpha/formula.ts';
import { FORMULAS_191 } from '../../../runtime/indicators/alpha/formulas-191.ts';
import { FORMULAS } from '../../../runtime/indicators/alpha/formulas.ts';

const PYTHON = '/usr/bin/python3';
const asked = spawnSync(PYTHON, ['-c', 'import pandas; print(pandas.__version__)'], { encoding: 'utf8' });
const version = asked.status === 0 ? asked.stdout.trim() : '';
const missing = version.startsWith('1.5') ? null : 'needs pandas 1.5 (Debian 12: apt-get install python3-pandas)';

type Cell = number | string | null;

/** What alphas.py writes: null is a missing value. */
interface Market {
  readonly series: Readonly<Record<string, readonly (readonly Cell[])[]>>;
  readonly groups: Readonly<Record<string, readonly (number | null)[]>>;
  readonly alpha101: Readonly<Record<string, readonly Cell[]>>;
  readonly alpha191: Readonly<Record<string, readonly Cell[]>>;
}

function cell(value: Cell): number {
  return value === null ? Number.NaN : typeof value === 'number' ? value : Number(value.replace('inf', 'Infinity'));
}

function dataOf(market: Market): AlphaData {
  const panels = new Map(
    Object.entries(market.series).map(([name, lines]) => [name, lines.map((line) => Float64Array.from(line, cell))]),
  );
  return {
    series: (name, rows) => (panels.get(name.replace('_', '')) ?? []).slice(-rows),
    groups: (name) => (market.groups[name] ?? []).map((group) => (group === null ? null : String(group))),
  };
}

/** Adding up in another order costs the last digits. */
function same(expected: number, got: number): boolean {
  if (Object.is(expected, got) || expected === got) return true;
  return Math.abs(expected - got) <= 1e-7 * Math.max(1e-6, Math.abs(expected), Math.abs(got));
}

/** The securities of which a formula is another value than in pandas. */
function differences(expected: readonly Cell[], got: Float64Array): readonly string[] {
  return expected.flatMap((value, i) => {
    const [one, other] = [cell(value), got[i] ?? Number.NaN];
    return same(one, other) ? [] : [`security ${i}: ${one} in pandas, ${other} here`];
  });
}

describe.skipIf(missing !== null)(`the alphas against pandas${missing === null ? '' : `: ${missing}`}`, () => {
  let market: Market;
  let data: AlphaData;
  beforeAll(() => {
    const script = fileURLToPath(new URL('./alphas.py', import.meta.url));
    const made = spawnSync(PYTHON, [script, '20260701'], { encoding: 'utf8', maxBuffer: 1 << 28 });
    expect(made.stderr).toBe('');
    market = JSON.parse(made.stdout) as Market;
    data = dataOf(market);
  }, 300_000);

  function compare(
    formulas: readonly (string | null)[],
    which: 'alpha101' | 'alpha191',
    last: typeof lastDayOf,
  ): string[] {
    return formulas.flatMap((text, i) => {
      if (text === null) return [];
      const formula: Formula = parseFormula(text);
      const expected = market[which][String(i + 1)] ?? [];
      return differences(expected, last(formula, data)).map((told) => `alpha_${i + 1}, ${told}`);
    });
  }

  it('each of the 101 is what the paper’s own text gives in pandas', () => {
    expect(Object.keys(market.alpha101)).toHaveLength(101);
    expect(compare(FORMULAS, 'alpha101', lastSignOf)).toEqual([]);
  });

  it('each of the 187 that are served is what the report’s own text gives in pandas', () => {
    expect(Object.keys(market.alpha191)).toHaveLength(187);
    expect(compare(FORMULAS_191, 'alpha191', lastDayOf)).toEqual([]);
  });

  it('the market shows something: each formula has values, and not the same for all', () => {
    const all = [...Object.entries(market.alpha101), ...Object.entries(market.alpha191)];
    const poor = all.filter(([, values]) => new Set(values.filter((value) => value !== null)).size < 2);
    // WorldQuant's 96 has values only where the mean volume of 60 days never moves one way for three days, 40 days long.
    expect(poor.map(([number]) => number)).toEqual(['96']);
  });
});
