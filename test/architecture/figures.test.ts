import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { FAULT_KINDS } from '../../src/server/faults/kinds.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const grouped = (count: number): string => count.toLocaleString('en-US');
const pandas = JSON.parse(read('test/pandas/cases.json')) as { readonly cases: readonly unknown[] };

/** Figures that documents state as facts of the tree. */
describe('the documents count right', () => {
  test.each([
    ['README.md', /misbehave in (\d+) ways/u],
    ['README.zh-CN.md', /让它以 (\d+) 种方式出错/u],
    ['CHANGELOG.md', /(\d+) kinds of faults/u],
  ])('the kinds of faults: %s', (path, said) => {
    expect(said.exec(read(path))?.[1]).toBe(String(FAULT_KINDS.length));
  });

  test.each([['docs/decisions.md', /([\d,]+) generated cases/u]])('the cases made with pandas: %s', (path, said) => {
    expect(said.exec(read(path))?.[1]).toBe(grouped(pandas.cases.length));
  });
});
