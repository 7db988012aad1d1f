import { join } from 'node:path';
import { onTestFinished, describe, expect, test } from 'vitest';
import { chinaInstant, HOUR, MINUTE } from '../../../../src/domain/time.ts';
import { DROP, LATER, PAUSE, type Channel } from '../../../../src/notify/channels/channel.ts';
import { Office, type OfficeOptions } from '../../../../src/notify/delivery/office.ts';
import { MOST_WAITING, Outbox } from '../../../../src/notify/delivery/outbox.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';
import { FakeChannel, notice } from './fake-channel.ts';

const NOON = chinaInstant('2026-07-06', '12:00');

interface Rig {
  readonly office: Office;
  readonly timers: FakeTimers;
  readonly outbox: Outbox;
  readonly said: string[];
  /** Time passes by steps, and what it set off has its turn. */
  readonly pass: (ms: number) => Promise<void>;
}

function rig(channels: readonly Channel[], rest: Partial<OfficeOptions> = {}, timers = new FakeTimers(NOON)): Rig {
  const outbox = rest.outbox ?? new Outbox(null);
  const said: string[] = [];
  const office = new Office({
    channels: channels.map((channel) => ({ channel, level: 'info' })),
    timers,
    chance: () => 0,
    quiet: null,
    picture: () => Promise.resolve(null),
    log: (_level, text) => said.push(text),
    ...rest,
    outbox,
  });
  onTestFinished(() => outbox.close());
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 500) {
      timers.pass(Math.min(500, left));
      await turns();
    }
  };
  return { office, timers, outbox, said, pass };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

const textsOf = (channel: FakeChannel): string[] => channel.pages.map(({ text }) => text.split('\n')[0] ?? '');

describe('delivery', () => {
  test('a burst is one message; what is critical waits for nobody and takes the others along', async () => {
    const channel = new FakeChannel();
    const { office, pass } = rig([channel]);
    for (let index = 0; index < 50; index += 1) office.take(notice(`fill ${index}`));
    await turns();
    expect(channel.pages).toEqual([]);
    await pass(3_000);
    expect(channel.pages).toHaveLength(1);
    expect(channel.pages[0]).toMatchObject({ kind: 'several', count: 50, title: 'bt demo: 50 messages' });
    await pass(2_000);
    office.take(notice('quiet one'));
    office.take(notice('loud one', { level: 'critical', kind: 'alarm' }));
    await turns();
    expect(channel.pages).toHaveLength(2);
    expect(channel.pages[1]).toMatchObject({ level: 'critical', count: 2 });
  });

  test('equal ones within ten minutes are counted and told once more when those have passed', async () => {
    const channel = new FakeChannel();
    const { office, pass } = rig([channel]);
    office.take(notice('same'));
    await pass(4_000);
    for (let index = 0; index < 7; index += 1) {
      office.take(notice('same'));
      await pass(30_000);
    }
    expect(channel.pages).toHaveLength(1);
    await pass(10 * MINUTE);
    expect(channel.pages).toHaveLength(2);
    expect(channel.pages[1]?.text).toContain('same (7 times since');
  });

  test('a channel that fails is tried again with the same message and id, and holds up no other', async () => {
    const [dead, well] = [new FakeChannel('wecom'), new FakeChannel('bark')];
    dead.answer = { verdict: LATER, answer: 'ECONNREFUSED' };
    const { office, pass, said } = rig([dead, well]);
    office.take(notice('first', { level: 'critical' }));
    await turns();
    expect(textsOf(well)).toEqual(['first']);
    await pass(1_000);
    office.take(notice('second', { level: 'critical' }));
    await pass(40_000);
    expect(textsOf(dead)).toEqual(['first', 'first', 'first', 'first']);
    expect(new Set(dead.pages.map(({ id }) => id)).size).toBe(1);
    expect(said.filter((text) => text.startsWith('wecom cannot be reached'))).toHaveLength(1);
    dead.answer = { verdict: { kind: 'sent' }, answer: 'ok' };
    await pass(3 * MINUTE);
    expect(textsOf(dead).slice(-2)).toEqual(['first', 'second']);
    expect(textsOf(well)).toEqual(['first', 'second']);
    expect(said.at(-1)).toBe('wecom takes messages again.');
  });

  test('what a service refuses for good is left out; one that has to be looked at is left alone for an hour', async () => {
    const channel = new FakeChannel();
    channel.answer = { verdict: DROP, answer: 'too long' };
    const { office, pass, outbox, said } = rig([channel]);
    office.take(notice('bad', { level: 'critical' }));
    await turns();
    expect(outbox.count()).toBe(0);
    expect(said.at(-1)).toContain('left out: too long');
    channel.answer = { verdict: PAUSE, answer: 'token wrong' };
    await pass(1_000);
    office.take(notice('kept', { level: 'critical' }));
    await pass(HOUR - 5_000);
    expect(textsOf(channel)).toEqual(['bad', 'kept']);
    channel.answer = { verdict: { kind: 'sent' }, answer: 'ok' };
    await pass(MINUTE);
    expect(textsOf(channel)).toEqual(['bad', 'kept', 'kept']);
    expect(outbox.count()).toBe(0);
  });

  test('a long message goes in parts at the channel’s pace', async () => {
    const channel = new FakeChannel();
    const { office, pass } = rig([channel]);
    office.take(notice('长'.repeat(1_500), { level: 'critical' }));
    await turns();
    expect(channel.pages).toHaveLength(1);
    await pass(5_000);
    expect(channel.pages).toHaveLength(3);
    expect(channel.pages.map(({ text }) => /…\(\d\/\d\)$/u.exec(text)?.[0])).toEqual(['…(1/3)', '…(2/3)', '…(3/3)']);
    for (const { title, text } of channel.pages)
      expect(Buffer.byteLength(`${title}\n${text}`)).toBeLessThanOrEqual(2_000);
  });

  test('in quiet hours only what is critical is told, the rest when they end', async () => {
    const channel = new FakeChannel();
    const quiet = { from: 12 * 3600, until: 13 * 3600 };
    const { office, pass } = rig([channel], { quiet });
    office.take(notice('calm'));
    office.take(notice('loud', { level: 'critical' }));
    await pass(10_000);
    expect(textsOf(channel)).toEqual(['loud']);
    await pass(HOUR);
    expect(textsOf(channel)).toEqual(['loud', 'calm']);
  });

  test('each channel is told what is urgent enough for it', async () => {
    const [all, few] = [new FakeChannel('wecom'), new FakeChannel('bark')];
    const channels = [
      { channel: all, level: 'info' as const },
      { channel: few, level: 'critical' as const },
    ];
    const { office, pass } = rig([], { channels });
    office.take(notice('calm'));
    await pass(4_000);
    office.take(notice('loud', { level: 'critical' }));
    await pass(4_000);
    expect(textsOf(all)).toEqual(['calm', 'loud']);
    expect(textsOf(few)).toEqual(['loud']);
  });

  test('a digest goes alone, with its picture where one is taken', async () => {
    const [apart, along] = [new FakeChannel('telegram', 'apart'), new FakeChannel('smtp', 'along')];
    const png = Buffer.from('png');
    const { office, pass } = rig([apart, along], { picture: () => Promise.resolve(png) });
    const digest = { day: '2026-07-06' } as never;
    office.take(notice('before'));
    office.take(notice('the day', { kind: 'digest', digest }));
    await pass(10_000);
    expect(textsOf(apart)).toEqual(['before', 'the day']);
    expect(apart.pictures).toEqual([png]);
    expect(along.pages.map(({ picture }) => picture)).toEqual([null, png]);
  });
});

describe('the outbox', () => {
  test('is bounded: the least urgent and oldest go first, and that is told', async () => {
    const channel = new FakeChannel();
    channel.hold = new Promise(() => undefined);
    const { office, outbox, pass, said } = rig([channel]);
    office.take(notice('loud', { level: 'critical' }));
    for (let index = 0; index < MOST_WAITING + 50; index += 1) office.take(notice(`calm ${index}`));
    expect(outbox.count()).toBe(MOST_WAITING);
    expect(outbox.waiting('webhook', NOON, 1)[0]?.text).toBe('loud');
    await pass(MINUTE);
    expect(said).toContain('51 messages were left out: too many waited.');
  });

  test('what nobody could be told for a day is let go, and told', async () => {
    const channel = new FakeChannel();
    channel.answer = { verdict: LATER, answer: 'away' };
    const { office, outbox, timers, said } = rig([channel]);
    office.take(notice('old', { level: 'critical' }));
    await turns();
    timers.pass(25 * HOUR);
    await turns();
    expect(outbox.count()).toBe(0);
    expect(said).toContain('1 messages grew too old before they could be delivered, and were left out.');
  });

  test('survives its process: what was told and not delivered is delivered by the next one, under the same id', async () => {
    // In a folder that nobody has made yet: messages are opened before the record of a gateway.
    const path = join(temporaryFolder('outbox'), 'gateway-58620', 'messages.outbox');
    const dead = new FakeChannel();
    dead.answer = { verdict: LATER, answer: 'away' };
    const first = rig([dead], { outbox: new Outbox(path) });
    first.office.take(notice('tried', { level: 'critical' }));
    await turns();
    first.office.take(notice('not tried'));
    // Killed: nothing is closed.
    const well = new FakeChannel();
    const second = rig([well], { outbox: new Outbox(path) });
    await second.pass(10_000);
    expect(textsOf(well)).toEqual(['tried', 'not tried']);
    expect(well.pages[0]?.id).toBe(dead.pages[0]?.id);
    expect(second.said[0]).toBe('2 messages of an earlier run are still to be delivered.');
  });

  test('a channel that is not configured any more keeps nothing waiting', () => {
    const path = join(temporaryFolder('outbox'), 'outbox.db');
    rig([new FakeChannel('wecom')], { outbox: new Outbox(path) }).office.take(notice('for wecom'));
    const { outbox } = rig([new FakeChannel('bark')], { outbox: new Outbox(path) });
    expect(outbox.count()).toBe(0);
  });
});

describe('the end', () => {
  test('delivers what waits for others at once', async () => {
    const channel = new FakeChannel();
    const { office } = rig([channel]);
    office.take(notice('last words'));
    expect(await office.close(5_000)).toBe(0);
    expect(textsOf(channel)).toEqual(['last words']);
  });

  test('does not wait longer than it may for a service that does not answer', async () => {
    const channel = new FakeChannel();
    channel.hold = new Promise(() => undefined);
    const { office, pass } = rig([channel]);
    office.take(notice('last words'));
    const closed = office.close(5_000);
    await pass(5_000);
    expect(await closed).toBe(1);
  });

  test('does not wait for a service that failed', async () => {
    const channel = new FakeChannel();
    channel.answer = { verdict: LATER, answer: 'away' };
    const { office } = rig([channel]);
    office.take(notice('last words'));
    expect(await office.close(60_000)).toBe(1);
  });
});
