import { cleanLine } from '../../platform/exit-text.ts';
import { inLanguage } from '../../words/in-language.ts';
import { padText, textWidth, wrapBehind } from '../wrap-text.ts';
import type { Finding } from './facts.ts';

const MARKS: Readonly<Record<Finding['kind'], string>> = { ok: 'ok', fix: 'FIX', look: 'look', skipped: '-' };

const MARK_WIDTH = 4;
/** A text that is cut has no Chinese, and what to do stands at its end. */
const LONGEST = 1_000;

/** A line each, and one that says what it comes to. */
export function doctorText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => textWidth(inLanguage(what))));
  const lines = findings.map(({ what, kind, text }) => {
    const head = `${padText(inLanguage(MARKS[kind]), MARK_WIDTH)} ${padText(inLanguage(what), width)}  `;
    return `${head}${wrapBehind(textWidth(head), inLanguage(cleanLine(text, LONGEST)))}`;
  });
  return [...lines, '', verdict(findings)].join('\n');
}

function verdict(findings: readonly Finding[]): string {
  const wrong = findings.filter(({ kind }) => kind === 'fix').length;
  if (wrong > 0)
    return `${wrong} of ${findings.length} to put right, from the top: what is below may come right with it.`;
  return findings.some(({ kind }) => kind === 'look')
    ? 'Nothing is wrong; look at the lines that say so.'
    : 'All is well.';
}

/** 0 when nothing has to be put right. */
export function doctorExit(findings: readonly Finding[]): 0 | 1 {
  return findings.some(({ kind }) => kind === 'fix') ? 1 : 0;
}
