import { join } from 'node:path';
import { CHECKOUT, startGateway, startLive } from './bt.ts';
import type { Gateway } from './bt.ts';
import { atMost } from './figure.ts';
import type { Figure, Floor, Row } from './figure.ts';
import { installedPackage } from './package-copy.ts';
import { launch, ROOT, temporaryFolder } from './processes.ts';
import { percentile, spreadOf } from './stats.ts';

const RUNS = 7;
const FIRST_RUNS = 3;
const TARGET_MS = 500;
const NOTHING = join(ROOT, 'bench', 'peers', 'imports-nothing.mjs');

/**
 * From the start of `bt live strategies/demo.ts --broker qmt-remote` to its READY, against a gateway that runs: the installed
 * package, the first time (nothing compiled, strategy not built) and every other time; and a checkout. Beside Node itself.
 */
export const figure: Figure = {
  async run() {
    const gateway = await startGateway([]);
    const installed = join(await installedPackage(), 'src', 'bin', 'bt.js');
    const first: number[] = [];
    for (let run = 0; run < FIRST_RUNS; run += 1) first.push(await starter(installed, gateway)());
    const startInstalled = starter(installed, gateway);
    const startCheckout = starter(CHECKOUT, gateway);
    const times = await inTurn(RUNS, [startInstalled, startCheckout, () => node(['-e', '0']), () => node([NOTHING])]);
    const [again = [], checkout = [], bare = [], empty = []] = times;
    return [
      row('process start to READY', again, { what: 'node -e 0', spread: spreadOf(bare) }),
      row('the same, first start ever', first, null),
      row('the same, from a checkout', checkout, {
        what: 'node of a file that imports nothing',
        spread: spreadOf(empty),
      }),
    ];
  },
};

function row(what: string, times: readonly number[], floor: Floor | null): Row {
  return {
    what,
    unit: 'ms',
    shape: 'runs',
    spread: spreadOf(times),
    floor,
    target: atMost(TARGET_MS, 'ms', 'median', percentile(times, 0.5)),
  };
}

/** Wall ms of each, taken in turn after one start of each that does not count. */
async function inTurn(runs: number, starts: readonly (() => Promise<number>)[]): Promise<number[][]> {
  for (const start of starts) await start();
  const times = starts.map((): number[] => []);
  for (let run = 0; run < runs; run += 1) {
    for (const [index, start] of starts.entries()) times[index]?.push(await start());
  }
  return times;
}

/** Starts with state and caches of its own, which the first start fills; each run ends cleanly. Wall ms to READY. */
function starter(bt: string, gateway: Gateway): () => Promise<number> {
  const folder = temporaryFolder();
  return async () => {
    const { running, readyMs } = await startLive(bt, gateway, folder, ['strategies/demo.ts']);
    await running.stop();
    return readyMs;
  };
}

function node(args: readonly string[]): Promise<number> {
  return launch(args, { cwd: ROOT }).ended;
}
