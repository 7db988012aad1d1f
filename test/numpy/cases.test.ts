import { readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import * as jqdata from 'jqdata';
import { describe, expect, test } from 'vitest';
import { datetime, time } from '../../runtime/libraries/datetime.ts';
import math from '../../runtime/libraries/math.ts';
import np from '../../runtime/libraries/numpy.ts';
import { errorCode } from '../../src/domain/errors.ts';
import { difference } from './compare.ts';

interface Case {
  readonly topic: string;
  readonly python: string;
  readonly typescript: string;
  readonly gives?: unknown;
  readonly raises?: string;
}

const { cases, inputs } = JSON.parse(readFileSync(new URL('./cases.json', import.meta.url), 'utf8')) as {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly cases: readonly Case[];
};

/** The inputs of generate.py as arrays, and what it makes of them. */
function numbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(numbers);
  return typeof value === 'number' ? value : NaN;
}

const given = Object.fromEntries(
  Object.entries(inputs).map(([name, value]) => [name, np.array(numbers(value) as number[])]),
);
const NAMES: Readonly<Record<string, unknown>> = {
  ...jqdata,
  ...given,
  np,
  math,
  datetime,
  time,
  s: jqdata.Series([1.5, NaN, 4, -2], { index: ['a', 'b', 'c', 'd'] }),
  df: new jqdata.DataFrame({ x: [1, 2, 4], y: [0.5, NaN, 2] }, { index: ['a', 'b', 'c'] }),
};

/** What a line gives here, or the code of what it throws. */
function outcome(text: string): { readonly value: unknown } | { readonly code: string } {
  const made = runInThisContext(`(function (${Object.keys(NAMES).join(', ')}) { return (${text}); })`) as (
    ...values: readonly unknown[]
  ) => unknown;
  try {
    return { value: made(...Object.values(NAMES)) };
  } catch (error) {
    return { code: errorCode(error) ?? String(error) };
  }
}

/** Errors of ours that say what Python's exception says. */
const CODES: Readonly<Record<string, RegExp>> = {
  ValueError: /^(?:VALUE_ERROR|BAD_ARGUMENT)$/,
  TypeError: /^(?:TYPE_ERROR|VALUE_ERROR|BAD_ARGUMENT|BAD_OPERATOR)$/,
};

/** Why a line is not what Python gives; null when it is. */
function judge({ typescript, gives, raises }: Case): string | null {
  const got = outcome(typescript);
  if (raises === undefined) return 'code' in got ? `throws ${got.code}` : difference(gives, got.value);
  if (!('code' in got)) return `gives ${String(got.value)} where Python raises ${raises}`;
  return (CODES[raises] ?? /^[A-Z_]+$/).test(got.code) ? null : `throws ${got.code} where Python raises ${raises}`;
}

describe.each([...new Set(cases.map(({ topic }) => topic))])('%s', (topic) => {
  const own = cases.filter((one) => one.topic === topic);

  test('has cases', () => {
    expect(own.length).toBeGreaterThan(10);
  });

  test.each(own)('$typescript is what Python gives', (one) => {
    expect(judge(one), one.python).toBeNull();
  });
});
