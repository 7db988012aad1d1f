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
  if (!plan.hasToken)
    throw new BtError('BAD_TOKEN', 'A server in front of real money needs a token of its own: give --token.', {
      fault: 'config',
    });
  const { qmtBackend } = await import('../server/adapters/qmt/index.ts');
  return startGatewayServer(options, qmtBackend(plan.qmt, { clock, log, random: () => unit(randomWord()) }), log);
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
