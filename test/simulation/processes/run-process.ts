import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorMessage } from '../../../src/domain/errors.ts';
import { delay, monotonic } from '../../../src/platform/timers.ts';
import { freePort } from '../../e2e/free-port.ts';
import { judgeProcesses } from './judge-processes.ts';
import { drawProcessPlan, type ProcessPlan } from './process-plan.ts';
import { Supervised } from './supervised.ts';

/** Wall ms in which the strategy must have come to rest. */
const LONGEST_RUN_MS = 90_000;
/** An order of unknown fate is an alarm after 10 s; what is placed is found much sooner. */
const QUIET_MS = 4_000;
const STRATEGY = join(import.meta.dirname, 'noisy-strategy.ts');

export interface ProcessResult {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly kills: number;
  readonly orders: number;
  /** Ledger, book, plan and logs; removed when nothing was violated. */
  readonly folder: string;
}

/** Real processes over TCP: a server and a strategy, killed as the seed says; then the server's book judges the ledger. */
export async function runProcess(seed: number): Promise<ProcessResult> {
  const plan = drawProcessPlan(seed);
  const folder = mkdtempSync(join(tmpdir(), `bt-simulate-${seed}-`));
  writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan, null, 2));
  const port = await freePort();
  const server = serverOf(plan, folder, port);
  const engine = engineOf(folder, port);
  let violations: readonly string[] = [];
  let orders = 0;
  try {
    await server.up();
    await engine.up();
    await killAll(plan, { engine, server });
    await endQuietly(engine);
    const judged = await judgeProcesses(port, folder, readLog(folder));
    violations = judged.violations;
    orders = judged.orders;
  } catch (error) {
    violations = [`the run broke: ${errorMessage(error)}`];
  } finally {
    await Promise.all([engine.kill(), server.kill()]);
  }
  if (violations.length === 0) rmSync(folder, { recursive: true, force: true });
  return { seed, violations, kills: plan.kills.length, orders, folder };
}

function serverOf(plan: ProcessPlan, folder: string, port: number): Supervised {
  const clock = ['--at', '2026-07-06 09:34:50', '--speed', '30', '--seed', String(plan.marketSeed)];
  const place = [
    '--listen',
    '127.0.0.1',
    '--port',
    String(port),
    '--token',
    'stub',
    '--state',
    join(folder, 'book.json'),
  ];
  return new Supervised({
    args: ['server', '--server-type', 'stub', ...place, ...clock, '--no-access-log'],
    cwd: folder,
    logFile: join(folder, 'server.log'),
    ready: /^READY/mu,
  });
}

function engineOf(folder: string, port: number): Supervised {
  return new Supervised({
    args: ['live', STRATEGY, '--broker', 'qmt-remote', '--clock', 'gateway', '--state', join(folder, 'state')],
    cwd: folder,
    env: { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(port), QMT_SERVER_TOKEN: 'stub' },
    logFile: join(folder, 'engine.log'),
    ready: /READY/u,
  });
}

async function killAll(plan: ProcessPlan, who: Record<'engine' | 'server', Supervised>): Promise<void> {
  const begun = monotonic();
  await Promise.all(
    plan.kills.map(async ({ who: name, at, downMs }) => {
      await delay(begun + at - monotonic());
      await who[name].killFor(downMs);
    }),
  );
}

/**
 * Ends the run once the strategy only watches and what was under way has had its time. An engine that died at its start
 * (no server yet) is started again, as a service would be.
 */
async function endQuietly(engine: Supervised): Promise<void> {
  const deadline = monotonic() + LONGEST_RUN_MS;
  while (monotonic() < deadline) {
    const over = new AbortController();
    const waiting = delay(deadline - monotonic(), over.signal);
    const quiet = await Promise.race([engine.output(/QUIET/u), waiting]).catch(() => null);
    over.abort();
    if (quiet === undefined) break;
    if (quiet !== null) {
      await delay(QUIET_MS);
      await engine.interrupt();
      return;
    }
    await engine.kill();
    await delay(300);
    engine.launch();
  }
  throw new Error('the engine did not come to rest');
}

function readLog(folder: string): string {
  return readFileSync(join(folder, 'engine.log'), 'utf8');
}
