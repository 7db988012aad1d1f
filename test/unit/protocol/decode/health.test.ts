import { describe, expect, it } from 'vitest';

import { decodeHealth } from '../../../../src/protocol/decode/health.ts';

const ALIVE = {
  process_alive: true,
  uptime_seconds: 1,
  sessions: 1,
  accounts: ['default'],
  features: ['data', 'broker'],
};

const TOLD = { backend: null, features: ['data', 'broker'] };

function health(value: object): ReturnType<typeof decodeHealth> {
  return decodeHealth({ dtype: 'dict', value: { ...ALIVE, ...value } });
}

describe('decodeHealth', () => {
  it('of the reference stub: ready, but not a stub by its own word', () => {
    expect(health({})).toEqual({ ...TOLD, ready: true, detail: 'ready', stub: false, dryRun: false, clock: null });
  });

  it('of a server that rehearses: says so', () => {
    expect(decodeHealth({ dtype: 'dict', value: ALIVE, dry_run: true }).dryRun).toBe(true);
  });

  it('of our stub: says so, and tells its clock', () => {
    const clock = { now_ms: 1783301670000, now: '2026-07-06 09:34:30', speed: 30 };
    expect(health({ backend: 'stub', market: 'simulated', clock })).toEqual({
      ...TOLD,
      backend: 'stub',
      ready: true,
      detail: 'stub',
      stub: true,
      dryRun: false,
      clock: { now: 1783301670000, speed: 30 },
    });
  });

  it.each(['qmt', 'STUB', 'stub2', '', null, true, ['stub']])('backend %j is no stub', (backend) => {
    expect(health({ backend }).stub).toBe(false);
  });

  it('only the backend field makes a stub, not one beside `value`', () => {
    expect(decodeHealth({ value: { ...ALIVE, stub: true, market: 'simulated' } }).stub).toBe(false);
  });

  it('of a qmt back end that is ready', () => {
    const qmt = { name: 'qmt-server', ready: true, state: 'ready', last_error: null };
    expect(health({ qmt })).toEqual({ ...TOLD, ready: true, detail: 'ready', stub: false, dryRun: false, clock: null });
  });

  it('of a qmt back end that is not: why', () => {
    const qmt = { ready: false, state: 'cooldown', last_error: '未检测到 xtquant 环境' };
    expect(health({ qmt })).toMatchObject({ ready: false, detail: 'cooldown: 未检测到 xtquant 环境' });
  });

  it.each([{ ready: 'yes' }, {}, 'x', []])('a back end report of %j is not ready', (qmt) => {
    expect(health({ qmt }).ready).toBe(false);
  });

  it('a process that says it is not alive is not ready', () => {
    expect(health({ process_alive: false })).toMatchObject({ ready: false });
  });

  it.each([{ now_ms: 'x', speed: 1 }, { speed: 1 }, { now_ms: 1783301670000, speed: 0 }, 'x'])(
    'clock %j is none',
    (clock) => {
      expect(health({ clock }).clock).toBeNull();
    },
  );

  it.each([null, {}, { value: {} }, { value: 'ok' }, []])('refuses %j', (payload) => {
    expect(() => decodeHealth(payload)).toThrow(expect.objectContaining({ code: 'BAD_ANSWER' }));
  });
});
