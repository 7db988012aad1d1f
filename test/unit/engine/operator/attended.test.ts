import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchangeCalendar } from '../../../../src/domain/market/calendar.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import { attended } from '../../../../src/engine/operator/attended.ts';
import { Ledger } from '../../../../src/ledger/ledger.ts';
import { callControl } from '../../../../src/platform/control-socket.ts';
import { hasKillFile, writeKillFile } from '../../../../src/platform/kill-file.ts';
import { nullLog } from '../../../../src/platform/log.ts';
import { SteppedClock } from '../../../../src/platform/stepped-clock.ts';
import { ENGINE_ANSWER } from '../../../../src/status/engine-schema.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { FakeBroker } from '../orders/fake-broker.ts';

const NOW = chinaInstant('2026-07-06', '09:31:00');
let folder = '';
let ledger: Ledger;
beforeEach(() => {
  folder = temporaryFolder('attended');
  ledger = Ledger.open(folder);
});
afterEach(() => ledger.close());

/** Does the work while a run waits for its gateway. */
function starting(
  work: (ask: (command: string, values?: Record<string, string>) => Promise<string | null>) => Promise<void>,
): Promise<void> {
  const options = {
    broker: new FakeBroker(),
    calendar: exchangeCalendar(),
    clock: new SteppedClock(NOW),
    log: nullLog,
    onReady: () => undefined,
    startedAt: NOW,
    stateFolder: folder,
    version: '9.9',
  };
  return attended(options, ledger, () => work((command, values = {}) => callControl(folder, { command, values })));
}

describe('a run that waits for its gateway', () => {
  it('says so to whoever asks how it is', async () => {
    await starting(async (ask) => {
      const answer = ENGINE_ANSWER.parse(JSON.parse((await ask('status')) ?? ''));
      expect(answer).toMatchObject({ now: NOW, account: null, limits: [] });
      expect(answer.engine).toMatchObject({
        version: '9.9',
        ready: false,
        gate: 'the gateway is being reached',
        stub: null,
      });
      expect(answer.engine.strategy).toMatchObject({ state: 'starting' });
    });
    expect(await callControl(folder, { command: 'status', values: {} })).toBeNull();
  });

  it('takes a kill that the run finds in the ledger, and lets it go with a reason, the file with it', async () => {
    await starting(async (ask) => {
      expect(await ask('kill', { cancel: 'yes', reason: 'too fast' })).toContain('Killed: nothing is placed any more');
      expect(ledger.risk.stops()).toMatchObject([{ rule: 'kill', stops: 'all', at: NOW, text: 'too fast.' }]);
      expect(ledger.risk.killWish()).toEqual({ cancel: true, flatten: false, done: false });
      await ask('kill', { flatten: 'yes' });
      expect(ledger.risk.killWish()).toEqual({ cancel: true, flatten: true, done: false });
      writeKillFile(folder, { cancel: false, flatten: false, reason: 'by hand' });
      await expect(ask('resume')).rejects.toMatchObject({ code: 'REASON_NEEDED' });
      expect(await ask('resume', { reason: 'looked at' })).toContain('they were stopped by: kill');
      expect(ledger.risk.stops()).toEqual([]);
      expect(hasKillFile(folder)).toBe(false);
    });
  });

  it('takes a pause once, and has nothing to let go on when nothing is stopped', async () => {
    await starting(async (ask) => {
      await ask('pause', { reason: 'lunch' });
      await ask('pause', { reason: 'again' });
      expect(ledger.risk.stops()).toMatchObject([{ rule: 'pause', text: 'lunch.' }]);
      await ask('resume', { reason: 'back' });
      await expect(ask('resume', { reason: 'back' })).rejects.toMatchObject({ code: 'NOT_HALTED' });
    });
  });

  it('can do nothing with orders yet, and says when it can', async () => {
    await starting(async (ask) => {
      await expect(ask('cancel', { all: 'yes' })).rejects.toMatchObject({ code: 'STARTING' });
    });
  });
});
