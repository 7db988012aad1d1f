import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chinaInstant } from '../../../src/domain/time.ts';
import { InstanceState } from '../../../src/ledger/instance-state.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import type { StateChange, VariableRow } from '../../../src/ledger/rows.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let folder = '';
let ledger: Ledger;
beforeEach(() => {
  folder = temporaryFolder('instance');
  ledger = Ledger.open(folder);
});
afterEach(() => {
  ledger.close();
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

  it('is known to a run whose strategy has not been initialized, and leaves nothing but the account', () => {
    const failed = new InstanceState(ledger);
    failed.begin({ startDay: '2026-07-06', startingCash: 7, accountId: '0012345' });
    expect(known(failed)).toEqual(['2026-07-06', 7, '0012345']);
    const next = later();
    next.begin({ startDay: '2026-07-07', startingCash: 8 });
    expect([known(next), next.hasBegun()]).toEqual([['2026-07-07', 8, '0012345'], false]);
  });

  it('has its first day from the commit with which its life begins: a kill right after it changes nothing', () => {
    new InstanceState(ledger).beginLife({ at: chinaInstant('2026-07-06', '09:25:00'), file: '/x.ts' }, 'h', {
      variables: [],
      settings: new Map(),
    });
    expect([ledger.setting('start_day'), later().startDay()]).toEqual(['2026-07-06', '2026-07-06']);
    // A ledger of before that lacks it knows when its life began.
    ledger.state.begin(['start_day'], { variables: [], settings: new Map() });
    expect(later().startDay()).toBe('2026-07-06');
  });

  it('is written once, each value by whoever knows it first', () => {
    const first = new InstanceState(ledger);
    first.begin({ startDay: '2026-07-06' });
    first.begin({ startDay: '2026-07-07' });
    beginLife(first);
    first.begin({ startingCash: 0.1 + 0.2 });
    const second = later();
    second.begin({ startDay: '2026-07-08', startingCash: 5, accountId: '0012345' });
    const firstStart = ['2026-07-06', 0.1 + 0.2, '0012345'];
    expect(known(second)).toEqual(firstStart);
    expect(known(later())).toEqual(firstStart);
  });

  it('may be worth nothing: 0 is a value', () => {
    const state = new InstanceState(ledger);
    state.begin({ startingCash: 0 });
    state.begin({ startingCash: 7 });
    beginLife(state);
    expect([state.startingCash(), later().startingCash()]).toEqual([0, 0]);
  });

  it('of a ledger that an earlier version began is gone on with', () => {
    ledger.choose('start_day', '2026-01-05');
    const state = later();
    state.begin({ startDay: '2026-07-06' });
    expect([state.startDay(), state.hasBegun()]).toEqual(['2026-01-05', false]);
  });

  it('cannot be believed when it could not be written', () => {
    const state = new InstanceState(ledger);
    ledger.close();
    expect(() => beginLife(state)).toThrow();
    ledger = Ledger.open(folder);
    expect(new InstanceState(ledger).hasBegun()).toBe(false);
  });
});

describe('the life of an instance', () => {
  const A: VariableRow = { part: 'g', name: 'a', text: '1' };

  it('begins whole, and is gone on with by later runs', () => {
    const state = new InstanceState(ledger);
    state.begin({ startDay: '2026-07-06' });
    beginLife(state, { variables: [A], settings: new Map([['strategy_registrations', '[1]']]) });
    const next = later();
    expect([next.hasBegun(), next.beganAt(), next.strategyFile(), next.codeHash()]).toEqual([true, 5, '/s.ts', 'h']);
    expect([next.variables(), next.kept('registrations'), next.kept('settings')]).toEqual([[A], [1], null]);
  });

  it('a fresh one reads nothing of the last and replaces it when it begins, but for the account', () => {
    const old = new InstanceState(ledger);
    old.begin({ startDay: '2026-07-06', startingCash: 7, accountId: '0012345' });
    beginLife(old, { variables: [A], settings: new Map([['strategy_settings', '[1]']]) });
    const fresh = new InstanceState(ledger, { fresh: true });
    expect([known(fresh), fresh.hasBegun(), fresh.variables()]).toEqual([[null, null, '0012345'], false, []]);
    expect(fresh.variableNames()).toEqual([]);
    fresh.begin({ startDay: '2026-07-09', startingCash: 9 });
    expect([later().startDay(), later().variables()]).toEqual(['2026-07-06', [A]]); // it may still fail
    const begun = new InstanceState(ledger, { fresh: true });
    begun.begin({ startDay: '2026-07-09', startingCash: 9 });
    beginLife(begun);
    expect([known(later()), later().variables(), later().kept('settings')]).toEqual([
      ['2026-07-09', 9, '0012345'],
      [],
      null,
    ]);
  });

  it('keeps what changes, and forgets what is gone', () => {
    const state = new InstanceState(ledger);
    beginLife(state, { variables: [A, { ...A, name: 'b' }], settings: new Map() });
    const changes: VariableRow[] = [
      { ...A, text: '2' },
      { ...A, name: 'b', text: null },
      { part: 'context', name: 'a', text: '3' },
    ];
    state.keep({ variables: changes, settings: new Map([['strategy_subscriptions', '[]']]) });
    const next = later();
    expect(next.variables().map(({ part, name, text }) => `${part}.${name}=${text}`)).toEqual(['g.a=2', 'context.a=3']);
    expect(next.variableNames()).toEqual([
      { part: 'g', name: 'a' },
      { part: 'context', name: 'a' },
    ]);
    expect(next.kept('subscriptions')).toEqual([]);
  });
});

function known(state: InstanceState): unknown {
  return [state.startDay(), state.startingCash(), state.accountId()];
}

function beginLife(state: InstanceState, change: StateChange = { variables: [], settings: new Map() }): void {
  state.beginLife({ at: 5, file: '/s.ts' }, 'h', change);
}
