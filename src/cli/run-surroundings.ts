import { join, resolve } from 'node:path';
import { BtError } from '../domain/errors.ts';
import { exchangeCalendar } from '../domain/market/calendar.ts';
import { chinaDay, chinaText } from '../domain/time.ts';
import { unlessEnded } from '../engine/run-end.ts';
import type { Clock } from '../platform/clock.ts';
import { createLog, nullLog, type Log } from '../platform/log.ts';
import { say, sayErr } from './say.ts';
import type { NotifySettings } from '../notify/settings/read-settings.ts';
import { wallNow } from '../platform/timers.ts';
import type { Provider } from '../venues/provider.ts';
import { LOG_FILE, rememberLog } from '../status/log-lines.ts';
import { openVenue, type Venue } from '../venues/registry.ts';
import { withFirstSteps } from './broker-name.ts';
import { EXIT } from './failure.ts';
import { openLiveMetrics, type LiveMetrics } from './metrics/live-metrics.ts';
import type { LiveMessagesOptions } from './notify/live-messages.ts';
import { listenForInterrupts, type Interrupts } from './signals.ts';
import { startEmbeddedStub } from './embedded-stub.ts';
import { listenForReports } from './day-report/service.ts';
import type { RunListener, RunView } from '../engine/run-view.ts';
import { followGateway, localClock, readGatewayClock } from './live-clock.ts';
import { untilInstant, type LivePlan } from './live-options.ts';
import type { openLivePage } from './live-page.ts';
import { openStateFolder, STUB_BOOK, type StateFolder } from './live-state.ts';
import type { LogLevels } from './log-options.ts';
import { packageVersion } from './package-info.ts';
import { openVenues } from './run-venues.ts';
import { screenColors } from './screen.ts';
import { inLanguage } from '../words/in-language.ts';

/** What a command that trades was asked for, read and checked before anything is opened. */
export interface RunRequest {
  readonly plan: LivePlan;
  /** Of the instance. */
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly levels: LogLevels;
}

/** What a run stands in: its clock, its log, the venue it trades on. */
export interface Surroundings {
  readonly venue: Venue;
  readonly providers: readonly Provider[];
  readonly clock: Clock;
  readonly startedAt: number;
  readonly until: number | null;
  readonly log: Log;
  readonly metrics: LiveMetrics;
  /** Lets a simulated clock run. */
  readonly begin: () => void;
}

/** Does the work in the folder of the run, which ends on signals of the system; the exit code is in `process.exitCode`. */
export async function runInState(
  request: RunRequest,
  work: (state: StateFolder, interrupts: Interrupts) => Promise<number>,
): Promise<void> {
  const interrupts = listenForInterrupts((why) => {
    sayErr('bt: left at once; what was open at the broker is still open there.\n');
    process.exit(why === 'pressed' ? EXIT.interrupted : EXIT.strategy);
  });
  const state = await openRunState(request);
  let exitCode: number | null = null;
  try {
    exitCode = await work(state, interrupts);
  } finally {
    interrupts.release();
    // A run that never began has nothing to keep; one that went wrong has.
    if (exitCode === null) state.abandon();
    else if (exitCode === EXIT.ok) state.discard();
    else say(`The state of this run is kept in ${state.path}\n`);
  }
  process.exitCode = exitCode;
}

/** The folder is named by whose orders the run's orders are: for a stub of our own, nobody else's. */
async function openRunState({ plan, name, env }: RunRequest): Promise<StateFolder> {
  const { broker, withStub, clock } = plan;
  const venue = withStub ? null : await namedVenue(broker, env);
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

/** Throws CONFIG_INVALID, with the first steps where no setting of a gateway is there. */
async function namedVenue(broker: string, env: RunRequest['env']): Promise<Venue> {
  try {
    return await openVenue(broker, { env, log: nullLog });
  } catch (error) {
    throw withFirstSteps(error, env);
  }
}

/** What a run says of itself: which bt runs it, and where its gateway is. */
export function identityOf(plan: LivePlan, venue: Venue): { readonly version: string; readonly endpoint: string } {
  return { version: packageVersion(), endpoint: plan.withStub ? 'stub' : venue.address };
}

/** Opens clock, log, stub and venue; all of it is closed with `opened`. */
export async function openSurroundings(
  state: StateFolder,
  { plan, env, levels, warnings }: RunRequest,
  stop: AbortSignal,
  opened: AsyncDisposableStack,
): Promise<Surroundings> {
  const book = plan.withStub && plan.stateFolder !== null ? join(state.path, STUB_BOOK) : null;
  const local = plan.clock.kind === 'gateway' ? null : await localClock(plan.clock, book);
  let clock = local?.clock ?? null;
  const now = (): number => clock?.now() ?? wallNow();
  opened.defer(() => clock?.stop());
  const logFile = plan.logFile === null ? join(state.path, LOG_FILE) : resolve(plan.logFile);
  rememberLog(state.path, logFile);
  const shown = { screen: true, say: inLanguage, colors: screenColors() };
  const log = createLog({ ...levels, ...shown, file: logFile, clock: now, source: 'bt' });
  opened.defer(() => {
    log.close();
  });
  for (const warning of warnings) log.warning(warning);
  if (plan.page !== null) await servePage(plan.page, { folder: state.path, env, log, opened });
  // Before anything of the market is touched.
  let until = local === null ? null : endOf(plan, local.startedAt);
  const stub =
    local === null || !plan.withStub ? null : await startEmbeddedStub({ ...local, ...stubParts(plan), book, log });
  opened.defer(() => stub?.stop());
  if (local !== null && local.note !== null) log.info(local.note);
  const variables = { ...env, ...stub?.settings };
  const { venue, providers } = await openVenues(plan, { env: variables, log }, opened);
  const metrics = await openLiveMetrics({ plan, broker: venue.broker, now, log, stateFolder: state.path }, opened);
  clock ??= await unlessEnded(stop, 'the gateway told its clock', gatewayClock(venue, log, opened));
  const startedAt = local?.startedAt ?? clock.now();
  until ??= endOf(plan, clock.now());
  return { venue, providers, clock, startedAt, until, log, metrics, begin: () => local?.begin() };
}

/** Loaded where it is wanted: the start of a run is in the benchmark. */
async function servePage(...parts: Parameters<typeof openLivePage>): Promise<void> {
  const { openLivePage: open } = await import('./live-page.ts');
  await open(...parts);
}

/** Writes the page of each day, where one is wanted. */
export function reportsOf(
  { dayReports: folder }: LivePlan,
  { path: stateFolder }: StateFolder,
  { clock, log }: Pick<Surroundings, 'clock' | 'log'>,
): (run: RunView) => RunListener {
  return listenForReports({ folder, stateFolder, clock, calendar: exchangeCalendar(), log });
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

/** Of a run's messages. */
export function messagesOf(
  { plan, name }: RunRequest,
  settings: NotifySettings | null,
  state: StateFolder,
  { clock, log }: Pick<Surroundings, 'clock' | 'log'>,
): LiveMessagesOptions {
  const isPaper = plan.withStub || plan.clock.kind === 'simulated';
  return { settings, name, isPaper, clock, log, stateFolder: state.path, calendar: exchangeCalendar() };
}

/** Which clock it is and where it stands. */
export function clockText(plan: LivePlan, clock: Clock): string {
  const now = chinaText(clock.now());
  if (plan.clock.kind === 'wall') return now;
  const speed = plan.clock.kind === 'simulated' && plan.clock.speed === 'max' ? 'at max speed' : `x${clock.speed}`;
  return `${clock.kind} clock ${now} ${speed}`;
}
