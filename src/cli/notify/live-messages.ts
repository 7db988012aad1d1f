import { join } from 'node:path';
import { errorCode, errorMessage } from '../../domain/errors.ts';
import type { TradingCalendar } from '../../domain/market/calendar.ts';
import type { RunReport } from '../../engine/report.ts';
import type { RunListener, RunView } from '../../engine/run-view.ts';
import { rankOf } from '../../notify/notice.ts';
import type { Notifier } from '../../notify/notifier.ts';
import type { NotifySettings } from '../../notify/settings/read-settings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { systemTimers } from '../../platform/timers.ts';
import { tellDigests } from './digest-service.ts';
import { closeNotifier, openNotifier } from './open-notifier.ts';
import { tellRun } from './run-teller.ts';
import { speaker } from './speaker.ts';

const MESSAGE_LEVEL = 'warning';
/** The outbox in an instance's folder. */
export const OUTBOX_FILE = 'outbox.db';

export interface LiveMessagesOptions {
  readonly settings: NotifySettings | null;
  readonly name: string;
  /** A paper market of its own, or a simulated clock. */
  readonly isPaper: boolean;
  readonly stateFolder: string;
  readonly clock: Clock;
  readonly calendar: TradingCalendar;
  readonly log: Log;
}

const DEAF: RunListener = { endDays: () => undefined, end: () => undefined };

/** The messages of one `bt live`. */
export interface LiveMessages {
  readonly notifier: Notifier;
  readonly listen: (run: RunView) => RunListener;
  /** `send_message`; null = nobody is told. */
  readonly message: ((text: string) => boolean) | null;
  readonly started: (text: string) => void;
  readonly ended: (report: RunReport) => void;
  readonly failed: (error: unknown) => void;
}

/** Does the work of a run, and tells how it ended, also one that never began. Then waits a little for what can still be delivered. */
export async function withMessages(
  options: LiveMessagesOptions,
  work: (messages: LiveMessages) => Promise<RunReport>,
): Promise<RunReport> {
  const messages = await openLiveMessages(options);
  try {
    const report = await work(messages);
    messages.ended(report);
    return report;
  } catch (error) {
    messages.failed(error);
    throw error;
  } finally {
    await closeNotifier(messages.notifier, options.log);
  }
}

/** Opens the notifier of a run and what it hears of. */
async function openLiveMessages(options: LiveMessagesOptions): Promise<LiveMessages> {
  const { settings, name, isPaper, stateFolder, clock, log } = options;
  const outbox = join(stateFolder, OUTBOX_FILE);
  const source = speaker(name, isPaper ? true : null);
  const notifier = await openNotifier({ settings, isPaper, outbox, source, log });
  const tell = (kind: 'start' | 'stop', level: 'info' | 'warning' | 'critical', title: string, text: string): void => {
    notifier.tell({ kind, level, time: clock.now(), title, text });
  };
  return {
    notifier,
    listen: (run) => (notifier.isOn ? listenTo(run, notifier, options) : DEAF),
    message: hearsStrategy(notifier, settings) ? (text) => strategyMessage(notifier, clock.now(), text) : null,
    started: (text) => tell('start', 'info', 'Started', text),
    ended: (report) => tell('stop', report.exitCode === 0 ? 'info' : 'warning', 'Ended', endText(report)),
    failed: (error) => {
      const isAsked = errorCode(error) === 'STOPPED';
      tell('stop', isAsked ? 'info' : 'critical', isAsked ? 'Ended' : 'NOT RUNNING', errorMessage(error));
    },
  };
}

function listenTo(run: RunView, notifier: Notifier, options: LiveMessagesOptions): RunListener {
  const { settings, log } = options;
  const endTelling = tellRun(run, { ...options, notifier, timers: systemTimers });
  if (settings?.digest !== true) return { ...DEAF, end: endTelling };
  const onTrouble = (text: string): void => log.child('notify').warning(text);
  const digests = tellDigests(run, { ...options, notifier, amounts: settings.amounts, onTrouble });
  const end = (): void => {
    endTelling();
    digests.end();
  };
  return { endDays: () => digests.endDays(), end };
}

/** Some channel is told what is as urgent as the author's own words. */
function hearsStrategy({ isOn }: Notifier, settings: NotifySettings | null): boolean {
  return isOn && settings !== null && settings.channels.some(({ level }) => rankOf(level) <= rankOf(MESSAGE_LEVEL));
}

function strategyMessage(notifier: Notifier, time: number, text: string): boolean {
  return notifier.tell({ kind: 'message', level: MESSAGE_LEVEL, time, title: 'Message', text });
}

/** What is open at the broker comes first: nobody watches it now. */
function endText({ exitCode, orders, trades, open, errors }: RunReport): string {
  const left =
    open.length === 0
      ? ''
      : `${open.length} ${open.length === 1 ? 'order is' : 'orders are'} STILL OPEN at the broker, watched by nobody. `;
  return `${left}Exit code ${exitCode}; ${orders.length} ${orders.length === 1 ? 'order' : 'orders'}, ${trades.length} ${trades.length === 1 ? 'fill' : 'fills'}, ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}.`;
}
