import { describe, expect, it } from 'vitest';
import { checkStrategyFile } from '../../../src/engine/strategy-start.ts';
import type { InstanceState } from '../../../src/ledger/instance-state.ts';

/** A life that was begun by that file. */
function begunBy(file: string): InstanceState {
  return { strategyFile: () => file } as InstanceState; // all that is asked of it
}

function refusal(known: string, file: string): string {
  try {
    checkStrategyFile(begunBy(known), file);
    return '';
  } catch (error) {
    return String(error);
  }
}

describe('an instance that another strategy has begun', () => {
  it('is refused, and told what to do', () => {
    expect(refusal('/x/a.ts', '/x/b.ts')).toContain('--name, or begin a new life of the instance with --fresh');
    expect(refusal('/x/a.ts', '/x/a.ts')).toBe('');
  });

  it('says that no language goes on with what another has kept', () => {
    expect(refusal('/x/a.ts', '/x/a.py')).toContain('in one language');
    expect(refusal('/x/a.py', '/x/a.ts')).toContain('in one language');
    expect(refusal('/x/a.ts', '/x/b.ts')).not.toContain('in one language');
  });
});
