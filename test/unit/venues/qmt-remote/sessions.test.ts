import { describe, expect, it } from 'vitest';
import type { BtError } from '../../../../src/domain/errors.ts';
import type { VenueStatus } from '../../../../src/venues/broker.ts';
import { settle } from '../../platform/fake-timers.ts';
import { ScriptedVenue, started } from './scripted-venue.ts';

async function failure(promise: Promise<unknown>): Promise<BtError> {
  try {
    await promise;
  } catch (error) {
    return error as BtError;
  }
  throw new Error('resolved');
}

describe('start', () => {
  it('opens place, read and data, once for both sides, and no cancel session', async () => {
    const scripted = new ScriptedVenue();
    await Promise.all([scripted.broker.start(), scripted.provider.start(), scripted.broker.start()]);
    expect(scripted.gateway.links).toHaveLength(3);
    expect(scripted.link('data').received[0]).toMatchObject({ type: 'handshake', token: 'secret', features: ['tick'] });
    expect(scripted.broker.canPlace()).toBe(true);
  });

  it('keeps trying for 15 s and then says what to check', async () => {
    const scripted = new ScriptedVenue();
    scripted.gateway.welcoming = false;
    const start = failure(scripted.broker.start());
    await settle();
    for (const link of scripted.gateway.links) link.close('nothing listens there.');
    await scripted.timers.advance(15_000);
    const error = await start;
    expect(error.code).toBe('CONNECT_FAILED');
    expect(error.fault).toBe('network');
    expect(error.message).toMatch(/gateway\.test:58620 within 15 s.*QMT_SERVER_HOST, QMT_SERVER_PORT/);
    expect(scripted.gateway.links.length).toBeGreaterThan(3);
    expect(scripted.timers.armed).toBe(0);
  });

  it('gives its advice once: a reason that says what to change has its own', async () => {
    const scripted = new ScriptedVenue();
    scripted.gateway.welcoming = false;
    const start = failure(scripted.broker.start());
    await settle();
    for (const link of scripted.gateway.links) link.close('nothing listens there. Correct QMT_SERVER_PORT.');
    await scripted.timers.advance(1);
    const last = scripted.timers.advance(15_000);
    for (const link of scripted.gateway.links) link.close('nothing listens there. Correct QMT_SERVER_PORT.');
    await last;
    expect((await start).message.match(/QMT_SERVER_PORT/gu)).toHaveLength(1);
  });

  it('succeeds when the gateway comes up late', async () => {
    const scripted = new ScriptedVenue();
    scripted.gateway.welcoming = false;
    const start = scripted.broker.start();
    for (const link of scripted.gateway.links.slice()) link.close('nothing listens there.');
    scripted.gateway.welcoming = true;
    await scripted.timers.advance(1_000);
    await start;
    expect(scripted.broker.canPlace()).toBe(true);
  });

  it('fails at once with AUTH_FAILED, and stops trying', async () => {
    const scripted = new ScriptedVenue();
    scripted.gateway.welcoming = false;
    const start = failure(scripted.broker.start());
    await settle();
    for (const link of scripted.gateway.links.slice()) {
      link.open();
      link.say({ type: 'error', code: 'AUTH_FAILED', message: 'token 不匹配' });
    }
    const error = await start;
    expect(error.code).toBe('AUTH_FAILED');
    expect(error.message).toContain('QMT_SERVER_TOKEN');
    await scripted.timers.advance(60_000);
    expect(scripted.gateway.links).toHaveLength(3);
  });

  it('can be stopped while it connects', async () => {
    const scripted = new ScriptedVenue();
    scripted.gateway.welcoming = false;
    const start = failure(scripted.broker.start());
    await scripted.broker.stop();
    await scripted.provider.stop();
    expect((await start).code).toBe('SESSION_CLOSED');
    expect(scripted.timers.armed).toBe(0);
  });
});

describe('account key', () => {
  const health = (accounts: readonly string[]) => () => ({ dtype: 'dict', value: { process_alive: true, accounts } });

  it('must be one the gateway knows, for it would trade on another account without a word', async () => {
    const scripted = new ScriptedVenue({ QMT_SERVER_ACCOUNT_KEY: 'mian' });
    scripted.on('admin.health', health(['main', 'hedge', 'main']));
    const error = await failure(scripted.broker.start());
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.message).toMatch(/QMT_SERVER_ACCOUNT_KEY cannot be "mian".*main, hedge/);
  });

  it.each(['main', 'hedge', 'default'])('may be %s', async (key) => {
    const scripted = new ScriptedVenue({ QMT_SERVER_ACCOUNT_KEY: key });
    scripted.on('admin.health', health(['main', 'hedge', 'main']));
    await expect(scripted.broker.start()).resolves.toBeUndefined();
  });

  it('is not asked about when there is none, and cannot be checked when the gateway lists no accounts', async () => {
    const without = await started();
    expect(without.sent('admin.health')).toHaveLength(0);
    const unlisted = new ScriptedVenue({ QMT_SERVER_ACCOUNT_KEY: 'main' });
    unlisted.on('admin.health', () => ({ dtype: 'dict', value: { process_alive: true } }));
    await expect(unlisted.broker.start()).resolves.toBeUndefined();
  });
});

describe('status', () => {
  it('D21: reports each session once per outage (quotes live, trading dead)', async () => {
    const scripted = await started();
    const seen: VenueStatus[] = [];
    const leave = scripted.broker.onStatus((status) => seen.push(status));
    scripted.gateway.welcoming = false;
    scripted.link('place').close('gone.');
    await scripted.timers.advance(1_000);
    scripted.gateway.link.close('still gone.');
    await scripted.timers.advance(1_999);
    expect(seen).toEqual([{ kind: 'disconnected', session: 'place', reason: 'gone.' }]);
    expect(scripted.broker.canPlace()).toBe(false);
    scripted.gateway.welcoming = true;
    await scripted.timers.advance(1);
    expect(seen.at(-1)).toEqual({ kind: 'connected', session: 'place' });
    scripted.gateway.link.close('gone again.');
    expect(seen).toHaveLength(3);
    leave();
  });

  it('stops its halves one by one', async () => {
    const scripted = await started();
    await scripted.broker.stop();
    expect(scripted.link('place').destroyed).toBe(true);
    expect(scripted.link('read').destroyed).toBe(true);
    expect(scripted.link('data').destroyed).toBe(false);
    await scripted.provider.stop();
    expect(scripted.link('data').destroyed).toBe(true);
    expect(scripted.timers.armed).toBe(0);
  });
});
