import { writeOut } from '../../platform/terminal.ts';
import { say } from '../say.ts';
import { every } from '../../platform/timers.ts';
import { screenSink } from '../../platform/log-screen.ts';
import { LOG_LEVELS } from '../../platform/log.ts';
import { parseChinaTime } from '../../domain/time.ts';
import { logFileOf, type LogLine, type LogQuery } from '../../status/log-lines.ts';
import { screenColors } from '../screen.ts';
import { listenForInterrupts } from '../signals.ts';
import { meantInstance, settingsOf, type Flags, type Looked } from './meant.ts';
import { inLanguage } from '../../words/in-language.ts';

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
  for (const line of first.lines) write(line);
  if (flags['follow'] === true) await follow(looked, filter, first.end, write);
}

async function follow(
  { source, instance }: Looked,
  filter: LogQuery,
  from: string,
  write: (line: LogLine) => void,
): Promise<void> {
  const interrupts = listenForInterrupts(() => process.exit(0), 2);
  let end = from;
  await new Promise<void>((resolve) => {
    const look = async (): Promise<void> => {
      const page = await source.log(instance, { ...filter, from: end });
      end = page.end;
      for (const line of page.lines) write(line);
    };
    const timer = every(LOOK_MS, () => void look());
    interrupts.signal.addEventListener('abort', () => {
      timer.cancel();
      resolve();
    });
  });
  interrupts.release();
}

function writer(flags: Flags): (line: LogLine) => void {
  if (flags['json'] === true) return (line) => writeOut(`${JSON.stringify(line)}\n`);
  const screen = screenSink({ colors: screenColors(), print: (text) => writeOut(`${text}\n`), say: inLanguage });
  return ({ level, source, text, market, fields }) => {
    screen.write({ level, source, text, fields, ids: null, time: parseChinaTime(market.slice(0, 19)) ?? Number.NaN });
  };
}
