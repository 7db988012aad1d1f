import { errorMessage } from '../../domain/errors.ts';
import type { Notifier } from '../../notify/notifier.ts';
import type { NotifySettings } from '../../notify/settings/read-settings.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { SessionNews } from '../../server/index.ts';
import { closeNotifier, openNotifier } from './open-notifier.ts';
import { speaker } from './speaker.ts';

export interface ServerMessagesOptions {
  readonly settings: NotifySettings | null;
  /** Behind it is no real market. */
  readonly isPaper: boolean;
  /** File of what is not delivered yet; null = it is forgotten with the process. */
  readonly outbox: string | null;
  readonly clock: Clock;
  readonly log: Log;
}

/** The messages of one `bt server`. */
export interface ServerMessages {
  readonly onSession: (news: SessionNews) => void;
  readonly started: (text: string) => void;
}

/** Serves, and tells of start, clients, refusals and end. Then waits a little for what can still be delivered. */
export async function withServerMessages(
  options: ServerMessagesOptions,
  work: (messages: ServerMessages) => Promise<void>,
): Promise<void> {
  const { settings, isPaper, outbox, clock, log } = options;
  const notifier = await openNotifier({ settings, isPaper, outbox, source: speaker('server', isPaper), log });
  const tell = (level: 'info' | 'critical', kind: 'start' | 'stop', title: string, text: string): void => {
    notifier.tell({ kind, level, time: clock.now(), title, text });
  };
  try {
    await work({
      onSession: (news) => tellSession(notifier, news, clock.now()),
      started: (text) => tell('info', 'start', 'Started', text),
    });
    tell('info', 'stop', 'Stopped', 'The server was stopped.');
  } catch (error) {
    tell('critical', 'stop', 'NOT RUNNING', errorMessage(error));
    throw error;
  } finally {
    await closeNotifier(notifier, log);
  }
}

/** A burst of refusals is one message with a count, whatever ports it comes from. */
function tellSession(notifier: Notifier, news: SessionNews, time: number): void {
  if (news.kind === 'refused') {
    const text = `${news.peer} was refused: ${news.reason}`;
    notifier.tell({
      kind: 'client',
      level: 'warning',
      time,
      title: 'Client refused',
      text,
      key: `refused ${news.reason}`,
    });
    return;
  }
  const [title, said] = news.kind === 'joined' ? ['Client connected', 'connected'] : ['Client gone', 'is gone'];
  notifier.tell({ kind: 'client', level: 'info', time, title, text: `${news.peer} ${said} (${news.id})` });
}
