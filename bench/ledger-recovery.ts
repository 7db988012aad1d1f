import { join } from 'node:path';
import { startGateway, startLive } from './bt.ts';
import { writeDay } from './day-of-orders.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';
import { installedPackage } from './package-copy.ts';
import { ROOT, temporaryFolder } from './processes.ts';
import { percentile, spreadOf } from './stats.ts';

const ORDERS = 10_000;
const RUNS = 3;
const TARGET_S = 1;

/**
 * From the start of `bt live`, as installed, to its READY on a ledger of ten thousand orders of this day, each with its intent and its fill, against
 * a gateway that lists them all, after a kill; beside the same start on a day without orders.
 */
export const figure: Figure = {
  async run() {
    const bt = join(await installedPackage(), 'src', 'bin', 'bt.js');
    const full = await starter(bt, ORDERS);
    const empty = await starter(bt, 0);
    const times: number[] = [];
    const floor: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      floor.push(await empty());
      times.push(await full());
    }
    return [
      {
        what: `start to READY, ${ORDERS.toLocaleString('en-US')} orders of the day`,
        unit: 's',
        shape: 'runs',
        spread: spreadOf(times),
        floor: { what: 'the same, no orders', spread: spreadOf(floor) },
        target: atMost(TARGET_S, 's', 'median', percentile(times, 0.5)),
      },
    ];
  },
};

/** Starts on a day that has so many orders already, after one start that does not count. Wall seconds to READY. */
async function starter(bt: string, orders: number): Promise<() => Promise<number>> {
  const folder = temporaryFolder(join(ROOT, '.bt'));
  const places = { book: join(folder, 'book.json'), ledger: join(folder, 'state') };
  await writeDay(orders, places);
  const gateway = await startGateway(['--state', places.book]);
  const start = async (): Promise<number> => {
    const flags = ['strategies/demo.ts', '--clock', 'gateway', '--state', places.ledger];
    const { running, readyMs } = await startLive(bt, gateway, folder, flags);
    // As a crash would: the next start finds the write-ahead log as it was.
    running.child.kill('SIGKILL');
    const output = await running.output;
    if (/ALARM|filled:/u.test(output)) throw new Error(`the ledger and the gateway do not agree: ${output}`);
    return readyMs / 1000;
  };
  await start();
  return start;
}
