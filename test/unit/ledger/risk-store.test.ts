import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let ledger: Ledger;
beforeEach(() => {
  ledger = Ledger.open(temporaryFolder('risk-store'));
});
afterEach(() => {
  ledger.close();
});

describe('what the account was worth', () => {
  it('begins a day with the first value from which a loss can be reckoned', () => {
    for (const [at, total] of [
      [60_000, 0],
      [120_000, 100],
      [180_000, 90],
    ] as const)
      ledger.risk.keepEquity({ at, total, cash: 0 });
    expect(ledger.risk.firstEquity(0)).toBe(100);
    expect(ledger.risk.bestEquity(0)).toBe(100);
    expect(ledger.risk.firstEquity(180_001)).toBeNull();
  });
});
