import { BtError } from '../domain/errors.ts';
import type { SignalSource } from '../domain/follow/signal.ts';
import { runFollow } from '../engine/follow/follow.ts';
import type { RunReport } from '../engine/report.ts';
import { readFollowConfig, type FollowConfig } from '../follow/config/index.ts';
import { HttpSource } from '../follow/http/index.ts';
import { RedisSource, type RedisLedger } from '../follow/redis/index.ts';
import { readMark } from '../ledger/instance-file.ts';
import { loadEnv, type Env } from '../platform/env.ts';
import { systemTimers } from '../platform/timers.ts';
import { readableFile } from './files.ts';
import { followFiles } from './follow-files.ts';
import { readLivePlan, type LivePlan } from './live-options.ts';
import { instanceName } from './live-state.ts';
import { readLogLevels } from './log-options.ts';
import type { LiveMessages } from './notify/live-messages.ts';
import { notifySettings } from './notify/open-notifier.ts';
import { checkReportFile } from './report-file.ts';
import { Settings } from './settings.ts';
import { runTrading, tradingOptions, type TradingParts, type TradingRequest } from './trading-run.ts';

interface Request extends TradingRequest {
  readonly config: FollowConfig;
}

/** Runs `bt follow CONFIG`; the exit code is in `process.exitCode`. Throws BtError when the run cannot start. */
export async function runFollowCommand(file: string | null, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const { import: imported, out } = flags;
  if (Array.isArray(imported)) {
    if (file !== null)
      throw refusal('--import follows nothing: leave the configuration out, and name what is written with --out.');
    const { runFollowImport } = await import('./follow-import.ts');
    return runFollowImport(imported.map(String), typeof out === 'string' ? out : 'follow.jsonc');
  }
  if (out !== undefined) throw refusal('--out is for --import.');
  if (file === null) throw refusal('bt follow needs a configuration: bt follow follow.jsonc.');
  const request = await readRequest(file, flags);
  await runTrading(request, (parts, messages) => follow(request, parts, messages));
}

async function readRequest(file: string, flags: Readonly<Record<string, unknown>>): Promise<Request> {
  const envFile = flags['envFile'];
  const env = loadEnv({ envFile: typeof envFile === 'string' ? envFile : null });
  const settings = new Settings(env, flags);
  const plan = readLivePlan(settings);
  // Signals come in real time: a clock that jumps over all waiting would be at its end before the first one.
  if (plan.clock.kind === 'simulated' && plan.clock.speed === 'max')
    throw refusal('--speed max skips all waiting, and signals are waited for: write a number.');
  const config = readFollowConfig(readableFile('the configuration', file), env);
  if (plan.reportFile !== null) checkReportFile(plan.reportFile);
  // STRATEGY_NAME is that of a strategy: a follower beside it is another instance.
  const name = instanceName(settings.text({ flag: '--name' }), config.file);
  const notify = await notifySettings(env);
  const warnings = [...env.warnings, ...config.warnings];
  const variables = { ...env.all(), ...accountSettings(config, plan, env) };
  return { plan, config, name, env: variables, warnings, levels: readLogLevels(settings), notify };
}

/** The account that the configuration names takes the place of the settings'. Nothing that names another one may stand beside it. */
function accountSettings({ account }: FollowConfig, { broker, withStub }: LivePlan, env: Env): Record<string, string> {
  if (account === null) return {};
  if (withStub)
    throw refusal(
      '"account" names one of a gateway, and the paper market of --with-stub has one of its own: take it out, or start bt server --accounts and leave --with-stub out.',
    );
  if (broker !== 'qmt-remote')
    throw refusal(`"account" is for --broker qmt-remote: with ${broker} the account stands in its settings.`);
  if (env.find('QMT_SERVER_SUB_ACCOUNT') !== null)
    throw refusal(
      'QMT_SERVER_SUB_ACCOUNT is set, and "account" names an account: whose sub-account it is cannot be told. Take one of them out.',
    );
  return { QMT_SERVER_ACCOUNT_KEY: account };
}

function follow({ config, name }: Request, parts: TradingParts, messages: LiveMessages): Promise<RunReport> {
  const { clock, log } = parts;
  return runFollow({
    ...tradingOptions(parts, messages, { ready: `${name} follows on`, told: `${name} follows on` }),
    strategies: config.strategies.map(({ rules }) => rules),
    sources: sourcesOf(config, parts),
    ...(config.files === null ? {} : { watch: followFiles(config.files, clock, log.child('files')) }),
  });
}

/** A sender's time is compared with the market's clock, as all there is in a run. */
function sourcesOf(
  { http, redis, strategies }: FollowConfig,
  { clock, log, state }: TradingParts,
): readonly SignalSource[] {
  const senders = strategies.map(({ sender }) => sender);
  const common = {
    senders,
    now: () => clock.now(),
    isSimulated: clock.kind === 'simulated',
    log: log.child('signals'),
    timers: systemTimers,
  };
  return [
    ...(http === null ? [] : [new HttpSource({ ...common, way: http })]),
    ...(redis === null ? [] : [new RedisSource({ ...common, way: redis, ledger: () => ledgerOf(state) })]),
  ];
}

/** Of the folder of the run, once it is open. */
function ledgerOf({ path, isKept }: TradingParts['state']): RedisLedger {
  return { id: readMark(path)?.id ?? path, isKept };
}

function refusal(message: string): BtError {
  return new BtError('BAD_CONFIG', message, { fault: 'config' });
}
