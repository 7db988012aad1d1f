import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InstanceState } from '../../../src/ledger/instance-state.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';

let folder = '';
let ledger: Ledger;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bt-instance-'));
  ledger = Ledger.open(folder);
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a later run finds it. */
function later(): InstanceState {
  ledger.close();
  ledger = Ledger.open(folder);
  return new InstanceState(ledger);
}

describe('what an instance is from its first day on', () => {
  it('is not known before its first start', () => {
    const state = new InstanceState(ledger);
    expect([state.startDay(), state.startingCash(), state.accountId()]).toEqual([null, null, null]);
  });

  it('is written once, each value by whoever knows it first', () => {
    const first = new InstanceState(ledger);
    first.begin({ startDay: '2026-07-06' });
    first.begin({ startDay: '2026-07-07', startingCash: 0.1 + 0.2 });
    const second = later();
    second.begin({ startDay: '2026-07-08', startingCash: 5, accountId: '0012345' });
    const known = (state: InstanceState): unknown => [state.startDay(), state.startingCash(), state.accountId()];
    const firstStart = ['2026-07-06', 0.1 + 0.2, '0012345'];
    expect(known(second)).toEqual(firstStart);
    expect(known(later())).toEqual(firstStart);
  });

  it('may be worth nothing: 0 is a value', () => {
    const state = new InstanceState(ledger);
    state.begin({ startingCash: 0 });
    state.begin({ startingCash: 7 });
    expect([state.startingCash(), later().startingCash()]).toEqual([0, 0]);
  });

  it('cannot be believed when it could not be written', () => {
    const state = new InstanceState(ledger);
    ledger.close();
    expect(() => state.begin({ startDay: '2026-07-06' })).toThrow();
    ledger = Ledger.open(folder);
    expect(new InstanceState(ledger).startDay()).toBeNull();
  });
});

describe('what a strategy has registered, set and chosen', () => {
  it('is kept part by part, the last one for each', () => {
    const state = new InstanceState(ledger);
    expect(state.kept('registrations')).toBeNull();
    state.keep('registrations', [{ task: 'rebalance', time: '09:35' }]);
    state.keep('settings', { benchmark: '000300.XSHG' });
    state.keep('settings', { benchmark: null });
    state.keep('universe', []);
    const next = later();
    expect(next.kept('registrations')).toEqual([{ task: 'rebalance', time: '09:35' }]);
    expect([next.kept('settings'), next.kept('universe')]).toEqual([{ benchmark: null }, []]);
  });
});
