import { inLanguage } from '../words/in-language.ts';
import type { ToldNotice } from './notice.ts';

/** A notice in the reader's language; what a strategy wrote itself stays as it is. */
export function spokenNotice(notice: ToldNotice): ToldNotice {
  if (notice.kind === 'message') return notice;
  return { ...notice, title: inLanguage(notice.title), text: inLanguage(notice.text) };
}
