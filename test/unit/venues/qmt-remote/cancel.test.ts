import { describe, expect, it } from 'vitest';
import type { CancelOutcome } from '../../../../src/venues/broker.ts';
import { settle } from '../../platform/fake-timers.ts';
import { HANG, orderRow, Refusal, started } from './scripted-venue.ts';
import type { ScriptedVenue } from './scripted-venue.ts';

async function cancelWith(answer: unknown): Promise<CancelOutcome> {
  const scripted = await started({ QMT_SERVER_SUB_ACCOUNT: 'demo' });
  scripted.on('broker.cancel_order', () => answer);
  const outcome = scripted.broker.cancel('1073741900');
  await settle();
  expect(scripted.sent('broker.cancel_order')).toEqual([
    { account_key: null, sub_account_id: 'demo', order_id: '1073741900' },
  ]);
  return outcome;
}

const snapshot = (fields: object): object => ({ last_snapshot: orderRow({ ...fields }) });

describe('D4: outcomes (wire document, chapter 11)', () => {
  it.each([
    [
      'cancelled while the gateway waited',
      {
        dtype: 'dict',
        value: true,
        status: 'canceled',
        raw_status: 54,
        timed_out: false,
        ...snapshot({ status: 'canceled', raw_status: 54 }),
      },
      { kind: 'final', status: 'canceled', order: { status: 'canceled' } },
    ],
    [
      'final already, in the stub',
      { dtype: 'dict', value: true, status: 'filled', raw_status: 56, timed_out: false },
      { kind: 'final', status: 'filled', order: null },
    ],
    [
      'taken, not final when the gateway stopped waiting',
      {
        dtype: 'dict',
        value: true,
        status: 'canceling',
        raw_status: 51,
        timed_out: true,
        ...snapshot({ status: 'canceling', raw_status: 51 }),
      },
      { kind: 'requested', order: { status: 'canceling' } },
    ],
    [
      'taken, and nothing else said',
      { dtype: 'dict', value: true, timed_out: true },
      { kind: 'requested', order: null },
    ],
    ['refused', { dtype: 'dict', value: false, timed_out: false }, { kind: 'refused' }],
    [
      'the object form: taken',
      { dtype: 'dict', value: { success: true, value: true }, success: true },
      { kind: 'requested' },
    ],
    [
      'the object form: refused (the reference reads it as success)',
      { dtype: 'dict', value: { success: false, value: false }, success: false },
      { kind: 'refused' },
    ],
    // The raw code decides: this word is the reference's mistranslation of a pending cancel.
    [
      'a partly filled order, cancel pending',
      { value: true, status: 'partly_canceled', raw_status: 52 },
      { kind: 'requested' },
    ],
    ['a limit on cancels', new Refusal('REQUEST_FAILED', '❌ 当日撤单次数超限: 3 >= 3'), { kind: 'refused' }],
    ['the gateway’s time-out', new Refusal('REQUEST_TIMEOUT', '请求超时（>60s）'), { kind: 'unknown' }],
    ['any other error', new Refusal('QMT_UNAVAILABLE', 'down'), { kind: 'unknown' }],
    ['no sense', { dtype: 'dict' }, { kind: 'unknown' }],
  ])('%s', async (_name, answer, expected) => {
    expect(await cancelWith(answer)).toMatchObject(expected);
  });

  it('unknown after a lost link, and not written again', async () => {
    const scripted = await started();
    const outcome = scripted.broker.cancel('1');
    await settle();
    scripted.linkOf('broker.cancel_order').close('gone.');
    expect(await outcome).toMatchObject({ kind: 'unknown' });
    await scripted.timers.advance(60_000);
    expect(scripted.sent('broker.cancel_order')).toHaveLength(1);
  });
});

describe('the pool', () => {
  const cancels = (scripted: ScriptedVenue, n: number) =>
    Array.from({ length: n }, (_, i) => scripted.broker.cancel(`${i + 1}`));

  it('A4-4: gives each cancel a session of its own, four at most', async () => {
    const scripted = await started();
    scripted.on('broker.cancel_order', () => HANG);
    const outcomes = cancels(scripted, 6);
    await settle();
    expect(scripted.gateway.links).toHaveLength(7);
    const busy = scripted.requests.filter((request) => request.action === 'broker.cancel_order');
    expect(new Set(busy.map((request) => request.link)).size).toBe(4);
    for (let n = 0; n < 6; n += 1) {
      const written = scripted.requests.filter((request) => request.action === 'broker.cancel_order');
      written[n]?.link.answer(-1, { value: true });
      await settle();
    }
    expect(await Promise.all(outcomes)).toHaveLength(6);
    const ids = scripted.sent('broker.cancel_order').map((payload) => payload['order_id']);
    expect(ids).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(scripted.gateway.links).toHaveLength(7);
  });

  it('uses a session again', async () => {
    const scripted = await started();
    scripted.on('broker.cancel_order', () => ({ value: true }));
    for (const id of ['1', '2', '3']) await scripted.broker.cancel(id);
    expect(scripted.gateway.links).toHaveLength(4);
  });

  it('A4-3/A4-4: never blocks the other sessions', async () => {
    const scripted = await started();
    scripted.on('broker.cancel_order', () => HANG).on('broker.positions', () => []);
    void Promise.all(cancels(scripted, 6));
    await settle();
    await expect(scripted.broker.positions()).resolves.toEqual([]);
    expect(scripted.broker.canPlace()).toBe(true);
  });

  it('says that nothing was sent when no session is free in 20 s', async () => {
    const scripted = await started();
    scripted.gateway.welcoming = false;
    const outcome = scripted.broker.cancel('1');
    await settle();
    scripted.gateway.link.close('nothing listens there.');
    await scripted.timers.advance(20_000);
    const { kind, reason } = { reason: '', ...(await outcome) };
    expect(kind).toBe('unknown');
    expect(reason).toContain('The cancel was not sent');
    expect(scripted.sent('broker.cancel_order')).toHaveLength(0);
  });

  it('leaves a session alone that still owes the answer to a cancel given up', async () => {
    const scripted = await started({ QMT_SERVER_RPC_TIMEOUT: '5' });
    scripted.on('broker.cancel_order', () => HANG);
    const first = scripted.broker.cancel('1');
    await scripted.timers.advance(5_000);
    expect(await first).toMatchObject({ kind: 'unknown' });
    const second = scripted.broker.cancel('2');
    await settle();
    const [a, b] = scripted.requests.filter((request) => request.action === 'broker.cancel_order');
    expect(a?.link).not.toBe(b?.link);
    b?.link.answer(0, { value: true });
    expect(await second).toMatchObject({ kind: 'requested' });
  });

  it('is not written when its id may have become another order’s while it waited for a session', async () => {
    const scripted = await started();
    const outcome = scripted.broker.cancel('1', () => false);
    await settle();
    expect(await outcome).toMatchObject({ kind: 'refused' });
    expect(scripted.sent('broker.cancel_order')).toHaveLength(0);
  });

  it('ends what waits when the venue stops', async () => {
    const scripted = await started();
    scripted.gateway.welcoming = false;
    const outcome = scripted.broker.cancel('1');
    await scripted.broker.stop();
    expect(await outcome).toMatchObject({ kind: 'unknown' });
    expect(await scripted.broker.cancel('2')).toMatchObject({ kind: 'unknown' });
    await scripted.provider.stop();
    expect(scripted.timers.armed).toBe(0);
  });
});
