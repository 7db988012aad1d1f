import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CHECKOUT } from './bt.ts';
import { openClient } from './bridge-clients.ts';
import { launch, ROOT, temporaryFolder } from './processes.ts';
import type { Running } from './processes.ts';

/** Where the stand-in of the SDK lies. */
export const SDK = join(ROOT, 'test', 'fake-xtquant');
/** Securities that a session may subscribe to. */
export const SYMBOLS = 1000;
/** One call of the trading side. */
export const STATUS = { action: 'broker.order_status', payload: { order_id: '1073741825' } } as const;

/** A gateway in front of QMT. */
export interface Qmt {
  readonly running: Running;
  readonly port: number;
}

/** `bt server` in front of the stand-in. `terminal`: what tells the stand-in where its answers come from; `flags`: of Node. */
export async function startQmt(
  python: string,
  terminal: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Qmt> {
  const folder = temporaryFolder();
  const where = ['--listen', '127.0.0.1', '--port', '0', '--token', 'stub', '--no-access-log', '--log-level', 'error'];
  const limits = ['--max-connections', '300', '--max-subscriptions', String(SYMBOLS)];
  const sdk = ['--python', python, '--xtquant', SDK, '--data-path', folder];
  const args = [CHECKOUT, 'server', '--server-type', 'qmt', '--accounts', 'main=123456:stock'];
  const env = { ...terminal, PYTHONDONTWRITEBYTECODE: '1', RUNTIME_DIR: folder };
  const running = launch([...flags, ...args, ...where, ...limits, ...sdk], { cwd: folder, env });
  const { match } = await running.printed(/^READY \S+:(\d+) /mu);
  const port = Number(match[1]);
  await connected(port);
  return { running, port };
}

/** Until the trading side answers. */
async function connected(port: number): Promise<void> {
  const client = await openClient(port, 'stub');
  for (;;) {
    const answer = await client.ask(STATUS.action, STATUS.payload);
    if (answer['type'] === 'response') break;
    await wait(50);
  }
  client.close();
}
