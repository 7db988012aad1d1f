import { parentPort, workerData } from 'node:worker_threads';
import { errorMessage } from '../../domain/errors.ts';
import { randomFraction } from '../../platform/ids.ts';
import { systemTimers } from '../../platform/timers.ts';
import { openChannel } from '../channels/table.ts';
import { digestPicture } from '../digest/picture.ts';
import { spokenNotice } from '../spoken.ts';
import { Office } from './office.ts';
import { Outbox } from './outbox.ts';
import type { FromThread, ThreadStart, ToThread } from './thread-messages.ts';

/**
 * The thread that messages go out from. Looking up names, TLS, drawing and the outbox's disk take their time here: the thread that
 * trades hands over and goes on.
 */
function run({ settings, outbox: path }: ThreadStart): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs in a thread of its own');
  const say = (message: FromThread): void => port.postMessage(message);
  const log = (level: 'info' | 'warning', text: string): void => say({ kind: 'log', level, text });
  const now = (): number => systemTimers.wallNow();
  const office = new Office({
    channels: settings.channels.map((each) => ({ channel: openChannel(each, settings, now), level: each.level })),
    outbox: openOutbox(path, log),
    timers: systemTimers,
    chance: randomFraction,
    quiet: settings.quiet,
    picture: ({ digest, source }) =>
      digest === null ? Promise.resolve(null) : digestPicture(digest, source, settings, log),
    log,
  });
  port.on('message', (message: ToThread) => {
    if (message.kind === 'close') {
      void office.close(message.graceMs).then((left) => say({ kind: 'closed', left }));
      return;
    }
    try {
      office.take(spokenNotice(message.notice));
    } catch (error) {
      log('warning', `A message could not be written down and is lost: ${errorMessage(error)}`);
    }
    say({ kind: 'taken' });
  });
}

/** Messages that do not outlive the process are better than none. */
function openOutbox(path: string | null, log: (level: 'warning', text: string) => void): Outbox {
  try {
    return new Outbox(path);
  } catch (error) {
    log(
      'warning',
      `The outbox ${path ?? ''} cannot be used (${errorMessage(error)}): messages do not survive this run.`,
    );
    return new Outbox(null);
  }
}

run(workerData as ThreadStart); // by whoever starts it: thread-notifier
