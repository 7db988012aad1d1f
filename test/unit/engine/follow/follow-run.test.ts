import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FollowRules } from '../../../../src/domain/follow/rules.ts';
import type { SignalSink, SignalSource } from '../../../../src/domain/follow/signal.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { runFollow } from '../../../../src/engine/follow/follow.ts';
import type { FollowOptions } from '../../../../src/engine/follow/follow-options.ts';
import { DEFAULT_LIMITS } from '../../../../src/engine/live-options.ts';
import type { RunReport } from '../../../../src/engine/report.ts';
import { isMarkedFollower } from '../../../../src/ledger/instance-file.ts';
import { Ledger } from '../../../../src/ledger/ledger.ts';
import { callControl } from '../../../../src/platform/control-socket.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import { systemTimers } from '../../../../src/platform/timers.ts';
import { aHolding, aQuote } from '../../domain/order/builders.ts';
import { aSignal, pictureOf, rulesOf } from '../../domain/follow/rules.ts';
import { dataOf } from '../data-of.ts';
import { FakeBroker } from '../orders/fake-broker.ts';
import { MemoryLog } from '../strategy/fake-engine.ts';
import { at } from '../time/scheduling.ts';

/** A way in that a test holds. */
class Door implements SignalSource {
  readonly name = 'the test';
  sink: SignalSink | null = null;
  isOpen = false;
  async start(sink: SignalSink): Promise<void> {
    this.sink = sink;
    this.isOpen = true;
  }
  async stop(): Promise<void> {
    this.isOpen = false;
  }
}

let folder: string;
let broker: FakeBroker;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bt-follow-'));
  broker = new FakeBroker();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  rules: readonly Partial<FollowRules>[],
  from: string,
  work: (door: Door, clock: SteppedClock) => Promise<void>,
  change: Partial<FollowOptions> = {},
): Promise<{ readonly report: RunReport; readonly log: MemoryLog }> {
  const clock = new SteppedClock(at(from));
  broker.now = () => clock.now();
  const [log, door, stop, ready] = [new MemoryLog(), new Door(), new AbortController(), Promise.withResolvers<void>()];
  const running = runFollow({
    name: 'follow',
    broker,
    providers: [dataOf(() => aQuote({ time: clock.now() }))],
    knownSources: [],
    clock,
    startedAt: clock.now(),
    timers: systemTimers,
    calendar: exchangeCalendar(),
    stateFolder: folder,
    until: null,
    real: false,
    positions: null,
    limits: DEFAULT_LIMITS,
    log,
    stop: stop.signal,
    strategies: rules.map((each) => rulesOf(each)),
    sources: [door],
    onReady: () => ready.resolve(),
    ...change,
  });
  await Promise.race([ready.promise, running]);
  await work(door, clock);
  stop.abort();
  const report = await running;
  expect(door.isOpen).toBe(false);
  return { report, log };
}

describe('a run', () => {
  test('takes signals when its account is reconciled, trades them, tells of them, and reports', async () => {
    broker.onPlace = (request) => {
      const outcome = broker.accept(request);
      broker.fill('1000', request.amount);
      return outcome;
    };
    const { report, log } = await run([{}], '09:35', async ({ sink }, clock) => {
      const receipt = await sink?.take(aSignal({ sentAt: clock.now(), receivedAt: clock.now() }));
      expect(receipt?.kind).toBe('accepted');
      await vi.waitFor(async () => {
        await clock.walk(clock.now() + 1_000);
        expect(broker.fills).toHaveLength(1);
      });
      if (receipt?.kind === 'accepted') {
        let ended = false;
        void receipt.end.then(() => (ended = true));
        await vi.waitFor(async () => {
          await clock.walk(clock.now() + 1_000);
          expect(ended).toBe(true);
        });
      }
    });
    expect(report).toMatchObject({ exitCode: 0, strategy: 'follow' });
    expect(report.trades).toMatchObject([{ amount: 300 }]);
    expect(isMarkedFollower(folder)).toBe(true);
    expect(log.texts('info').join('\n')).toContain('filled, 300 shares');
  });

  test('is of followers only: a folder of a strategy is refused', async () => {
    const ledger = Ledger.open(folder);
    ledger.choose('life_began', '1');
    ledger.choose('strategy_file', '/home/me/main.ts');
    ledger.close();
    await expect(run([{}], '09:35', async () => undefined)).rejects.toMatchObject({ code: 'STATE_REFUSED' });
  });

  test.each([
    [[{}, { name: 'beta' }], 'name no "cash"'],
    [[{ cash: 80_000 }, { name: 'beta', cash: 80_000 }], 'write less'],
  ])('refuses strategies %o', async (rules, text) => {
    await expect(run(rules, '09:35', async () => undefined)).rejects.toThrow(text);
  });

  test('takes nothing once it ends', async () => {
    let sink: SignalSink | null = null;
    await run([{}], '09:35', async (door) => {
      ({ sink } = door);
    });
    const late = (sink as SignalSink | null)?.take(aSignal());
    await expect(late).rejects.toMatchObject({ code: 'FOLLOW_CLOSED' });
  });

  test('gives a strategy that is new a part of its own, and one whose cash has changed the difference', async () => {
    const cash = (): (number | undefined)[] => {
      const ledger = Ledger.read(folder);
      try {
        const plan = JSON.parse(ledger.setting('strategy_subportfolios') ?? '{}') as { grants?: { cash: number }[] };
        const moved = ledger.subs.moves().map(({ from, to, cash: money }) => ({ from, to, money }));
        return (plan.grants ?? []).map(
          ({ cash: given }, pindex) =>
            given +
            moved.reduce((sum, { from, to, money }) => sum + (to === pindex ? money : from === pindex ? -money : 0), 0),
        );
      } finally {
        ledger.close();
      }
    };
    await run([{ cash: 30_000 }], '09:35', async () => undefined);
    expect(cash()).toEqual([70_000, 30_000]);
    await run([{ cash: 40_000 }, { name: 'beta', cash: 10_000 }], '09:36', async () => undefined);
    expect(cash()).toEqual([50_000, 40_000, 10_000]);
  });
});

describe('a deviation', () => {
  test('is told in the evening, shown, and corrected when a person says so', async () => {
    broker.held = [aHolding(500, { security: '600000.XSHG' })];
    broker.onPlace = (request) => {
      const outcome = broker.accept(request);
      broker.fill(String(999 + broker.book.length), request.amount);
      return outcome;
    };
    const days: string[] = [];
    const listener = { dayEnds: (day: string) => void days.push(day), end: () => undefined };
    const { log } = await run(
      [{ outsideHours: 'queue' }],
      '10:00',
      async ({ sink }, clock) => {
        await sink?.takePicture('alpha', pictureOf({ '000001.XSHE': 400 }, { at: clock.now() }));
        const ask = (yes: boolean) =>
          callControl(folder, { command: 'follow-correct', values: yes ? { yes: 'yes' } : {} });
        const plan = await ask(false);
        expect(plan).toContain('sell 500 600000.XSHG');
        expect(plan).toContain('buy 400 000001.XSHE');
        expect(plan).toContain('Nothing was ordered');
        expect(await ask(true)).toContain('accepted');
        await vi.waitFor(async () => {
          await clock.walk(clock.now() + 1_000);
          expect(broker.fills.map(({ side, amount }) => [side, amount])).toEqual([
            ['sell', 500],
            ['buy', 400],
          ]);
        });
        await vi.waitFor(async () => {
          await clock.walk(clock.now() + 1_000);
          expect(await ask(false)).toContain('Nothing is to be corrected');
        });
        await clock.walk(at('15:10'));
        await vi.waitFor(() => expect(days).toEqual(['2026-07-06']));
      },
      { watch: () => listener },
    );
    expect(log.texts('warning').join('\n')).toContain('alpha DEVIATES');
    expect(log.texts('info').join('\n')).toContain('alpha holds what it is to');
  });

  test('is not known before the source has said what it holds: that is no success', async () => {
    await run([{ cash: 40_000 }, { name: 'beta', cash: 40_000 }], '10:00', async ({ sink }, clock) => {
      const ask = (values: Record<string, string>) => callControl(folder, { command: 'follow-correct', values });
      const unknown = { code: 'NOT_COMPARED', message: expect.stringMatching(/beta: no picture .* Have the source/u) };
      await expect(ask({})).rejects.toMatchObject(unknown);
      await sink?.takePicture('alpha', pictureOf({}, { at: clock.now() }));
      expect(await ask({ strategy: 'alpha' })).toBe('Nothing is to be corrected.');
      await expect(ask({})).rejects.toMatchObject(unknown);
      await expect(ask({ strategy: 'gamma' })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
      await sink?.takePicture('alpha', pictureOf({ '000001.XSHE': 400 }, { at: clock.now() }));
      const plan = await ask({});
      expect(plan).toContain('buy 400 000001.XSHE');
      expect(plan).toContain('beta: no picture');
    });
  });

  test('is not corrected by a picture of another day', async () => {
    await run([{}], '10:00', async ({ sink }, clock) => {
      const yesterday = clock.now() - 86_400_000;
      await sink?.takePicture('alpha', pictureOf({ '000001.XSHE': 400 }, { at: yesterday }));
      const text = await callControl(folder, { command: 'follow-correct', values: { yes: 'yes' } });
      expect(text).toContain('only one of today');
      expect(broker.placed).toEqual([]);
    });
  });
});
