import type { Env } from '../../platform/env.ts';
import type { Log } from '../../platform/log.ts';
import { systemTimers } from '../../platform/timers.ts';
import { SILENT, type Notifier } from '../../notify/notifier.ts';
import type { NotifySettings } from '../../notify/settings/read-settings.ts';

/** The settings of `NOTIFY_*`; null = no channel. Loads what reads them only where one is there. Throws BtError BAD_CONFIG. */
export async function notifySettings(env: Env): Promise<NotifySettings | null> {
  const names = Object.keys(env.all());
  if (!names.some((name) => /^NOTIFY_|^(?:WECHAT_)?MESSAGE_KEY$/u.test(name))) return null;
  const { readNotifySettings } = await import('../../notify/settings/read-settings.ts');
  return readNotifySettings({ find: (name) => env.find(name), names });
}

export interface NotifierParts {
  readonly settings: NotifySettings | null;
  /** The run trades on nothing real: it is silent unless NOTIFY_PAPER says otherwise. */
  readonly isPaper: boolean;
  /** File of the outbox; null = in memory. */
  readonly outbox: string | null;
  readonly source: string;
  readonly log: Log;
}

/** Who tells people of a run, in a thread of its own; silent where nobody is to be told. */
export async function openNotifier({ settings, isPaper, outbox, source, log }: NotifierParts): Promise<Notifier> {
  if (settings === null) return SILENT;
  const speak = log.child('notify');
  if (isPaper && !settings.paper) {
    speak.debug('Messages are off on a paper market of its own and with a simulated clock; NOTIFY_PAPER=1 sends them.');
    return SILENT;
  }
  const { ThreadNotifier } = await import('../../notify/delivery/thread-notifier.ts');
  const say = (level: 'info' | 'warning', text: string): void => speak[level](text);
  return new ThreadNotifier({ settings, outbox, source, timers: systemTimers, log: say });
}

/** Waits a little for what can still be delivered. */
export async function closeNotifier(notifier: Notifier, log: Log): Promise<void> {
  const left = await notifier.close();
  if (left > 0)
    log.child('notify').warning(`${left} messages are not delivered yet; the next start goes on with them.`);
}
