import { BtError } from '../domain/errors.ts';
import { SENT, type Channel, type Outcome, type Page } from '../notify/channels/channel.ts';
import { openChannel } from '../notify/channels/table.ts';
import type { Digest } from '../notify/digest/digest.ts';
import { digestPicture } from '../notify/digest/picture.ts';
import type { NotifySettings } from '../notify/settings/read-settings.ts';
import { loadEnv } from '../platform/env.ts';
import { cleanLine } from '../platform/exit-text.ts';
import { newClientId } from '../platform/ids.ts';
import { inLanguage } from '../words/in-language.ts';
import { say, sayErr } from './say.ts';
import { delay, wallNow } from '../platform/timers.ts';
import { chinaDay, chinaText } from '../domain/time.ts';
import { EXIT } from './failure.ts';
import { notifySettings } from './notify/open-notifier.ts';

const LONGEST_ANSWER = 500;

/** Runs `bt notify test`; the exit code is in `process.exitCode`. Throws BtError BAD_CONFIG. */
export async function runNotifyTest(asked: readonly string[], flags: Readonly<Record<string, unknown>>): Promise<void> {
  const envFile = flags['envFile'];
  const env = loadEnv({ envFile: typeof envFile === 'string' ? envFile : null });
  for (const warning of env.warnings) sayErr(`bt: ${warning}\n`);
  const settings = await notifySettings(env);
  if (settings === null)
    throw config('No channel is configured: write NOTIFY_WECOM_KEY or another of docs/notify.md into .env.local.');
  const channels = settings.channels
    .filter(({ name }) => asked.length === 0 || asked.includes(name))
    .map((each) => openChannel(each, settings, wallNow));
  const unknown = asked.find((name) => !channels.some((channel) => channel.name === name));
  if (unknown !== undefined) {
    throw config(`${unknown} is not configured: there are ${settings.channels.map(({ name }) => name).join(', ')}.`);
  }
  const picture = flags['picture'] === true ? await samplePicture(settings) : null;
  const fine = await Promise.all(channels.map((channel) => tryChannel(channel, picture)));
  process.exitCode = fine.every(Boolean) ? EXIT.ok : EXIT.failed;
}

/** True when it took all of it. */
async function tryChannel(channel: Channel, picture: Uint8Array | null): Promise<boolean> {
  const page = testPage(channel.picture === 'along' ? picture : null);
  const outcomes = [await channel.send(page)];
  if (picture !== null && channel.picture === 'apart') {
    await delay(channel.limits.gapMs);
    outcomes.push(await channel.sendPicture(picture));
  }
  for (const outcome of outcomes) say(`${line(channel, outcome)}\n`);
  return outcomes.every(({ verdict }) => verdict.kind === SENT.kind);
}

function line({ name }: Channel, { verdict, answer }: Outcome): string {
  const said = verdict.kind === 'sent' ? 'ok    ' : 'FAILED';
  return `${name.padEnd(10)} ${said} ${cleanLine(answer, LONGEST_ANSWER)}`;
}

function testPage(picture: Uint8Array | null): Page {
  const time = wallNow();
  const text = `This is a test of bt notify at ${chinaText(time)}.`;
  return {
    id: newClientId(),
    kind: 'test',
    level: 'info',
    time,
    title: 'bt: test',
    text: inLanguage(text),
    count: 1,
    picture,
  };
}

function samplePicture(settings: NotifySettings): Promise<Uint8Array | null> {
  const day = chinaDay(wallNow());
  const digest: Digest = {
    day,
    orders: { asked: 2, filled: 2, partly: 0, refused: 0, open: 0, unknown: 0 },
    fills: { count: 2, bought: 100, sold: 100, fees: 0 },
    totalValue: 1_000,
    cash: 500,
    profit: { money: 10, share: 0.01, since: 'a test' },
    positions: [{ security: '518880.XSHG', name: 'TEST', amount: 100, value: 500, gain: 0.01 }],
    values: [990, 985, 1_000].map((value) => ({ day, value })),
    differences: [],
  };
  return digestPicture(digest, 'bt test', settings, (_level, text) => sayErr(`bt: ${text}\n`));
}

function config(message: string): BtError {
  return new BtError('BAD_CONFIG', message, { fault: 'config' });
}
