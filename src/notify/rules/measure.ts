/** How long a text is in a service's own measure. */
export type Measure = (text: string) => number;

/** Bytes of UTF-8: a Chinese character is three. */
export const inBytes: Measure = (text) => Buffer.byteLength(text, 'utf8');
/** UTF-16 units, as Telegram counts. */
export const inUnits: Measure = (text) => text.length;
/** Bytes within a JSON text. */
export const inJson: Measure = (text) => Buffer.byteLength(JSON.stringify(text), 'utf8') - 2;

const CUT = '…';

/** The text, or as many of its first characters as fit with a mark of the cut; whole characters only. */
export function cutTo(text: string, longest: number, measure: Measure): string {
  if (measure(text) <= longest) return text;
  const room = longest - measure(CUT);
  return room < 0 ? '' : text.slice(0, fitting(text, room, measure)).trimEnd() + CUT;
}

/** How many UTF-16 units from the start fit into `room`, without half a character. */
export function fitting(text: string, room: number, measure: Measure): number {
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(text.slice(0, middle).toWellFormed()) <= room) low = middle;
    else high = middle - 1;
  }
  // Not between the halves of a surrogate pair.
  const last = text.charCodeAt(low - 1);
  return low > 0 && low < text.length && last >= 0xd800 && last < 0xdc00 ? low - 1 : low;
}
