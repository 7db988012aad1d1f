import { cutTo, fitting, type Measure } from './measure.ts';

/** More parts of one message than this are nobody's reading: the last one is cut. */
export const MOST_PARTS = 5;
/** `…(5/5)` */
const MARK_ROOM = 12;

/**
 * Parts that each fit, cut behind a line's end where one is near, else between characters; each says which of how many it is. Nothing is
 * lost but what lies beyond the last part.
 */
export function splitText(text: string, longest: number, measure: Measure): readonly string[] {
  if (measure(text) <= longest) return [text];
  const room = longest - MARK_ROOM;
  if (room < MARK_ROOM) return [cutTo(text, longest, measure)];
  const parts: string[] = [];
  let rest = text;
  while (rest !== '' && parts.length < MOST_PARTS - 1 && measure(rest) > room) {
    const cut = cutPlace(rest, fitting(rest, room, measure));
    if (cut === 0) break;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  if (rest !== '') parts.push(cutTo(rest, room, measure));
  return parts.map((part, index) => `${part.trimEnd()}…(${index + 1}/${parts.length})`);
}

/** Behind the last line's end of the second half, if it has one. */
function cutPlace(text: string, most: number): number {
  const end = text.lastIndexOf('\n', most - 1);
  return end > most / 2 ? end + 1 : most;
}
