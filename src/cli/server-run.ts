import type { Clock } from '../platform/clock.ts';
import { loadEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import type { Log } from '../platform/log.ts';
import { growYoungSpace } from '../platform/young-space.ts';
import { writeOut } from '../platform/terminal.ts';
import { say } from './say.ts';
import { systemTimers } from '../platform/timers.ts';
import { openAudit } from '../server/audit-file.ts';
import type { AuditFile } from '../server/audit-file.ts';
import { openHistory } from '../server/index.ts';
import type { History, RunningServer } from '../server/index.ts';
import { EXIT } from './failure.ts';
import { screenColors } from './screen.ts';
import { serverClock } from './server-clock.ts';
import { faultCounts, faultsText, loadFaults } from './server-faults.ts';
import type { FaultPlan } from './server-faults.ts';
import { prepareInBackground } from './server-prepare.ts';
import { readServerPlan } from './server-options.ts';
import type { ServerPlan } from './server-options.ts';
import { notifySettings } from './notify/open-notifier.ts';
import { withServerMessages } from './notify/server-messages.ts';
import { behindText, clockText, openServer } from './server-start.ts';
import { Settings } from './settings.ts';
import { simulatedLog } from './simulated-log.ts';
import { listenForInterrupts } from './signals.ts';
import { readLogLevels } from './log-options.ts';
import { inLanguage } from '../words/in-language.ts';

/** Runs `bt server` until it is interrupted. Configuration errors throw BtError before anything is opened. */
export async function runServer(flags: Readonly<Record<string, unknown>>): Promise<void> {
  const envFile = flags['envFile'];
  const env = loadEnv({ envFile: typeof envFile === 'string' ? envFile : null });
  const settings = new Settings(env, flags);
  const plan = readServerPlan(settings);
  const faults = plan.faults === null ? null : await loadFaults(plan.faults, plan.options.market);
  if (plan.printFaults && faults !== null) {
    writeOut(await faultsText(faults));
    return;
  }
  const levels = readLogLevels(settings);
  const notify = await notifySettings(env);
  const { clock, begun, note } = serverClock(plan);
  const log = openLog(plan, levels, clock);
  tellStart(log, [...env.warnings, ...plan.warnings], note);
  const audit = auditOf(plan, log);
  try {
    const messages = { settings: notify, isPaper: plan.qmt === null, outbox: plan.outbox, clock, log };
    await withServerMessages(messages, (told) =>
      serve(
        { ...plan, options: { ...plan.options, begun, audit: audit?.write ?? null, onSession: told.onSession } },
        faults,
        clock,
        log,
        told.started,
      ),
    );
  } finally {
    audit?.close();
    clock.stop();
    log.close();
  }
}

function openLog(plan: ServerPlan, levels: ReturnType<typeof readLogLevels>, clock: Clock): Log & { close(): void } {
  const shown = { screen: true, file: plan.logFile, source: 'server', colors: screenColors(), say: inLanguage };
  const log = createLog({ ...levels, ...shown, clock: () => clock.now() });
  return plan.simulated ? simulatedLog(log) : log;
}

function tellStart(log: Log, warnings: readonly string[], note: string | null): void {
  for (const warning of warnings) log.warning(warning);
  if (note !== null) log.info(note);
}

function auditOf({ audit }: ServerPlan, log: Log): AuditFile | null {
  return audit === null ? null : openAudit(audit, systemTimers, (text) => log.error(text));
}

async function serve(
  plan: ServerPlan,
  faults: FaultPlan | null,
  clock: Clock,
  log: Log,
  onReady: (text: string) => void,
): Promise<void> {
  const interrupts = listenForInterrupts(() => process.exit(EXIT.interrupted), 2);
  let history: History | null = null;
  try {
    history = plan.historyFile === null ? null : openHistory(plan.historyFile);
    // Each request leaves some rubbish, and no live run shares this process.
    growYoungSpace();
    const options = { ...plan.options, history };
    const server = await openServer({ ...plan, options }, faults, clock, log);
    if (faults !== null) {
      log.warning(`this server goes wrong on purpose: ${faults.faults.length} faults of ${faults.name}`);
    }
    const ready = readyLine(plan, server, clock);
    say(`${ready}\n`);
    onReady(ready);
    await Promise.all([aborted(interrupts.signal), preparation(server, plan, interrupts.signal, log)]);
    log.info('stopping: waiting for running requests, Ctrl-C again leaves at once');
    await server.stop();
    const counts = faultCounts(server.faults());
    if (counts !== null) log.info(`faults that happened: ${counts}`);
    log.info('stopped');
  } finally {
    history?.close();
    interrupts.release();
  }
}

/** Who serves no data need not have any at hand. */
async function preparation(server: RunningServer, plan: ServerPlan, signal: AbortSignal, log: Log): Promise<void> {
  if (server.exchange === null || plan.options.sides?.data === false) return;
  await prepareInBackground(server.exchange, signal, log);
}

/** One line for people and for programs that wait for it: address, market and clock. */
function readyLine(plan: ServerPlan, server: RunningServer, clock: Clock): string {
  const { host, http, tls, dryRun } = plan.options;
  const address = `${hostText(host)}:${server.port}`;
  const door = server.httpPort === null ? '' : `, HTTP ${hostText(http?.host ?? host)}:${server.httpPort}`;
  const rehearses = dryRun === true ? ', DRY RUN' : '';
  return `READY ${address} ${behindText(plan)}, clock ${clockText(clock)}${tls === null ? '' : ', TLS'}${door}${rehearses}`;
}

function hostText(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
