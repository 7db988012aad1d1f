import { join } from 'node:path';
import { launch, ROOT, temporaryFolder } from './processes.ts';
import type { Running } from './processes.ts';

/** `bt` of this checkout. */
export const CHECKOUT = join(ROOT, 'src', 'bin', 'bt.js');

export interface Gateway {
  readonly running: Running;
  readonly port: number;
  /** The venue's settings that lead to it. */
  readonly settings: Readonly<Record<string, string>>;
}

/** `bt server` in a process of its own, without an access log, on a free port of this machine. */
export async function startGateway(flags: readonly string[]): Promise<Gateway> {
  const where = ['--listen', '127.0.0.1', '--port', '0', '--token', 'stub', '--no-access-log', '--log-level', 'error'];
  const running = launch([CHECKOUT, 'server', '--server-type', 'stub', ...where, ...flags], { cwd: temporaryFolder() });
  const { match } = await running.printed(/^READY \S+:(\d+) /mu);
  const port = Number(match[1]);
  const settings = { QMT_SERVER_HOST: '127.0.0.1', QMT_SERVER_PORT: String(port), QMT_SERVER_TOKEN: 'stub' };
  return { running, port, settings };
}

/**
 * `bt live` on that gateway, until it is READY. It works in `folder`, which keeps its state and its temporary files
 * (a cache of what Node has compiled would be one): a second start there is an everyday one.
 */
export async function startLive(
  bt: string,
  gateway: Gateway,
  folder: string,
  [strategy = '', ...flags]: readonly string[],
): Promise<{ readonly running: Running; readonly readyMs: number }> {
  const args = [bt, 'live', join(ROOT, strategy), '--broker', 'qmt-remote', ...flags];
  const env = { ...gateway.settings, TMPDIR: folder, TEMP: folder, EVENT_TIME_OUT: '3600' };
  const running = launch(args, { cwd: folder, env });
  const { afterMs } = await running.printed(/\bREADY /u);
  return { running, readyMs: afterMs };
}
