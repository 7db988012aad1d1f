import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { talibSpecs } from '../../../../../runtime/indicators/talib/define.ts';
import { talib } from '../../../../../runtime/indicators/talib/index.ts';
import { untyped } from '../../helpers.ts';

/** `[function, options, [place, value][] per result]`, as TA-Lib's own C code answered for these bars. */
type Recorded = readonly [string, Readonly<Record<string, number>>, readonly (readonly [number, number])[][]];
interface Recording {
  readonly bars: Readonly<Record<string, readonly number[]>>;
  readonly functions: readonly Recorded[];
}

const read = readFileSync(new URL('../../../../fixtures/talib.json', import.meta.url), 'utf8');
const { bars, functions } = JSON.parse(read) as Recording; // our own recording
const series: Readonly<Record<string, readonly number[]>> = {
  ...bars,
  real: bars['close'] ?? [],
  real0: bars['close'] ?? [],
  real1: bars['open'] ?? [],
};

describe("a function gives what TA-Lib's C code gives", () => {
  const named = functions.map((one) => [`${one[0]} ${JSON.stringify(one[1])}`, one] as const);

  test.each(named)('%s', (_name, [name, options, results]) => {
    const spec = talibSpecs().find((one) => one.name === name);
    const inputs = spec?.inputs.map((input) => series[input] ?? []) ?? [];
    const answer = untyped(Reflect.get(talib, name))(...inputs, options);
    const given = (Array.isArray(answer) ? answer : [answer]) as readonly Float64Array[];
    expect(given.length).toBe(results.length);
    results.forEach((values, i) => {
      const shown = Array.from(given[i] ?? []);
      if (spec?.places === false) expect(shown.findIndex((value) => !Number.isNaN(value))).toBe(values[0]?.[0] ?? -1);
      for (const [place, value] of values) {
        // 12 digits were recorded
        const off = Math.abs((shown[place] ?? NaN) - value) / Math.max(1, Math.abs(value));
        expect(off).toBeLessThan(1e-9);
      }
    });
  });

  test('and every function of the list was recorded', () => {
    const recorded = new Set(functions.map(([name]) => name));
    const missing = talibSpecs().filter(({ name }) => !recorded.has(name));
    expect(missing.map(({ name }) => name)).toEqual([]);
    expect(recorded.size).toBe(80);
  });
});
