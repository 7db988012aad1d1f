import { runLive } from '../engine/live.ts';
import type { RunReport } from '../engine/report.ts';
import { loadEnv } from '../platform/env.ts';
import { readableFile } from './files.ts';
import { readLivePlan } from './live-options.ts';
import { instanceName } from './live-state.ts';
import { readLogLevels } from './log-options.ts';
import type { LiveMessages } from './notify/live-messages.ts';
import { notifySettings } from './notify/open-notifier.ts';
import { checkRecordFile } from './record-path.ts';
import { checkReportFile } from './report-file.ts';
import { Settings } from './settings.ts';
import { runTrading, tradingOptions, type TradingParts, type TradingRequest } from './trading-run.ts';

/** What the user asked for, read and checked before anything is opened. */
interface Request extends TradingRequest {
  readonly strategyFile: string;
}

/** Runs `bt live FILE`; the exit code is in `process.exitCode`. Throws BtError when the run cannot start. */
export async function runLiveCommand(file: string, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const request = await readRequest(file, flags);
  await runTrading(request, (parts, messages) => trade(request, parts, messages));
}

async function readRequest(file: string, flags: Readonly<Record<string, unknown>>): Promise<Request> {
  const envFile = flags['envFile'];
  const env = loadEnv({ envFile: typeof envFile === 'string' ? envFile : null });
  const settings = new Settings(env, flags);
  const plan = readLivePlan(settings);
  const strategyFile = readableFile('the strategy', file);
  if (plan.reportFile !== null) checkReportFile(plan.reportFile);
  if (plan.recordFile !== null) checkRecordFile(plan.recordFile);
  const name = instanceName(plan.name, strategyFile);
  const notify = await notifySettings(env);
  return { plan, strategyFile, name, env: env.all(), warnings: env.warnings, levels: readLogLevels(settings), notify };
}

function trade({ plan, strategyFile, name }: Request, parts: TradingParts, messages: LiveMessages): Promise<RunReport> {
  return runLive({
    ...tradingOptions(parts, messages, { ready: `${name} on`, told: `${name} runs on` }),
    strategyFile,
    recordFile: plan.recordFile,
    python: { asked: plan.python, manner: plan.manner },
    frequency: plan.frequency,
    fresh: plan.fresh,
    force: plan.force,
    message: messages.message,
  });
}
