import { parentPort, workerData } from 'node:worker_threads';
import { BtError, errorMessage } from '../../domain/errors.ts';
import { keepSecret } from '../../platform/exit-text.ts';
import { logTo } from '../../platform/log.ts';
import { FolderSource } from '../../status/source.ts';
import { openPage } from './index.ts';
import { pageSource } from './source.ts';
import type { Page } from './index.ts';
import type { FromPageThread, PageThreadStart, ToPageThread } from './thread-messages.ts';

/**
 * The thread that a live run's page is served from: reading the ledger, writing documents and feeding browsers take their time here, and
 * the thread that trades hears only what any other program could ask it, by its control socket.
 */
async function run({ options, version, folder, secrets }: PageThreadStart): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('this file runs in a thread of its own');
  for (const secret of secrets) keepSecret(secret);
  const say = (message: FromPageThread): void => port.postMessage(message);
  const log = logTo('page', ({ level, text }) => say({ kind: 'log', level, text }));
  const source = new FolderSource({ folders: [folder] });
  let page: Page;
  try {
    page = await openPage({ options, source: pageSource(source), log, version });
  } catch (error) {
    say({ kind: 'failed', code: error instanceof BtError ? error.code : 'PAGE_FAILED', text: errorMessage(error) });
    return;
  }
  port.on('message', (message: ToPageThread) => {
    if (message.kind === 'close') void closed(page, source).then(() => say({ kind: 'closed' }));
  });
  say({ kind: 'open', port: page.port });
}

async function closed(page: Page, source: FolderSource): Promise<void> {
  await page.stop();
  source.close();
}

void run(workerData as PageThreadStart); // by whoever starts it: thread-page
