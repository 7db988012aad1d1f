import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviationRow } from '../../../src/domain/follow/deviation.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let ledger: Ledger;
beforeEach(() => {
  ledger = Ledger.open(temporaryFolder('deviation-rows'));
});
afterEach(() => {
  ledger.close();
});

const ROW = { security: '000001.XSHE', wanted: 200, held: 100, why: 'no signal of it has come', correction: 100 };

test('a deviation keeps the time of its picture; one of before there was such a time has none', () => {
  ledger.signals.keepDeviation({ strategy: 'a', at: 2_000, rows: [{ ...ROW, pictureAt: 1_000 }] });
  ledger.signals.keepDeviation({ strategy: 'b', at: 2_000, rows: [ROW as DeviationRow] });
  expect(ledger.signals.deviations().map(({ rows }) => rows)).toEqual([
    [{ ...ROW, pictureAt: 1_000 }],
    [{ ...ROW, pictureAt: null }],
  ]);
});
