import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createLog } from '../src/platform/log.ts';
import { atMost } from './figure.ts';
import type { Figure } from './figure.ts';
import { delays, probe } from './loop-delay.ts';
import { ROOT, temporaryFolder } from './processes.ts';
import { idleEngine, runTask, startStrategy } from './strategy-process.ts';

const MAX_DELAY_MS = 10;
const WARM_UP_MS = 1_000;
const MEASURED_MS = 2_000;
const STRATEGY = `
import { log } from 'jqdata';
export function initialize() {}
export function flood() { for (let i = 0; i < 100_000; i += 1) log.info('line %d of a strategy that says too much', i); }`;

/** A strategy logs 100,000 lines in one call, to the screen and to a file: how the engine's loop fares meanwhile. */
export const figure: Figure = {
  async run() {
    let shown = 0;
    const log = createLog({
      level: 'info',
      screen: true,
      print: () => {
        shown += 1;
      },
      file: join(temporaryFolder(join(ROOT, '.bt')), 'bt.log'),
    });
    const engine = idleEngine({ log: (line) => log.write(line) });
    const runner = await startStrategy(STRATEGY, engine);
    await wait(WARM_UP_MS);
    const before = probe();
    await wait(MEASURED_MS);
    const idle = delays(before);
    const during = probe();
    await Promise.all([runTask(runner, 'flood'), wait(MEASURED_MS)]);
    const busy = delays(during);
    await runner.stop();
    log.close();
    if (shown === 0) throw new Error('no line of the strategy came');
    return [
      {
        what: "delay of the engine's loop, a strategy logs 100,000 lines",
        unit: 'ms',
        shape: 'samples',
        spread: busy,
        floor: { what: 'the same loop before', spread: idle },
        target: atMost(MAX_DELAY_MS, 'ms', 'p99', busy.p99),
      },
    ];
  },
};
