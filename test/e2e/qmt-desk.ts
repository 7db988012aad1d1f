import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chinaInstant } from '../../src/domain/time.ts';
import type { PaperExchange } from '../../src/exchange/types.ts';
import { SimulatedClock } from '../../src/platform/simulated-clock.ts';
import { wallNow } from '../../src/platform/timers.ts';
import { PaperCounter } from '../fake-xtquant/paper-counter.ts';
import { FAKE_SDK, MAIN, paperMarket, PYTHON } from '../fake-xtquant/qmt-world.ts';
import { FakeTerminal } from '../fake-xtquant/terminal.ts';
import { BT, start } from './cli-process.ts';
import type { Running } from './cli-process.ts';
import { freePort } from './free-port.ts';
import { HeldTime } from './held-time.ts';

const FAST_DATE = pathToFileURL(join(import.meta.dirname, 'fast-date.ts')).href;
export const ACCOUNT = ['--accounts', 'main=123456:stock'] as const;
export const TOKEN = 'a-token-of-mine';

/** A desk on a trading day: a terminal that outlives every server, and programs that all live in its time. */
export interface Desk {
  readonly exchange: PaperExchange;
  readonly terminal: FakeTerminal;
  readonly dataPath: string;
  /** What a program needs to live on that day, and to find the SDK's stand-in and the server. */
  readonly env: Readonly<Record<string, string>>;
  /** `bt server --server-type qmt` on the port of the desk, always the same; `http`: of its READY line. */
  readonly serve: (...more: readonly string[]) => Promise<{ readonly server: Running; readonly http: number | null }>;
  /** A program of the command line. */
  readonly run: (args: readonly string[]) => Running;
  /** While the work is done no time passes on that day: how busy the machine is must not decide what the market does. */
  readonly standingStill: <T>(work: () => Promise<T>) => Promise<T>;
  close(): Promise<void>;
}

/** `at`: time of Shanghai on 2026-07-06; `speed`: market seconds a second. Everything is in `folder`. */
export async function openDesk(
  folder: string,
  { at, speed, env: more = {} }: { readonly at: string; readonly speed: number; readonly env?: Record<string, string> },
): Promise<Desk> {
  const [begin, from] = [chinaInstant('2026-07-06', at), wallNow()];
  const held = new HeldTime(join(folder, 'held-time'));
  const clock = new SimulatedClock({ start: begin, speed, anchor: from, timers: held.timers });
  const exchange = paperMarket(clock, [MAIN], 1);
  const terminal = await FakeTerminal.start(new PaperCounter(exchange, () => clock.now()));
  const dataPath = join(folder, '国金QMT交易端 1', 'userdata_mini');
  mkdirSync(dataPath, { recursive: true });
  const env = {
    NODE_OPTIONS: `--import=${FAST_DATE}`,
    FAST_DATE_START: String(begin),
    FAST_DATE_FROM: String(from),
    FAST_DATE_SPEED: String(speed),
    FAST_DATE_HELD: held.file,
    FAKE_XTQUANT: terminal.address,
    BT_PYTHON: PYTHON ?? '',
    PYTHONDONTWRITEBYTECODE: '1',
    QMT_SERVER_HOST: '127.0.0.1',
    QMT_SERVER_PORT: String(await freePort()),
    QMT_SERVER_TOKEN: TOKEN,
    ...more,
  };
  const running: Running[] = [];
  const run = (args: readonly string[]): Running => {
    const one = start(BT, args, { cwd: folder, env });
    running.push(one);
    return one;
  };
  const serve: Desk['serve'] = async (...options) => {
    const place = ['--data-path', dataPath, '--xtquant', FAKE_SDK, ...ACCOUNT];
    const server = run(['server', '--server-type', 'qmt', ...place, ...options]);
    const [, http] = await server.output(/^READY .* qmt .*?(?:, HTTP 127\.0\.0\.1:(\d+))?$/mu);
    return { server, http: http === undefined ? null : Number(http) };
  };
  const close = async (): Promise<void> => {
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.map(({ finished }) => finished));
    await terminal.close();
    clock.stop();
    held.close();
  };
  return { exchange, terminal, dataPath, env, serve, run, standingStill: (work) => held.during(work), close };
}

/** Ends the process at once, where it has not ended by itself. */
export function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is between two lives.
  }
}
