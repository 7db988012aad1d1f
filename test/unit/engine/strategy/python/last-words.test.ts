import { expect, it } from 'vitest';
import { LastWords } from '../../../../../src/engine/strategy/python/last-words.ts';

const FILES = new Set(['/s/main.py']);
const CRASH = [
  'Fatal Python error: Segmentation fault',
  '',
  'Current thread 0x00007f0 (most recent call first):',
  '  File "/usr/lib/python3.11/ctypes/__init__.py", line 517 in string_at',
  '  File "/s/main.py", line 12 in trade',
  '  File "/s/main.py", line 30 in outer',
];

function words(lines: readonly string[]): LastWords {
  const made = new LastWords();
  for (const line of lines) made.add(line);
  return made;
}

it("finds the author's innermost line of a crash", () => {
  expect(words(CRASH).place(FILES)).toBe(' in trade (/s/main.py:12)');
});

it('finds none where Python said nothing of a crash', () => {
  expect(words(['  File "/s/main.py", line 12 in trade']).place(FILES)).toBe('');
  expect(words(CRASH.slice(0, 4)).place(FILES)).toBe('');
});

it('keeps the end of what was said, however long it was', () => {
  const before = Array.from({ length: 10_000 }, (_, i) => `line ${i}`);
  expect(words([...before, ...CRASH]).place(FILES)).toBe(' in trade (/s/main.py:12)');
});
