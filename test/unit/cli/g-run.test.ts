import { expect, test } from 'vitest';
import { variablesJson, variablesText } from '../../../src/cli/g-run.ts';
import { DataFrame } from '../../../runtime/index.ts';
import { encodeValue } from '../../../runtime/state/encode.ts';
import type { VariableRow } from '../../../src/ledger/rows.ts';

function row(name: string, value: unknown, part: VariableRow['part'] = 'g'): VariableRow {
  return { part, name, text: encodeValue(value, name).text };
}

const ROWS = [
  row('stocks', ['000001.XSHE']),
  row('held', new Map([['a', Number.NaN]])),
  row('table', DataFrame({ close: [1.5, 2] })),
  row('long', 'x'.repeat(3000)),
  { part: 'g', name: 'plan', text: '{"$":"lost","v":"g.plan is a function"}' } as const,
  row('count', 3, 'context'),
];

test('bt g shows each variable in Python’s look, tables below their names, what is long cut', () => {
  const lines = variablesText(ROWS).split('\n');
  expect(lines.slice(0, 3)).toEqual(["g.stocks = ['000001.XSHE']", "g.held = {'a': nan}", 'g.table =']);
  expect(lines[3]?.trim()).toBe('close');
  expect(lines.at(-3)).toMatch(/^g\.long = 'x{1999}… \(3002 characters; --json shows all\)$/u);
  expect(lines.slice(-2)).toEqual(['g.plan is not kept: g.plan is a function', 'context.count = 3']);
  expect(variablesText([])).toContain('Nothing is kept');
});

test('bt g --json gives them as they are kept', () => {
  const parsed = JSON.parse(variablesJson(ROWS)) as { readonly g: Record<string, unknown>; readonly context: unknown };
  expect([parsed.g['stocks'], parsed.context]).toEqual([['000001.XSHE'], { count: 3 }]);
  expect(parsed.g['held']).toEqual({ $: 'Map', v: [['a', { $: 'number', v: 'NaN' }]] });
});

const PYTHON: readonly VariableRow[] = [
  { part: 'g', name: 'codes', text: "py4:gASVCQAAAAAAAABdlIwBYZRhLg==:['a:b']" },
  { part: 'g', name: 'fn', text: 'lost:cannot pickle a lambda' },
  { part: 'module', name: 'count', text: 'py4:gARLAS4=:1' },
];

test('bt g shows what a script in Python has kept as Python shows it', () => {
  expect(variablesText(PYTHON).split('\n')).toEqual([
    "g.codes = ['a:b']",
    'g.fn is not kept: cannot pickle a lambda',
    'module.count = 1',
  ]);
  expect(JSON.parse(variablesJson(PYTHON))).toEqual({
    g: {
      codes: { $: 'python', repr: "['a:b']", pickle: 'gASVCQAAAAAAAABdlIwBYZRhLg==' },
      fn: { $: 'lost', v: 'cannot pickle a lambda' },
    },
    context: {},
    module: { count: { $: 'python', repr: '1', pickle: 'gARLAS4=' } },
  });
});
