import { join } from 'node:path';
import { startGateway, startLive } from './bt.ts';
import { atMost } from './figure.ts';
import type { Figure, Row } from './figure.ts';
import { installedPackage } from './package-copy.ts';
import { launch, temporaryFolder } from './processes.ts';
import { percentile, spreadOf } from './stats.ts';

const RUNS = 15;
const TARGET_MS = 300;

/** Wall ms of `bt status` from the installed package: of an instance that runs, and of one that does not. Beside Node itself. */
export const figure: Figure = {
  async run() {
    const gateway = await startGateway([]);
    const bt = join(await installedPackage(), 'src', 'bin', 'bt.js');
    const folder = temporaryFolder();
    const { running } = await startLive(bt, gateway, folder, ['strategies/demo.ts']);
    const env = { TMPDIR: folder, TEMP: folder };
    const status = (): Promise<number> => launch([bt, 'status'], { cwd: folder, env }).ended;
    const bare = await times(() => launch(['-e', '0'], { cwd: folder }).ended);
    const live = await times(status);
    await running.stop();
    const resting = await times(status);
    return [row('bt status of a run', live, bare), row('bt status of an instance that rests', resting, bare)];
  },
};

/** After one that does not count. */
async function times(work: () => Promise<number>): Promise<number[]> {
  await work();
  const made: number[] = [];
  for (let run = 0; run < RUNS; run += 1) made.push(await work());
  return made;
}

function row(what: string, of: readonly number[], bare: readonly number[]): Row {
  return {
    what,
    unit: 'ms',
    shape: 'runs',
    spread: spreadOf(of),
    floor: { what: 'node -e 0', spread: spreadOf(bare) },
    target: atMost(TARGET_MS, 'ms', 'median', percentile(of, 0.5)),
  };
}
