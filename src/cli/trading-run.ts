import { keepOwnName } from '../platform/own-names.ts';
import { exchangeCalendar } from '../domain/market/calendar.ts';
import type { RunReport } from '../engine/report.ts';
import { listenAll } from '../engine/run-view.ts';
import type { NotifySettings } from '../notify/settings/read-settings.ts';
import { systemTimers } from '../platform/timers.ts';
import { VENUES } from '../venues/registry.ts';
import type { StateFolder } from './live-state.ts';
import { withMessages, type LiveMessages } from './notify/live-messages.ts';
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
import { showEnd } from './show-end.ts';
import type { Interrupts } from './signals.ts';

/** What a command that trades was asked for. */
export interface TradingRequest extends RunRequest {
  /** Null = nobody is to be told. */
  readonly notify: NotifySettings | null;
}

/** What it trades with. */
export interface TradingParts extends Surroundings {
  readonly state: StateFolder;
  readonly request: TradingRequest;
  readonly interrupts: Interrupts;
}

/**
 * Opens clock, log, stub and venue, trades, tells how it ended, and closes them in reverse whatever happens; the exit code is in
 * `process.exitCode`.
 */
export async function runTrading(
  request: TradingRequest,
  trade: (parts: TradingParts, messages: LiveMessages) => Promise<RunReport>,
): Promise<void> {
  await runInState(request, async (state, interrupts) => {
    await using opened = new AsyncDisposableStack();
    const around = await openSurroundings(state, request, interrupts.signal, opened);
    const parts = { state, request, interrupts, ...around };
    const messages = messagesOf(request, request.notify, state, around);
    return await showEnd(await withMessages(messages, (told) => trade(parts, told)), request.plan);
  });
}

/** What the engine is given whatever trades; `does` stands before where it trades: in the log, and in what people are told. */
export function tradingOptions(
  parts: TradingParts,
  { listen, started }: LiveMessages,
  does: { readonly ready: string; readonly told: string },
) {
  const { state, request, venue, providers, clock, startedAt, until, log, interrupts, begin, metrics } = parts;
  const { plan, name } = request;
  keepOwnName(name);
  const where = plan.withStub ? 'a paper market of its own' : venue.address;
  return {
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
    until,
    real: plan.real,
    positions: plan.positions,
    limits: plan.limits,
    risk: plan.risk,
    log,
    listen: listenAll([listen, metrics.listen, reportsOf(plan, state, parts)]),
    meter: metrics.meter,
    stop: interrupts.signal,
    endNow: interrupts.endNow,
    onReady: ({ dryRun }: { readonly dryRun: boolean }) => {
      begin();
      const rehearses = dryRun ? ', DRY RUN: no order is sent' : '';
      log.info(`READY ${does.ready} ${venue.name} (${where}), ${clockText(plan, clock)}${rehearses}`);
      started(`${does.told} ${venue.name}, ${clockText(plan, clock)}${rehearses}`);
    },
  };
}
