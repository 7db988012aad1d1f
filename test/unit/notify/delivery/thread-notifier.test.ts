import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished, describe, expect, test } from 'vitest';
import { ThreadNotifier } from '../../../../src/notify/delivery/thread-notifier.ts';
import { Outbox } from '../../../../src/notify/delivery/outbox.ts';
import type { Notice } from '../../../../src/notify/notice.ts';
import type { NotifySettings } from '../../../../src/notify/settings/read-settings.ts';
import { keepSecret } from '../../../../src/platform/exit-text.ts';
import { systemTimers } from '../../../../src/platform/timers.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';
import { receiver, type Receiver } from '../receiver.ts';

const NOTICE: Notice = { kind: 'alarm', level: 'critical', time: 1_783_301_670_000, title: 'Alarm', text: 'it rains' };

function settings(url: string): NotifySettings {
  return {
    quiet: null,
    format: 'text',
    digest: true,
    amounts: true,
    mentionAll: false,
    paper: false,
    proxy: null,
    font: null,
    channels: [{ name: 'webhook', level: 'info', url, secret: null }],
  };
}

function notifier(url: string, outbox: string | null, said: string[] = []): ThreadNotifier {
  const one = new ThreadNotifier({
    settings: settings(url),
    outbox,
    source: 'bt demo',
    timers: systemTimers,
    log: (_level, text) => said.push(text),
  });
  onTestFinished(async () => void (await one.close(0)));
  return one;
}

/** Texts that came, each once, without their time. */
const textsOf = (service: Receiver): string[] => [
  ...new Set(service.received.flatMap(({ body }) => String(body['text']).match(/\b(?:one|two|three)\b/gu) ?? [])),
];

describe('the thread', () => {
  test('delivers what is told, and the end waits for it', async () => {
    const service = await receiver(() => ({ status: 204, body: '' }));
    const one = notifier(service.url, null);
    expect(one.tell(NOTICE)).toBe(true);
    expect(await one.close()).toBe(0);
    expect(service.received[0]?.body).toMatchObject({ event: 'alarm', severity: 'critical', title: 'bt demo: Alarm' });
    // Nobody is left to tell.
    expect(one.tell(NOTICE)).toBe(false);
  });

  test('what is told leaves without secrets and control codes, and of a bounded length', async () => {
    const service = await receiver(() => ({ status: 204, body: '' }));
    const one = notifier(service.url, null);
    keepSecret('the-token-of-all');
    one.tell({ ...NOTICE, text: `the-token-of-all \u001b[31m ${'x'.repeat(20_000)}` });
    await one.close();
    const text = String(service.received[0]?.body['text']);
    expect(text).toMatch(/^\*\*\* \?\[31m x+/u);
    expect(text.length).toBeLessThan(9_000);
  });

  test('takes a bounded number at once; what is beyond is dropped, never waited for, with room kept for what is critical', async () => {
    const said: string[] = [];
    const one = notifier('http://127.0.0.1:1/', null, said);
    const told = Array.from({ length: 1_000 }, (_, index) =>
      one.tell({ ...NOTICE, level: 'info', text: `fill ${index}` }),
    );
    expect(told.filter(Boolean)).toHaveLength(400);
    expect(one.tell(NOTICE)).toBe(true);
    await one.close(0);
    expect(said).toContain('600 messages were left out: too many at once.');
  });

  test('a service that never answers does not hold up the end', async () => {
    const service = await receiver(null);
    const one = notifier(service.url, null);
    one.tell(NOTICE);
    await service.until(1);
    expect(await one.close(0)).toBe(1);
  });
});

describe('kill -9', () => {
  test('what was told before it is delivered by the next start, at least once, each under its own id', async () => {
    const outbox = join(temporaryFolder('outbox'), 'outbox.db');
    const service = await receiver(null);
    const script = new URL('./killed-teller.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, service.url, outbox], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    // The first is under way, and the second is written down.
    await service.until(1);
    await bothWritten(outbox);
    await killed(child);
    service.reply = () => ({ status: 204, body: '' });
    const first = service.received.length;
    const next = notifier(service.url, outbox);
    await service.until(first + 1);
    expect(await next.close()).toBe(0);
    const ids = service.received.slice(first).map(({ body }) => body['id']);
    expect(textsOf(service)).toEqual(['one', 'two']);
    expect(new Set(ids).size).toBe(ids.length);
    // The one that was under way comes again under the id it had.
    expect(ids).toContain(service.received[0]?.body['id']);
  });
});

async function bothWritten(path: string): Promise<void> {
  await expect
    .poll(
      () => {
        const outbox = new Outbox(path);
        const count = outbox.count();
        outbox.close();
        return count;
      },
      { timeout: 20_000 },
    )
    .toBe(2);
}

function killed(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
