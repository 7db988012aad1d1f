import { describe, expect, test } from 'vitest';
import { tellRun } from '../../../../src/cli/notify/run-teller.ts';
import { speaker } from '../../../../src/cli/notify/speaker.ts';
import { Events } from '../../../../src/engine/events.ts';
import type { Notice } from '../../../../src/notify/notice.ts';
import { FakeTimers } from '../../platform/fake-timers.ts';

function rig(isPaper = false): {
  events: Events;
  timers: FakeTimers;
  told: Notice[];
  sources: string[];
  end: () => void;
} {
  const [events, timers] = [new Events(), new FakeTimers()];
  const told: Notice[] = [];
  const sources: string[] = [];
  const notifier = {
    isOn: true,
    tell: (notice: Notice) => told.push(notice) > 0,
    speakAs: (source: string) => void sources.push(source),
    close: () => Promise.resolve(0),
  };
  const end = tellRun({ events }, { notifier, name: 'demo', isPaper, clock: { now: () => 42 }, timers });
  return { events, timers, told, sources, end };
}

const texts = (told: readonly Notice[]): string[] => told.map(({ title, text }) => `${title}: ${text}`);
const down = { kind: 'link', session: 'read', up: false, reason: 'reset' } as const;
const up = { kind: 'link', session: 'read', up: true, reason: null } as const;

describe('a lost link', () => {
  test('is told when it lasts for more than a minute, and then its return', () => {
    const { events, timers, told } = rig();
    events.emit(down);
    timers.pass(59_000);
    events.emit(up);
    events.emit(down);
    timers.pass(59_000);
    // Another attempt failed: it is down since the first one.
    events.emit(down);
    expect(told).toEqual([]);
    timers.pass(1_000);
    expect(texts(told)).toEqual(['Link lost: The read session is down: reset']);
    timers.pass(240_000);
    events.emit(up);
    expect(texts(told).at(-1)).toBe('Link back: The read session is up again. It lasted 5 min.');
    expect(told[0]).toMatchObject({ time: 42, level: 'warning' });
  });

  test('of one session is nothing of the other', () => {
    const { events, timers, told } = rig();
    events.emit(down);
    events.emit({ ...up, session: 'trade' });
    timers.pass(60_000);
    expect(told).toHaveLength(1);
  });
});

describe('a closed gate', () => {
  test('is told when it stays so; the alarm of it is enough', () => {
    const { events, timers, told } = rig();
    events.emit({ kind: 'gate', reason: 'no account' });
    timers.pass(30_000);
    events.emit({ kind: 'gate', reason: null });
    expect(texts(told)).toEqual([
      'Gate closed: Trading waits: no account',
      'Gate open: Trading goes on. It lasted 30 s.',
    ]);
    events.emit({ kind: 'gate', reason: 'no account' });
    events.alarm('GATE_CLOSED', null, 'Trading waits');
    timers.pass(60_000);
    expect(texts(told).at(-1)).toBe('ALARM: Trading waits');
  });

  test('is nobody’s business after the end', () => {
    const { events, timers, told, end } = rig();
    events.emit({ kind: 'gate', reason: 'no account' });
    end();
    timers.pass(60_000);
    events.alarm('GATE_CLOSED', null, 'late');
    expect(told).toEqual([]);
  });
});

describe('who speaks', () => {
  test('says that nothing is real when the venue does, and when the run is on paper whatever the venue says', () => {
    const real = rig();
    real.events.emit({ kind: 'venue', stub: false });
    real.events.emit({ kind: 'venue', stub: true });
    expect(real.sources).toEqual(['bt demo', 'PAPER bt demo']);
    const paper = rig(true);
    paper.events.emit({ kind: 'venue', stub: false });
    expect(paper.sources).toEqual(['PAPER bt demo']);
    expect(speaker('demo', null)).toBe('bt demo (not connected yet)');
  });
});
