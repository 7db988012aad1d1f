import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { tellRun } from '../src/cli/notify/run-teller.ts';
import { Events } from '../src/engine/events.ts';
import { ThreadNotifier } from '../src/notify/delivery/thread-notifier.ts';
import type { NotifySettings } from '../src/notify/settings/read-settings.ts';
import { systemTimers } from '../src/platform/timers.ts';
import { startGateway } from './bt.ts';
import type { Figure } from './figure.ts';
import { numberText } from './figure.ts';
import { inTurn, placing, WriteStamp } from './order-path.ts';
import { MORNING, startOrderPath } from './order-path-run.ts';
import { temporaryFolder } from './processes.ts';
import { spreadOf } from './stats.ts';

/** Of p99, what two measurements of the same thing differ by on a busy machine. */
const NOISE = 1.25;

/**
 * What messages cost an order: from an intent that is written down to its bytes at the socket, with two channels that are dead (one takes
 * what it is sent and never answers, at the other nobody listens), beside the same without messages; taken in turn, on one engine loop.
 */
export const figure: Figure = {
  async run() {
    const gateway = await startGateway(MORNING);
    const hole = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve) => hole.listen(0, '127.0.0.1', resolve));
    const [bareStamp, toldStamp] = [new WriteStamp(), new WriteStamp()];
    const events = new Events();
    const bare = await startOrderPath(gateway.settings, bareStamp.dial);
    const told = await startOrderPath(gateway.settings, toldStamp.dial, events);
    const notifier = deadChannels((hole.address() as AddressInfo).port);
    const options = { notifier, name: 'bench', isPaper: true, clock: told.clock, timers: systemTimers };
    const endTelling = tellRun({ events }, options);
    const [without = [], withDead = []] = await inTurn([
      await placing(bare, bareStamp),
      await placing(told, toldStamp),
    ]);
    endTelling();
    await notifier.close(0);
    for (const run of [bare, told]) await run.stop();
    hole.close();
    const [spread, floor] = [spreadOf(withDead), spreadOf(without)];
    const measured = spread.p99 / floor.p99;
    const text = `p99 ≤ ${NOISE} × without messages`;
    const target = { text, measured, is: 'at most', limit: NOISE, shown: `${numberText(measured)} ×` } as const;
    const what = 'intent to bytes on the socket, with two dead channels';
    return [{ what, unit: 'ms', shape: 'samples', spread, floor: { what: 'without messages', spread: floor }, target }];
  },
};

function deadChannels(silent: number): ThreadNotifier {
  const settings: NotifySettings = {
    quiet: null,
    format: 'text',
    digest: false,
    amounts: true,
    mentionAll: false,
    paper: true,
    proxy: null,
    font: null,
    channels: [
      { name: 'webhook', level: 'info', url: `http://127.0.0.1:${silent}/`, secret: null },
      { name: 'wecom', level: 'info', url: 'http://127.0.0.1:1', key: 'nobody' },
    ],
  };
  const outbox = join(temporaryFolder(), 'outbox.db');
  return new ThreadNotifier({ settings, outbox, source: 'bench', timers: systemTimers, log: () => undefined });
}
