import { connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import type { Patch, Snapshot } from '../../../../src/page/wire.ts';
import { FakeSource } from '../fake-source.ts';
import { fakeOrder, fakeStatus } from '../fake-status.ts';
import { EventReader } from '../../server/http/event-stream.ts';
import { startPageWorld } from './page-world.ts';

const NAME = 'demo-1a2b3c4d';

describe('who looks at an instance', () => {
  test('gets all of it, then each change, and each reading a sign that figures are of now', async () => {
    const source = new FakeSource();
    source.say('before');
    const world = await startPageWorld(source);
    const page = await world.look();
    await vi.waitFor(() => expect(page.named('snapshot')).toHaveLength(1));
    const snapshot = page.named('snapshot')[0]?.data as unknown as Snapshot;
    expect(snapshot.doc).toEqual(fakeStatus());
    expect(snapshot.log.map(({ text }) => text)).toEqual(['before']);
    source.say('after');
    source.change(NAME, { orders: [...fakeStatus().orders, fakeOrder(77)] });
    await vi.waitFor(() => expect(page.named('patch')).toHaveLength(1));
    const patch = page.named('patch')[0]?.data as Patch | undefined;
    expect(patch?.rows.orders).toEqual([fakeOrder(77)]);
    await vi.waitFor(() => expect(page.named('log')[0]?.data).toMatchObject({ lines: [{ n: 2, text: 'after' }] }));
    const beats = page.named('beat').length;
    await vi.waitFor(() => expect(page.named('beat').length).toBeGreaterThan(beats), 5_000);
  });

  test('shares each reading with everybody who does', async () => {
    const source = new FakeSource();
    const world = await startPageWorld(source);
    const pages = await Promise.all(Array.from({ length: 10 }, () => world.look()));
    await vi.waitFor(() => expect(pages.every((page) => page.named('snapshot').length === 1)).toBe(true));
    const [before, first] = [source.readings, pages[0]?.named('beat').length ?? 0];
    source.change(NAME, { positions: [] });
    await vi.waitFor(() => expect(pages.every((page) => page.named('patch').length === 1)).toBe(true));
    // As many as one page has been told of, ten have.
    const beats = (pages[0]?.named('beat').length ?? 0) - first;
    expect(source.readings - before).toBeLessThanOrEqual(beats + 2);
  });

  test('hears that it cannot be read, and that it can again', async () => {
    const source = new FakeSource();
    const world = await startPageWorld(source);
    const page = await world.look();
    await vi.waitFor(() => expect(page.named('snapshot')).toHaveLength(1));
    source.problem = new BtError('LEDGER_BUSY', 'The ledger is locked. Try again.', { fault: 'config' });
    source.change(NAME, {});
    await vi.waitFor(() =>
      expect(page.named('trouble')[0]?.data).toEqual({ code: 'LEDGER_BUSY', text: 'The ledger is locked. Try again.' }),
    );
    source.problem = null;
    source.change(NAME, { positions: [] });
    await vi.waitFor(() => expect(page.named('patch')).toHaveLength(1));
  });

  test('sees nothing any more once he has logged out', async () => {
    const world = await startPageWorld();
    const cookie = await world.logIn();
    const page = new EventReader(world.port, `/api/stream?instance=${NAME}`, {
      ...cookie,
      Host: `127.0.0.1:${world.port}`,
    });
    const other = await world.look();
    await vi.waitFor(() => expect([page, other].every((each) => each.named('snapshot').length === 1)).toBe(true));
    await world.ask('/api/logout', { method: 'POST', body: {}, headers: cookie });
    await vi.waitFor(() => expect(page.ended).toBe(true));
    world.source.change(NAME, { positions: [] });
    await vi.waitFor(() => expect(other.named('patch')).toHaveLength(1));
    expect(page.named('patch')).toEqual([]);
  });

  test('hears of an instance that has come', async () => {
    const source = new FakeSource();
    const world = await startPageWorld(source);
    const page = await world.look();
    source.docs.set('other', fakeStatus({}, { instance: 'other' }));
    await vi.waitFor(
      () => {
        const told = page.named('instances').at(-1)?.data['instances'] as { instance: string }[] | undefined;
        expect(told?.map(({ instance }) => instance)).toEqual([NAME, 'other']);
      },
      { timeout: 10_000 },
    );
  });

  test('and leaves is read for no more', async () => {
    const source = new FakeSource();
    const world = await startPageWorld(source);
    const page = await world.look();
    await vi.waitFor(() => expect(page.named('beat').length).toBeGreaterThan(0));
    page.leave();
    const other = await world.look('demo-1a2b3c4d');
    await vi.waitFor(() => expect(other.named('snapshot')).toHaveLength(1));
    other.leave();
    let before = -1;
    await vi.waitFor(
      () => {
        const now = source.readings;
        const isQuiet = now === before;
        before = now;
        expect(isQuiet).toBe(true);
      },
      { interval: 1_500, timeout: 10_000 },
    );
  });
});

test('a page that does not read what it is told is sent away, and holds up nobody', async () => {
  const source = new FakeSource(fakeStatus({ orders: 1_000 }));
  const world = await startPageWorld(source, {}, { events: 4, characters: 1e7 });
  const { Cookie } = await world.logIn();
  const slow = connect(world.port, '127.0.0.1');
  onTestFinished(() => {
    slow.destroy();
  });
  slow.on('error', () => {});
  slow.pause();
  let last = '';
  slow.write(`GET /api/stream?instance=${NAME} HTTP/1.1\r\nHost: 127.0.0.1:${world.port}\r\nCookie: ${Cookie}\r\n\r\n`);
  const page = await world.look();
  await vi.waitFor(() => expect(page.named('snapshot')).toHaveLength(1));
  let turn = 0;
  await vi.waitFor(
    () => {
      turn += 1;
      const orders = Array.from({ length: 1_000 }, (_, nth) =>
        fakeOrder(nth, { reason: `${turn} ${'x'.repeat(400)}` }),
      );
      source.change(NAME, { orders });
      // Its server has ended the stream; what had left before is still in the pipes, so that it is seen when they are read.
      expect(page.named('patch').length).toBeGreaterThan(13);
    },
    { interval: 250, timeout: 30_000 },
  );
  slow.on('data', (bytes: Buffer) => {
    last = `${last}${bytes.toString('latin1', Math.max(0, bytes.length - 8))}`.slice(-8);
  });
  slow.resume();
  // The end of a body that is sent in pieces.
  await vi.waitFor(() => expect(last).toMatch(/\r\n0\r\n\r\n$/u), { timeout: 20_000 });
  expect(page.ended).toBe(false);
});

test('lists of the ledger are read again only when something was written, or a new day has begun', async () => {
  const source = new FakeSource();
  const asked: boolean[] = [];
  const status = source.status.bind(source);
  source.status = (instance, query) => {
    asked.push(query?.parts === undefined);
    return status(instance, query);
  };
  const world = await startPageWorld(source);
  const page = await world.look();
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(2), 10_000);
  expect(asked.slice(0, 3)).toEqual([true, false, false]);
  expect(page.named('patch')).toEqual([]);
  const before = asked.length;
  source.change(NAME, { orders: [fakeOrder(5)] });
  await vi.waitFor(() => expect(asked.slice(before)).toContain(true));
  await vi.waitFor(() => expect(page.named('patch')).toHaveLength(1));
  const doc = source.docs.get(NAME) ?? fakeStatus();
  // Nobody says so: the day has gone by.
  source.docs.set(NAME, { ...doc, day: '2026-07-07', orders: [] });
  await vi.waitFor(() => expect((page.named('patch')[1]?.data as Patch | undefined)?.set.orders).toEqual([]), 10_000);
});
