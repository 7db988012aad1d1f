import { chinaText } from '../domain/time.ts';
import type { RunReport } from '../engine/report.ts';
import { cleanText } from '../platform/exit-text.ts';
import { inLanguage } from '../words/in-language.ts';
import { SCREEN_WIDTH, wrapBehind } from './wrap-text.ts';

/** Entries shown of a long list; `--report` has them all. */
const MOST_ROWS = 50;
/** Longest entry of a list, in characters; the report has more of it. */
const LONGEST_ITEM = 2_000;

/** Tasks that were skipped, or cut off with an earlier process, together where task and reason are the same. */
export function tasksNotRun(triggers: RunReport['triggers']): string {
  const notRun = triggers.filter(({ outcome }) => outcome === 'skipped' || outcome === 'interrupted');
  if (notRun.length === 0) return '';
  const isCutOff = notRun.some(({ outcome }) => outcome === 'interrupted');
  const groups = [...Map.groupBy(notRun, ({ task, reason }) => `${task}: ${reason ?? 'skipped'}`)];
  const lines = groups.map(([text, of]) => {
    const [first] = of;
    const times = of.length === 1 ? '' : ` (and ${of.length - 1} more)`;
    return `${first === undefined ? '' : chinaText(first.due)} ${text}${times}`;
  });
  const more = lines.length > MOST_ROWS ? [`… ${lines.length - MOST_ROWS} more`] : [];
  return list(`Tasks that did not run${isCutOff ? ', or not to their end' : ''} (${notRun.length})`, [
    ...lines.slice(0, MOST_ROWS),
    ...more,
  ]);
}

export function dataErrors({ dataErrors: failed }: RunReport): string {
  if (failed.length === 0) return '';
  const lines = failed.slice(-MOST_ROWS).map(({ what, code, message, first, last, count }) => {
    const times = count === 1 ? '' : ` (${count} times, the last at ${chinaText(last)})`;
    return `${chinaText(first)} ${what}, ${code}: ${message}${times}`;
  });
  return list(`Data that the strategy asked for and did not get (${failed.length})`, lines);
}

export function clockSteps({ clockSteps: steps }: RunReport): string {
  if (steps.length === 0) return '';
  const lines = steps.map(({ time: at, stepMs }) => {
    const seconds = Math.round(Math.abs(stepMs) / 1000);
    return `${chinaText(at)} ${stepMs < 0 ? 'set back' : 'ahead'} by ${seconds} s`;
  });
  return list('The clock of this machine moved', lines);
}

/** Those that nothing has ended. */
export function standingAlarms({ alarms }: RunReport): string {
  const standing = alarms.filter(({ over }) => over === null);
  if (standing.length === 0) return '';
  const lines = standing.slice(-MOST_ROWS).map(({ time: at, text }) => `${chinaText(at)} ${text}`);
  return list(`Alarms that stand (${standing.length})`, lines);
}

/** Together where code and message are the same: an error of a task comes each day. */
export function errors(report: RunReport): string {
  if (report.errors.length === 0) return '';
  const groups = [...Map.groupBy(report.errors, ({ code, message }) => `${code}: ${message}`)];
  const lines = groups.map(([text, of]) => {
    const [first, last] = [of[0], of.at(-1)];
    const times = of.length === 1 ? '' : ` (and ${of.length - 1} more, the last at ${chinaText(last?.time ?? 0)})`;
    return `${chinaText(first?.time ?? 0)} ${cleanText(text, LONGEST_ITEM)}${times}`;
  });
  return list(`Errors (${report.errors.length})`, lines);
}

/** Each with its beginning: an error may have lines of its own. */
export function list(title: string, items: readonly string[]): string {
  const said = items.map((item) => wrapBehind(4, inLanguage(cleanText(item, LONGEST_ITEM)), SCREEN_WIDTH - 2));
  return [title, ...said.map((text) => `  ${text}`)].join('\n');
}
