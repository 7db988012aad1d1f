import type { Match, Template } from './template.ts';

/** A template that is the whole text comes before one that is a part of it, and one that says more before one that says less. */
export function rank({ template, match }: { template: Template; match: Match }): number {
  return template.letters - (match.head === '' && match.tail === '' ? 0 : 4) + template.length / 1_000;
}

/** A place in quotes, or behind a command or an option, holds what somebody has typed or will type. */
export function isNamed({ literals }: Template, at: number): boolean {
  const [before = '', behind = ''] = [literals[at], literals[at + 1]];
  return (/["'`]$/u.test(before) && /^["'`]/u.test(behind)) || /(?:\bbt|--[\w-]+[ =]?)\s*$/u.test(before);
}

/** A sentence in Chinese ends with a Chinese full stop, whatever stands before it. */
export function ended(made: string, text: string): string {
  const isSentence = made !== text && /[^.]\.$/u.test(made) && /[\u3400-\u9fff]/u.test(made);
  return isSentence ? `${made.slice(0, -1)}。` : made;
}

export function isProse(text: string): boolean {
  return /[a-z]{2,} [a-z]{2,}/u.test(text);
}

/** English letters that make words; codes, paths and numbers are of no language. */
export function lettersOf(text: string): number {
  return (text.match(/(?<![\w./\\=-])[A-Za-z]?[a-z]{2,}(?![\w/\\-]|\.\w)/gu) ?? []).reduce(
    (sum, word) => sum + word.length,
    0,
  );
}
