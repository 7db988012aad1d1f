import { writeDocument } from '../../platform/terminal.ts';
import { inLanguage } from '../../words/in-language.ts';
import { say, sayErr } from '../say.ts';
import { after } from '../../platform/timers.ts';
import { screenSink } from '../../platform/log-screen.ts';
import { LOG_LEVELS } from '../../platform/log.ts';
import { parseChinaTime } from '../../domain/time.ts';
import { logFileOf, type LogLine, type LogQuery } from '../../status/log-lines.ts';
import { screenColors } from '../screen.ts';
import { listenForInterrupts } from '../signals.ts';
import { meantInstance, settingsOf, type Flags, type Looked } from './meant.ts';

const LINES = 50;
const LOOK_MS = 500;

/** Runs `bt log`. */
export async function runLog(name: string | null, flags: Flags): Promise<void> {
  const settings = settingsOf(flags);
  const level = settings.choice({ flag: '--level' }, LOG_LEVELS);
  const contains = settings.text({ flag: '--grep' });
  const sources = settings.text({ flag: '--source' })?.split(/[\s,]+/u) ?? [];
  const lines = settings.integer({ flag: '--lines' }, 1, 1_000) ?? LINES;
  const filter: LogQuery = {
    sources,
    ...(level === null ? {} : { level }),
    ...(contains === null ? {} : { contains }),
  };
  const looked = meantInstance(name, flags);
  const write = writer(flags);
  const first = await looked.source.log(looked.instance, { ...filter, lines });
  if (first.lines.length === 0 && flags['follow'] !== true && flags['json'] !== true)
    say(`No such lines in ${logFileOf(looked.folder)}.\n`);
  const isRead = await write(first.lines);
  if (flags['follow'] === true && isRead) await follow(looked, filter, first.end, write);
}

/** False: nobody reads any more. */
type Write = (lines: readonly LogLine[]) => Promise<boolean>;

/** Until it is interrupted, or nobody reads any more. Lines are read when the ones before were taken: a slow reader gets them all, later. */
async function follow({ source, instance }: Looked, filter: LogQuery, from: string, write: Write): Promise<void> {
  const interrupts = listenForInterrupts(() => process.exit(0), 2);
  let end = from;
  const look = async (): Promise<boolean> => {
    const page = await source.log(instance, { ...filter, from: end });
    end = page.end;
    if (page.isGap === true) sayErr(`${GAP}\n`);
    return write(page.lines);
  };
  const { signal } = interrupts;
  const ended = aborted(signal);
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  while (!signal.aborted && (await Promise.race([look(), ended]))) await pause(signal);
  interrupts.release();
}

const GAP = 'Lines are missing here: the file that they were in was removed before they were read.';

function aborted(signal: AbortSignal): Promise<false> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(false), { once: true });
  });
}

/** Until the next look, or the end. */
function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = after(LOOK_MS, resolve);
    const end = (): void => {
      timer.cancel();
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
}

function writer(flags: Flags): Write {
  const texts: string[] = [];
  const print = (text: string): void => void texts.push(`${text}\n`);
  const screen = screenSink({ colors: screenColors(), print, say: inLanguage });
  const one = ({ level, source, text, market, fields }: LogLine): void =>
    screen.write({ level, source, text, fields, ids: null, time: parseChinaTime(market.slice(0, 19)) ?? Number.NaN });
  return (lines) => {
    for (const line of lines) {
      if (flags['json'] === true) print(JSON.stringify(line));
      else one(line);
    }
    return texts.length === 0 ? Promise.resolve(true) : writeDocument(texts.splice(0).join(''));
  };
}
