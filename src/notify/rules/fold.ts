import { chinaDay, chinaText } from '../../domain/time.ts';
import { inLanguage } from '../../words/in-language.ts';
import { NOTICE_LEVELS, type NoticeKind, type NoticeLevel } from '../notice.ts';
import { cutTo, type Measure } from './measure.ts';
import { byUrgency } from './urgency.ts';

/** What waits to be told, with how often it was said. */
export interface Entry {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly level: NoticeLevel;
  /** Market ms of the last of its kind. */
  readonly time: number;
  /** Market ms of the first. */
  readonly since: number;
  readonly source: string;
  readonly title: string;
  readonly text: string;
  /** How many equal ones it stands for. */
  readonly count: number;
}

/** One message. */
export interface Letter {
  /** Stays the same when it is sent again. */
  readonly id: string;
  readonly kind: NoticeKind | 'several';
  readonly level: NoticeLevel;
  readonly time: number;
  readonly title: string;
  readonly text: string;
  /** How many notices are in it. */
  readonly count: number;
}

/** Of each entry in a message of several, so many units at most. */
const LONGEST_LINE = 300;
/** For `… and 1234 more: 1000 order, 234 refusal`. */
const TAIL_ROOM = 160;

/** One message of all of these, oldest first; what does not fit with its own line is counted by kind, the least urgent first. */
export function foldEntries(entries: readonly Entry[], longest: number, measure: Measure): Letter {
  const [only] = entries;
  if (only === undefined) throw new RangeError('nothing to fold');
  if (entries.length === 1) return letterOf(only);
  const ordered = entries.toSorted(byUrgency);
  const level = ordered[0]?.level ?? 'info';
  const shown: Entry[] = [];
  let room = longest - TAIL_ROOM;
  for (const entry of ordered) {
    const need = measure(`${lineOf(entry)}\n`);
    if (need > room) break;
    room -= need;
    shown.push(entry);
  }
  const lines = shown.toSorted((a, b) => a.time - b.time).map(lineOf);
  const left = ordered.slice(shown.length);
  if (left.length > 0) lines.push(cutTo(inLanguage(`… and ${total(left)} more: ${byKind(left)}`), TAIL_ROOM, measure));
  const count = total(entries);
  const urgent = NOTICE_LEVELS.flatMap((each) => {
    const of = total(entries.filter((entry) => entry.level === each));
    return each === 'info' || of === 0 ? [] : [`${of} ${each}`];
  }).toReversed();
  const title = `${only.source}: ${inLanguage(`${count} messages${urgent.length === 0 ? '' : ` (${urgent.join(', ')})`}`)}`;
  const time = Math.max(...entries.map((entry) => entry.time));
  return { id: only.id, kind: 'several', level, time, title, text: lines.join('\n'), count };
}

function letterOf(entry: Entry): Letter {
  const { id, kind, level, time, source, title, text, count } = entry;
  const when = chinaText(time).slice(5);
  return { id, kind, level, time, title: `${source}: ${title}`, text: `${text}${timesOf(entry)}\n${when}`, count };
}

function lineOf(entry: Entry): string {
  const mark = entry.level === 'critical' ? '! ' : '';
  const said = `${mark}${chinaText(entry.time).slice(5)} ${entry.title}: ${entry.text.replaceAll(/\s*\n\s*/gu, ' ')}`;
  return `${cutTo(said, LONGEST_LINE, (text) => text.length)}${timesOf(entry)}`;
}

/** ` (5 times since 09:31:02)` */
function timesOf({ count, since, time }: Entry): string {
  if (count < 2) return '';
  const from = chinaText(since);
  return ` ${inLanguage(`(${count} times since ${chinaDay(since) === chinaDay(time) ? from.slice(11) : from.slice(5)})`)}`;
}

function total(entries: readonly Entry[]): number {
  return entries.reduce((sum, { count }) => sum + count, 0);
}

function byKind(entries: readonly Entry[]): string {
  const kinds = Map.groupBy(entries, ({ kind }) => kind);
  return [...kinds].map(([kind, of]) => `${total(of)} ${kind.replaceAll('_', ' ')}`).join(', ');
}
