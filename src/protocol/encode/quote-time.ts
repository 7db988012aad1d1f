import { chinaText } from '../../domain/time.ts';

let lastTime: number | null = null;
let lastText: string | null = null;

/** Time of a quote as text; null when it has none. Quotes of one moment follow one another: the last text is kept. */
export function quoteTime(time: number | null): string | null {
  if (time !== lastTime) {
    lastTime = time;
    lastText = time === null ? null : chinaText(time);
  }
  return lastText;
}
