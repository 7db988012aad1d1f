import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compareChains } from './compare-chains.ts';
import type { Chains } from './compare-chains.ts';

const PYTHON = '/usr/bin/python3';
const asked = spawnSync(PYTHON, ['-c', 'import pandas; print(pandas.__version__)'], { encoding: 'utf8' });
const version = asked.status === 0 ? asked.stdout.trim() : '';
const missing = version.startsWith('1.5') ? null : 'needs pandas 1.5 (Debian 12: apt-get install python3-pandas)';

describe.skipIf(missing !== null)(`random chains against pandas${missing === null ? '' : `: ${missing}`}`, () => {
  it.each([20260701, 20260702])('of seed %i give the same, or ours refuses', (seed) => {
    const script = fileURLToPath(new URL('./chains.py', import.meta.url));
    const made = spawnSync(PYTHON, [script, '--seed', String(seed), '--count', '250'], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    expect(made.stderr).toBe('');
    const { same, different, crashed } = compareChains(JSON.parse(made.stdout) as Chains);
    expect(different).toEqual([]);
    expect(crashed).toEqual([]);
    expect(same).toBeGreaterThan(220);
  });
});
