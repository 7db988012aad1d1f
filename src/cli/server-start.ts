import { existsSync } from 'node:fs';
import { BtError } from '../domain/errors.ts';
import { chinaText } from '../domain/time.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { randomWord } from '../platform/ids.ts';
import { unit } from '../platform/random.ts';
import { startGatewayServer, startServer } from '../server/index.ts';
import type { RunningServer } from '../server/index.ts';
import type { FaultPlan } from './server-faults.ts';
import type { ServerPlan } from './server-options.ts';

/** The server of a plan: in front of QMT, or with a market of its own. */
export async function openServer(
  plan: ServerPlan,
  faults: FaultPlan | null,
  clock: Clock,
  log: Log,
): Promise<RunningServer> {
  const options = { ...plan.options, clock };
  if (plan.qmt === null) return startServer({ ...options, faults: faults === null ? null : { plan: faults } }, log);
  checkDesk(plan, plan.qmt.dataPath);
  const { qmtBackend } = await import('../server/adapters/qmt/index.ts');
  return startGatewayServer(options, qmtBackend(plan.qmt, { clock, log, random: () => unit(randomWord()) }), log);
}

/** What only the person at the desk knows is not guessed. Throws BtError BAD_TOKEN, BAD_ACCOUNTS or BAD_CONFIG. */
function checkDesk({ hasToken, options }: ServerPlan, dataPath: string): void {
  const { accounts = [], sides } = options;
  if (!hasToken)
    throw new BtError(
      'BAD_TOKEN',
      'A server in front of real money needs a token of its own: give --token (or QMT_SERVER_TOKEN).',
      {
        fault: 'config',
      },
    );
  if (accounts.length === 0 && sides?.broker !== false)
    throw new BtError(
      'BAD_ACCOUNTS',
      '--server-type qmt needs the accounts that it is for: give --accounts main=123456:stock (or QMT_SERVER_ACCOUNTS), or --disable-broker for market data alone.',
      { fault: 'config' },
    );
  const folders = [dataPath, ...accounts.flatMap(({ path }) => path ?? [])];
  const missing = folders.find((folder) => !existsSync(folder));
  if (missing !== undefined)
    throw new BtError(
      'BAD_CONFIG',
      `The terminal's folder ${missing} is not there: write the whole path of its userdata_mini, in quotes on a command line where it has spaces.`,
      { fault: 'config' },
    );
}

/** What the server stands in front of, for its one line. */
export function behindText({ qmt, simulated, options }: ServerPlan): string {
  if (qmt !== null) return `qmt ${qmt.dataPath}`;
  return simulated ? 'SIMULATED qmt (the paper market, no QMT)' : `stub ${options.market} market`;
}

/** The market clock, for the same line. */
export function clockText(clock: Clock): string {
  return clock.kind === 'wall' ? 'wall' : `${chinaText(clock.now())} x${clock.speed}`;
}
