import { join } from 'node:path';
import { exchangeCalendar } from '../domain/market/calendar.ts';
import { BtError } from '../domain/errors.ts';
import { chinaDay, chinaText } from '../domain/time.ts';
import { runLive } from '../engine/live.ts';
import { unlessEnded } from '../engine/run-end.ts';
import type { RunReport } from '../engine/report.ts';
import type { Clock } from '../platform/clock.ts';
import { loadEnv } from '../platform/env.ts';
import { createLog, nullLog } from '../platform/log.ts';
import type { Log } from '../platform/log.ts';
import { writeErr, writeOut } from '../platform/terminal.ts';
import type { NotifySettings } from '../notify/settings/read-settings.ts';
import { systemTimers, wallNow } from '../platform/timers.ts';
import type { Provider } from '../venues/provider.ts';
import { openVenue, VENUES } from '../venues/registry.ts';
import type { Venue } from '../venues/registry.ts';
import { startEmbeddedStub } from './embedded-stub.ts';
import { EXIT, failureText, isDebug } from './failure.ts';
import { readableFile } from './files.ts';
import { checkRecordFile } from './record-path.ts';
import { followGateway, localClock, readGatewayClock } from './live-clock.ts';
import { readLivePlan, untilInstant } from './live-options.ts';
import type { LivePlan } from './live-options.ts';
import { instanceName, openStateFolder, STUB_BOOK } from './live-state.ts';
import type { StateFolder } from './live-state.ts';
import { readLogLevels } from './log-options.ts';
import { withMessages, type LiveMessages, type LiveMessagesOptions } from './notify/live-messages.ts';
import { notifySettings } from './notify/open-notifier.ts';
import type { LogLevels } from './log-options.ts';
import { checkReportFile, writeReport } from './report-file.ts';
import { openVenues } from './run-venues.ts';
import { screenColors } from './screen.ts';
import { Settings } from './settings.ts';
import { listenForInterrupts, type Interrupts } from './signals.ts';

type Variables = Readonly<Record<string, string>>;

/** What the user asked for, read and checked before anything is opened. */
interface Request {
  readonly plan: LivePlan;
  readonly strategyFile: string;
  readonly name: string;
  readonly env: Variables;
  readonly warnings: readonly string[];
  readonly levels: LogLevels;
  /** Null = nobody is to be told. */
  readonly notify: NotifySettings | null;
}

/** Runs `bt live FILE`; the exit code is in `process.exitCode`. Throws BtError when the run cannot start. */
export async function runLiveCommand(file: string, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const request = await readRequest(file, flags);
  const interrupts = listenForInterrupts((why) => {
    writeErr('bt: left at once; what was open at the broker is still open there.\n');
    process.exit(why === 'pressed' ? EXIT.interrupted : EXIT.strategy);
  });
  const state = await openState(request);
  let exitCode: number | null = null;
  try {
    exitCode = await runIn(state, request, interrupts);
  } finally {
    interrupts.release();
    // A run that never began has nothing to keep; one that went wrong has.
    if (exitCode === null) state.abandon();
    else if (exitCode === EXIT.ok) state.discard();
    else writeOut(`The state of this run is kept in ${state.path}\n`);
  }
  process.exitCode = exitCode;
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

/** The folder is named by whose orders the run's orders are: for a stub of our own, nobody else's. */
async function openState({ plan, name, env }: Request): Promise<StateFolder> {
  const { broker, withStub, clock } = plan;
  const venue = withStub ? null : await openVenue(broker, { env, log: nullLog });
  const identity = {
    name,
    broker,
    endpoint: venue?.address ?? 'stub',
    account: venue?.account ?? null,
    subAccount: venue?.subAccount ?? null,
    clock: clock.kind,
  };
  // A ledger must not outlive the market it speaks of, nor carry simulated days into a real one.
  const temporary = withStub || clock.kind === 'simulated';
  return openStateFolder(identity, { explicit: plan.stateFolder, root: plan.runtimeDir, temporary });
}

/** Opens clock, log, stub and venue, runs, and closes them in reverse whatever happens. Gives the exit code. */
async function runIn(state: StateFolder, request: Request, interrupts: Interrupts): Promise<number> {
  const stop = interrupts.signal;
  const { plan, env, levels, warnings } = request;
  await using opened = new AsyncDisposableStack();
  const book = plan.withStub && plan.stateFolder !== null ? join(state.path, STUB_BOOK) : null;
  const local = plan.clock.kind === 'gateway' ? null : await localClock(plan.clock, book);
  let clock = local?.clock ?? null;
  opened.defer(() => clock?.stop());
  const log = createLog({
    ...levels,
    screen: true,
    file: plan.logFile ?? join(state.path, 'bt.log'),
    clock: () => clock?.now() ?? wallNow(),
    source: 'bt',
    colors: screenColors(),
  });
  opened.defer(() => {
    log.close();
  });
  for (const warning of warnings) log.warning(warning);
  // Before anything of the market is touched.
  let until = local === null ? null : endOf(plan, local.startedAt);
  const stub =
    local === null || !plan.withStub ? null : await startEmbeddedStub({ ...local, ...stubParts(plan), book, log });
  opened.defer(() => stub?.stop());
  if (local !== null && local.note !== null) log.info(local.note);
  const variables = { ...env, ...stub?.settings };
  const { venue, providers } = await openVenues(plan, { env: variables, log }, opened);
  clock ??= await unlessEnded(stop, 'the gateway told its clock', gatewayClock(venue, log, opened));
  const startedAt = local?.startedAt ?? clock.now();
  until ??= endOf(plan, clock.now());
  const begin = (): void => local?.begin();
  const parts = { state, request, venue, providers, clock, startedAt, until, log, interrupts, begin };
  const report = await withMessages(messagesOf(parts), (messages) => trade(parts, messages));
  return await showEnd(report, plan);
}

function stubParts({ seed, broker }: LivePlan): { readonly seed: number; readonly http: boolean } {
  return { seed, http: broker === 'qmt-http' };
}

/** When the run is to end. A simulated day that no calendar knows would never come to it. Throws BAD_CONFIG. */
function endOf(plan: LivePlan, now: number): number | null {
  const until = untilInstant(plan.until, now);
  const { expires } = exchangeCalendar();
  if (until === null || plan.clock.kind !== 'simulated' || chinaDay(until) <= expires) return until;
  throw new BtError(
    'BAD_CONFIG',
    `--until ${chinaText(until)} is after ${expires}, where the trading calendar ends: write an earlier one.`,
    {
      fault: 'config',
    },
  );
}

async function gatewayClock(venue: Venue, log: Log, opened: AsyncDisposableStack): Promise<Clock> {
  const clock = await readGatewayClock(venue.broker);
  opened.defer(followGateway(clock, venue.broker, log));
  return clock;
}

interface Parts {
  readonly state: StateFolder;
  readonly request: Request;
  readonly venue: Venue;
  readonly providers: readonly Provider[];
  readonly clock: Clock;
  readonly startedAt: number;
  readonly until: number | null;
  readonly log: Log;
  readonly interrupts: Interrupts;
  /** Lets a simulated clock run. */
  readonly begin: () => void;
}

function messagesOf({ request, state, clock, log }: Parts): LiveMessagesOptions {
  const { notify: settings, plan, name } = request;
  const isPaper = plan.withStub || plan.clock.kind === 'simulated';
  return { settings, name, isPaper, clock, log, stateFolder: state.path, calendar: exchangeCalendar() };
}

function trade(parts: Parts, { listen, message, started }: LiveMessages): Promise<RunReport> {
  const { state, request, venue, providers, clock, startedAt, until, log, interrupts, begin } = parts;
  const { plan, strategyFile, name } = request;
  const where = plan.withStub ? 'a paper market of its own' : venue.address;
  return runLive({
    strategyFile,
    name,
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
    allowRealOrders: plan.allowRealOrders,
    positions: plan.positions,
    python: { asked: plan.python, manner: plan.manner },
    frequency: plan.frequency,
    fresh: plan.fresh,
    force: plan.force,
    limits: plan.limits,
    risk: plan.risk,
    log,
    listen,
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

function clockText(plan: LivePlan, clock: Clock): string {
  const now = chinaText(clock.now());
  if (plan.clock.kind === 'wall') return now;
  const speed = plan.clock.kind === 'simulated' && plan.clock.speed === 'max' ? 'at max speed' : `x${clock.speed}`;
  return `${clock.kind} clock ${now} ${speed}`;
}

/** The report first: a table that cannot be drawn must not cost it. Nor must a report that cannot be written cost the table. */
async function showEnd(report: RunReport, plan: LivePlan): Promise<number> {
  let failure: unknown = null;
  try {
    if (plan.reportFile !== null) writeReport(plan.reportFile, report);
  } catch (error) {
    failure = error;
  }
  const { closingTable } = await import('./closing-table.ts');
  writeOut(`${closingTable(report, screenColors())}\n`);
  if (failure === null) return report.exitCode;
  writeErr(`${failureText(failure, isDebug())}\n`);
  return report.exitCode === EXIT.ok ? EXIT.failed : report.exitCode;
}
