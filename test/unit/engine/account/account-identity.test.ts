import { beforeEach, describe, expect, it } from 'vitest';
import { AccountIdentity } from '../../../../src/engine/account/account-identity.ts';
import { Events, type EngineEvent } from '../../../../src/engine/events.ts';
import { InstanceState } from '../../../../src/ledger/instance-state.ts';

let settings: Map<string, string>;
let heard: EngineEvent[];
let closed: string[];

beforeEach(() => {
  settings = new Map();
  heard = [];
  closed = [];
});

/** As a run that begins on the same ledger. */
function identity(): AccountIdentity {
  const state = new InstanceState({
    setting: (key) => settings.get(key) ?? null,
    choose: (key, value) => void settings.set(key, value),
    get state(): never {
      throw new Error('not used here');
    },
    get subs(): never {
      throw new Error('not used here');
    },
  });
  const events = new Events();
  events.on((event) => heard.push(event));
  return new AccountIdentity({ state, events, onOther: (reason) => void closed.push(reason) });
}

const REASON = 'the gateway shows account 222, and this instance trades 111';

describe('the account of an instance', () => {
  it('is the first that was believed, in this run and in later ones', () => {
    const first = identity();
    expect([first.reason(), first.check('111'), first.reason()]).toEqual([null, null, null]);
    first.keep('111');
    first.keep('222');
    expect(identity().check('111')).toBeNull();
    expect(identity().check('222')).toBe(REASON);
  });

  it('that becomes another one closes the gate and is an alarm, once', () => {
    const own = identity();
    own.keep('111');
    expect([own.check('222'), own.check('222'), own.reason()]).toEqual([REASON, REASON, REASON]);
    expect(closed).toEqual([REASON]);
    expect(heard).toMatchObject([{ kind: 'alarm', alarm: { code: 'ACCOUNT_OTHER', subject: '222' } }]);
    expect(own.check('333')).toContain('333');
    own.check('111');
    expect(closed.length).toBe(2);
    // Each is over under the name under which it began.
    expect(heard.slice(1)).toMatchObject([
      { kind: 'all_clear', subject: '222' },
      { kind: 'alarm', alarm: { subject: '333' } },
      { kind: 'all_clear', subject: '333' },
    ]);
  });

  it('that is back is said, and another time is another alarm', () => {
    const own = identity();
    own.keep('111');
    for (const id of ['111', '222', '111', '111', '222']) own.check(id);
    expect(heard.map(({ kind }) => kind)).toEqual(['alarm', 'all_clear', 'alarm']);
    expect(own.reason()).toBe(REASON);
  });

  it('that a venue does not name says nothing new: not that it is ours, and not that it is another', () => {
    const own = identity();
    own.keep(null);
    expect([own.check(null), own.reason(), settings.size]).toEqual([null, null, 0]);
    own.keep('111');
    own.check('222');
    expect(own.check(null)).toBe(REASON);
  });
});
