import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Bytes of the young generation after much that lives for a while, in a process that starts as `bt` does; `first` runs before. */
function youngBytes(first: string): number {
  const code = `
    import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
    import { growYoungSpace } from '${new URL('../../../src/platform/young-space.ts', import.meta.url).href}';
    setFlagsFromString('--semi-space-growth-factor=1');
    ${first}
    const kept = [];
    for (let i = 0; i < 400_000; i += 1) {
      kept.push({ i, text: String(i) });
      if (kept.length > 100_000) kept.length = 50_000;
    }
    const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
    console.log(young.space_size);`;
  const flags = ['--input-type=module', '--eval', code];
  return Number.parseInt(execFileSync(process.execPath, flags, { encoding: 'utf8' }), 10);
}

test('the young generation, held small by the start of the command, grows where that is called', () => {
  const held = youngBytes('');
  expect(youngBytes('growYoungSpace();')).toBeGreaterThan(2 * held);
});
