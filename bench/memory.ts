import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startGateway, startLive } from './bt.ts';
import type { Gateway } from './bt.ts';
import { atMost } from './figure.ts';
import type { Figure, Row, Skipped } from './figure.ts';
import { installedPackage } from './package-copy.ts';
import { launch, residentMbOf, ROOT, temporaryFolder } from './processes.ts';
import type { Running } from './processes.ts';
import { spreadOf } from './stats.ts';

const RUNS = 2;
const TARGET_MB = 180;
/** Market seconds a second: an hour takes 30 s. */
const SPEED = 120;
const HOUR_MS = 3_600_000 / SPEED;
const CLOCK = ['--at', '2026-07-06 09:31:00', '--speed', String(SPEED)];
const STRATEGY = 'strategies/minute-average.ts';
const SETTLE_MS = 500;
/** Waiting for it fails when the program ends. */
const NEVER = /(?!)/u;
const IDLE_THREAD = `new (require('node:worker_threads').Worker)('setInterval(() => {}, 1000)', { eval: true }).on('online', () => console.log('READY'))`;

/**
 * Resident memory of `bt live` and its strategy's process, with one strategy that reads bars each minute: when it is READY, and after an hour of the market;
 * beside Node with one thread that does nothing. The first start holds what it built the strategy with.
 */
export const figure: Figure = {
  async run() {
    const what = `resident memory, ${STRATEGY}`;
    if (!existsSync('/proc/self/status')) return [skipped(what)];
    const bare = await bareNode();
    const gateway = await startGateway(CLOCK);
    const bt = join(await installedPackage(), 'src', 'bin', 'bt.js');
    const first = await startAll(bt, gateway, folders());
    const built = folders();
    for (const running of await startAll(bt, gateway, built)) await running.stop();
    const again = await startAll(bt, gateway, built);
    await wait(SETTLE_MS);
    const ready = again.map(residentMb);
    await Promise.race([wait(HOUR_MS), ...[...first, ...again].map((running) => running.printed(NEVER))]);
    const rows = [
      row(`${what}, when READY`, ready, bare),
      row('the same after an hour of the market', again.map(residentMb), bare),
      row('the same, first start ever', first.map(residentMb), bare),
    ];
    await Promise.all([...first, ...again, gateway.running].map((running) => running.stop()));
    return rows;
  },
};

function folders(): string[] {
  return Array.from({ length: RUNS }, () => temporaryFolder());
}

/** One after another, so that none is READY late. */
async function startAll(bt: string, gateway: Gateway, places: readonly string[]): Promise<Running[]> {
  const started: Running[] = [];
  for (const folder of places) {
    const { running } = await startLive(bt, gateway, folder, [STRATEGY, '--clock', 'gateway']);
    started.push(running);
  }
  return started;
}

function skipped(what: string): Skipped {
  return { what, skipped: `${process.platform} has no /proc to read it from` };
}

function row(what: string, ours: readonly number[], bare: readonly number[]): Row {
  const spread = spreadOf(ours);
  return {
    what,
    unit: 'MB',
    shape: 'runs',
    spread,
    floor: { what: 'node with an idle thread', spread: spreadOf(bare) },
    target: atMost(TARGET_MB, 'MB', 'max', spread.max),
  };
}

async function bareNode(): Promise<number[]> {
  const readings: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const running = launch(['-e', IDLE_THREAD], { cwd: ROOT });
    await running.printed(/READY/u);
    await wait(SETTLE_MS);
    readings.push(residentMb(running));
    await running.stop();
  }
  return readings;
}

/** Of the program and the processes it has started, pages that they share counted for each. */
function residentMb({ child }: Running): number {
  const pid = child.pid ?? 0;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  const all = [pid, ...children.filter((one) => one !== '').map(Number)];
  return all.reduce((sum, one) => sum + (residentMbOf(one) ?? Number.NaN), 0);
}
