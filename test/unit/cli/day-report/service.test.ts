import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { listenForReports } from '../../../../src/cli/day-report/service.ts';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { Events } from '../../../../src/engine/events.ts';
import type { RunView } from '../../../../src/engine/run-view.ts';
import { Ledger } from '../../../../src/ledger/ledger.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { MemoryLog } from '../../engine/strategy/fake-engine.ts';
import { at } from '../../engine/time/scheduling.ts';

let stateFolder: string;
let folder: string;
beforeEach(() => {
  stateFolder = temporaryFolder('state');
  folder = join(temporaryFolder('pages'), 'deep', 'pages');
  Ledger.open(stateFolder).close();
});

function rig(now: string) {
  const clock = new SteppedClock(at(now));
  const [events, log] = [new Events(), new MemoryLog()];
  const run = { events, fresh: () => Promise.resolve() } as unknown as RunView;
  const listener = listenForReports({ folder, stateFolder, clock, calendar: exchangeCalendar(), log })(run);
  const pages = (): string[] => (existsSync(folder) ? readdirSync(folder) : []);
  return { clock, events, log, listener, pages };
}

describe('the page of the day', () => {
  test('is written at 15:30 of each trading day, whole, and no more once the days have ended', async () => {
    const { clock, listener, pages, log } = rig('2026-07-03 15:00');
    await clock.walk(at('2026-07-03 15:29:59'));
    expect(pages()).toEqual([]);
    // A Friday, and the Monday after it.
    await clock.walk(at('2026-07-06 15:31'));
    await vi.waitFor(() => expect(pages()).toHaveLength(2));
    const name = (day: string): string => `${stateFolder.split('/').at(-1) ?? ''}-${day}.html`;
    expect(pages().toSorted((a, b) => a.localeCompare(b))).toEqual([name('2026-07-03'), name('2026-07-06')]);
    expect(readFileSync(join(folder, name('2026-07-06')), 'utf8')).toMatch(/^<!doctype html>.*<\/html>\n$/su);
    await vi.waitFor(() => expect(log.texts('info')).toHaveLength(2));
    listener.endDays();
    await clock.walk(at('2026-07-07 16:00'));
    expect(pages()).toHaveLength(2);
  });

  test('of a day that was missed is written when the account is there, unless it was written before', async () => {
    const first = rig('2026-07-06 16:00');
    expect(first.pages()).toEqual([]);
    first.events.emit({ kind: 'account', version: 1 });
    await vi.waitFor(() => expect(first.pages()).toHaveLength(1));
    first.listener.end();
    const [page = ''] = first.pages();
    writeFileSync(join(folder, page), 'mine');
    const second = rig('2026-07-06 17:00');
    second.events.emit({ kind: 'account', version: 1 });
    await second.clock.walk(at('2026-07-06 18:00'));
    expect(readFileSync(join(folder, page), 'utf8')).toBe('mine');
  });

  test('is not made up for before 15:30, nor on a day without trading', async () => {
    for (const now of ['2026-07-06 15:29', '2026-07-04 16:00']) {
      const { events, clock, pages } = rig(now);
      events.emit({ kind: 'account', version: 1 });
      await clock.walk(clock.now());
      expect(pages()).toEqual([]);
    }
  });

  test('that cannot be written is told, and ends nothing', async () => {
    writeFileSync(join(stateFolder, 'file'), '');
    folder = join(stateFolder, 'file');
    const { clock, log } = rig('2026-07-06 15:00');
    await clock.walk(at('2026-07-06 15:30'));
    await vi.waitFor(() =>
      expect(log.texts('warning')[0]).toMatch(/report of 2026-07-06 could not be written: --day-report/u),
    );
  });
});
