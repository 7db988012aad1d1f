import { expect, test } from 'vitest';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { anIntent } from '../engine/orders/rows.ts';

test('every write is measured: what is forced to the disk, what is not, and what failed', () => {
  const told: string[] = [];
  const ledger = Ledger.open(temporaryFolder('meter'), {
    committed: (kind, ms, ok) => told.push(`${kind} ${ms >= 0} ${ok}`),
  });
  ledger.choose('a', 'b');
  ledger.recordTriggers([]);
  // No such order: the commit is undone.
  expect(() => ledger.record({ intents: [anIntent()] })).toThrow(/could not be written/u);
  ledger.close();
  expect(told).toEqual(['forced true true', 'unforced true true', 'forced true false']);
});
