import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultCounts, faultsText, loadFaults } from '../../../src/cli/server-faults.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

function file(text: string): string {
  const folder = temporaryFolder('faults');
  const path = join(folder, 'plan.json');
  writeFileSync(path, text);
  return path;
}

test('digits are a seed, and what is printed is a file that says the same', async () => {
  const plan = await loadFaults('7', 'simulated');
  expect(plan).toMatchObject({ name: 'seed 7', seed: 7 });
  const again = await loadFaults(file(await faultsText(plan)), 'simulated');
  expect(again.seed).toBe(7);
  expect(again.faults).toHaveLength(plan.faults.length);
  // What the plan of a seed leaves to the defaults, a file that was read has in full.
  expect(again.faults).toMatchObject(plan.faults);
});

test('anything else is a file, whose errors name it', async () => {
  const path = file('{ "faults": [{ "kind": "drop", "nth": 0 }] }');
  await expect(loadFaults(path, 'simulated')).rejects.toMatchObject({
    code: 'BAD_FAULTS',
    fault: 'config',
    message: expect.stringContaining(`The faults of ${path} cannot be used: faults[0].nth`),
  });
  await expect(loadFaults('-7', 'simulated')).rejects.toMatchObject({ code: 'BAD_FAULTS' });
});

test('what happened, in one line', () => {
  expect(faultCounts(null)).toBeNull();
  expect(faultCounts({ counts: {}, variants: {}, last: [] })).toBeNull();
  expect(faultCounts({ counts: { drop: 3, error: 12 }, variants: {}, last: [] })).toBe('drop 3, error 12');
});
