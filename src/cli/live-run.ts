import { exchangeCalendar } from '../domain/market/calendar.ts';
import { runLive } from '../engine/live.ts';
import { listenAll } from '../engine/run-view.ts';
import type { RunReport } from '../engine/report.ts';
import type { NotifySettings } from '../notify/settings/read-settings.ts';
import { loadEnv } from '../platform/env.ts';
import { systemTimers } from '../platform/timers.ts';
import { VENUES } from '../venues/registry.ts';
import { readableFile } from './files.ts';
import { readLivePlan } from './live-options.ts';
import { instanceName, type StateFolder } from './live-state.ts';
import { readLogLevels } from './log-options.ts';
import { withMessages, type LiveMessages } from './notify/live-messages.ts';
import { notifySettings } from './notify/open-notifier.ts';
import { checkRecordFile } from './record-path.ts';
import { checkReportFile } from './report-file.ts';
import {
  clockText,
  identityOf,
  messagesOf,
  openSurroundings,
  reportsOf,
  runInState,
  type RunRequest,
  type Surroundings,
} from './run-surroundings.ts';
import { Settings } from './settings.ts';
import { showEnd } from './show-end.ts';
import type { Interrupts } from './signals.ts';

/** What the user asked for, read and checked before anything is opened. */
interface Request extends RunRequest {
  readonly strategyFile: string;
  /** Null = nobody is to be told. */
  readonly notify: NotifySettings | null;
}

/** Runs `bt live FILE`; the exit code is in `process.exitCode`. Throws BtError when the run cannot start. */
export async function runLiveCommand(file: string, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const request = await readRequest(file, flags);
  await runInState(request, (state, interrupts) => runIn(state, request, interrupts));
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

/** Opens clock, log, stub and venue, runs, and closes them in reverse whatever happens. Gives the exit code. */
async function runIn(state: StateFolder, request: Request, interrupts: Interrupts): Promise<number> {
  await using opened = new AsyncDisposableStack();
  const around = await openSurroundings(state, request, interrupts.signal, opened);
  const parts = { state, request, interrupts, ...around };
  const report = await withMessages(messagesOf(request, request.notify, state, around), (messages) =>
    trade(parts, messages),
  );
  return await showEnd(report, request.plan);
}

interface Parts extends Surroundings {
  readonly state: StateFolder;
  readonly request: Request;
  readonly interrupts: Interrupts;
}

function trade(parts: Parts, { listen, message, started }: LiveMessages): Promise<RunReport> {
  const { state, request, venue, providers, clock, startedAt, until, log, interrupts, begin, metrics } = parts;
  const { plan, strategyFile, name } = request;
  const where = plan.withStub ? 'a paper market of its own' : venue.address;
  return runLive({
    strategyFile,
    name,
    ...identityOf(plan, venue),
    broker: venue.broker,
    providers,
    knownSources: VENUES,
    clock,
    startedAt,
    timers: systemTimers,
    calendar: exchangeCalendar(),
    stateFolder: state.path,
    recordFile: plan.recordFile,
    until,
    real: plan.real,
    positions: plan.positions,
    python: { asked: plan.python, manner: plan.manner },
    frequency: plan.frequency,
    fresh: plan.fresh,
    force: plan.force,
    limits: plan.limits,
    risk: plan.risk,
    log,
    listen: listenAll([listen, metrics.listen, reportsOf(plan, state, parts)]),
    meter: metrics.meter,
    message,
    stop: interrupts.signal,
    endNow: interrupts.endNow,
    onReady: ({ dryRun }) => {
      begin();
      const rehearses = dryRun ? ', DRY RUN: no order is sent' : '';
      log.info(`READY ${name} on ${venue.name} (${where}), ${clockText(plan, clock)}${rehearses}`);
      started(`${name} runs on ${venue.name}, ${clockText(plan, clock)}${rehearses}`);
    },
  });
}
