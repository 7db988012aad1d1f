import { ThreadNotifier } from '../../../../src/notify/delivery/thread-notifier.ts';
import { systemTimers } from '../../../../src/platform/timers.ts';

/** A process of its own that tells two things of a service at `url` and is killed while it waits for it. */
const [url = '', outbox = ''] = process.argv.slice(2);

const notifier = new ThreadNotifier({
  settings: {
    quiet: null,
    format: 'text',
    digest: true,
    amounts: true,
    mentionAll: false,
    paper: false,
    proxy: null,
    font: null,
    channels: [{ name: 'webhook', level: 'info', url, secret: null }],
  },
  outbox,
  source: 'bt demo',
  timers: systemTimers,
  log: (_level, text) => process.stdout.write(`${text}\n`),
});
const tell = (text: string, level: 'info' | 'critical'): boolean =>
  notifier.tell({ kind: 'alarm', level, time: Date.now(), title: 'Alarm', text });
tell('one', 'critical');
tell('two', 'critical');
// It lives until it is killed.
setInterval(() => undefined, 1_000);
