import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/domain/time.ts';
import { keepSecret } from '../../../src/platform/exit-text.ts';
import type { Audit, AuditEvent } from '../../../src/server/audit.ts';
import { openAudit, readAudit } from '../../../src/server/audit-file.ts';
import { FakeTimers } from '../platform/fake-timers.ts';
import { scratchFolder, startWorld } from './world.ts';

const ORDER = {
  security: '518880.XSHG',
  side: 'BUY',
  amount: 100,
  style: { type: 'limit', price: 5.9 },
  wait_timeout: 0,
  order_remark: 'bt:abcd1234:x',
  idempotency_key: 'k',
};

function hearing(): { readonly events: AuditEvent[]; readonly audit: Audit } {
  const events: AuditEvent[] = [];
  return { events, audit: (event) => void events.push(event) };
}

describe('the audit', () => {
  test('tells of each order and cancel who asked for what, and what came of it; of what is only looked at nothing', async () => {
    const { events, audit } = hearing();
    const world = await startWorld({ audit });
    const client = await world.open();
    const peer = expect.stringMatching(/^127\.0\.0\.1:\d+$/);
    await client.request('broker.positions');
    await client.request('broker.place_order', ORDER);
    await client.request('broker.place_order', { ...ORDER, idempotency_key: 'l', amount: 'many' });
    await client.request('broker.cancel_order', { order_id: 'none' });
    const [connected, asked, placed, , failed, cancel, refused] = events;
    expect(connected).toMatchObject({ event: 'connected', peer, session: expect.stringMatching(/^s/) });
    const what = {
      action: 'place',
      peer,
      security: '518880.XSHG',
      side: 'BUY',
      amount: 100,
      price: 5.9,
      remark: 'bt:abcd1234:x',
      key: 'k',
    };
    expect(asked).toMatchObject({ event: 'asked', ...what });
    expect(placed).toMatchObject({
      event: 'answered',
      ...what,
      outcome: 'ok',
      status: 'new',
      orderId: expect.any(String),
    });
    expect(placed?.request).toBe(asked?.request);
    expect(failed).toMatchObject({
      event: 'answered',
      outcome: 'REQUEST_FAILED',
      text: expect.stringContaining('int()'),
    });
    expect(cancel).toMatchObject({ event: 'asked', action: 'cancel', orderId: 'none' });
    expect(refused).toMatchObject({
      event: 'answered',
      action: 'cancel',
      orderId: 'none',
      outcome: 'ok',
      status: 'not cancelled',
    });
    expect(events).toHaveLength(7);
  });

  test('tells of a wrong token, and never which it was', async () => {
    const { events, audit } = hearing();
    const world = await startWorld({ audit, token: 'the right one' });
    await world.open({ type: 'handshake', token: 'guessed-token' });
    expect(events).toMatchObject([{ event: 'refused', outcome: 'wrong token' }]);
    expect(JSON.stringify(events)).not.toMatch(/guessed-token|the right one/);
  });
});

describe('the file of an audit', () => {
  test('has a line an event, short and without secrets, a file a day, and is read oldest first', async () => {
    const path = join(scratchFolder(), 'audit.jsonl');
    const timers = new FakeTimers();
    keepSecret('very-secret-token');
    const file = openAudit(path, timers, () => {});
    const write = (remark: unknown): void =>
      file.write({ event: 'asked', peer: '127.0.0.1:1', remark, key: null, dryRun: true });
    write('one');
    write(`two\nlines ${'x'.repeat(1000)} very-secret-token`);
    await timers.advance(DAY);
    write({ three: 'very-secret-token' });
    await timers.advance(DAY);
    write('four');
    file.close();
    appendFileSync(path, '{"event":"cut of');
    expect(
      readdirSync(join(path, '..')).filter((name) => /^audit\.\d{4}-\d{2}-\d{2}\.1\.jsonl$/.test(name)),
    ).toHaveLength(2);
    const lines = readAudit(path);
    expect(lines.map(({ remark }) => String(remark).slice(0, 9))).toEqual(['one', 'two lines', '{"three":', 'four']);
    expect(lines.every((line) => JSON.stringify(line).length < 500)).toBe(true);
    expect(lines[0]).toEqual({
      time: expect.stringMatching(/^\d{4}-/),
      event: 'asked',
      peer: '127.0.0.1:1',
      remark: 'one',
      dryRun: true,
    });
    const all = readdirSync(join(path, '..'))
      .map((name) => readFileSync(join(path, '..', name), 'utf8'))
      .join('');
    expect(all).not.toContain('very-secret-token');
  });

  test('that is not there says which to name, whether its folder is or not', () => {
    const missing = { code: 'NO_AUDIT', fault: 'config', message: expect.stringMatching(/no audit at .*--file/u) };
    expect(() => readAudit('/nowhere/audit.jsonl')).toThrow(expect.objectContaining(missing));
    const folder = scratchFolder();
    expect(() => readAudit(join(folder, 'audit.jsonl'))).toThrow(expect.objectContaining(missing));
    // One that a server has just begun is there.
    openAudit(join(folder, 'audit.jsonl'), new FakeTimers(), () => {}).close();
    expect(readAudit(join(folder, 'audit.jsonl'))).toEqual([]);
  });

  test('that cannot be written keeps the server from starting', () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, 'file'), '');
    for (const path of [folder, join(folder, 'file', 'audit.jsonl')])
      expect(() => openAudit(path, new FakeTimers(), () => {})).toThrow(
        expect.objectContaining({ code: 'AUDIT_UNUSABLE', fault: 'config' }),
      );
  });
});
