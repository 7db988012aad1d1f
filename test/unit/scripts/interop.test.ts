import { expect, test } from 'vitest';
import { obstacle } from '../../../scripts/interop/python.ts';
import { readRows, trialTable, trialTotals } from '../../../scripts/interop/rows.ts';

const OK = { what: 'a', kind: 'ok', text: '' };

test('rows are the lines that are rows', () => {
  expect(readRows(`noise\n${JSON.stringify(OK)}\n7\n{"what":"b"}\n{"cut`)).toEqual([OK]);
});

test('the table has a line for each thing tried and a column for each server', () => {
  const results = new Map([
    ['theirs', [OK]],
    ['ours', [{ what: 'b', kind: 'fails', text: `x|${'y'.repeat(200)}` }]],
  ]);
  const lines = trialTable({ program: 'p', results }).split('\n');
  expect(lines.slice(2, 5)).toEqual(['| tried | theirs | ours |', '|---|---|---|', '| a | ok | – |']);
  expect(lines[5]).toBe(`| b | – | fails: x/${'y'.repeat(88)}… |`);
  expect(trialTotals({ program: 'p', results })).toBe('p: theirs 1 ok of 1, ours 0 ok of 1');
});

test('a folder that is no checkout is named instead of tried', () => {
  expect(obstacle({ checkout: '/nowhere', python: 'python3' })).toMatch(/^\/nowhere is no checkout of BulletTrade/u);
});
