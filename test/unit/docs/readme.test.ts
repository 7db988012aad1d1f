import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FAULT_KINDS } from '../../../src/server/faults/index.ts';

const textOf = (file: string): string => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');

test.each([
  ['README.md', /`--faults FILE\|SEED` makes it misbehave in (\d+) ways/],
  ['README.zh-CN.md', /`--faults FILE\|SEED` 让它以 (\d+) 种方式出错/],
])('%s counts the faults that there are', (file, sentence) => {
  expect(sentence.exec(textOf(file))?.[1]).toBe(String(FAULT_KINDS.length));
});
