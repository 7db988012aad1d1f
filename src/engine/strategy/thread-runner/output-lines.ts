import type { Readable } from 'node:stream';
import { LONGEST_TEXT } from '../../../platform/exit-text.ts';
import { LineRation, notShown } from '../../../platform/line-ration.ts';
import { monotonic } from '../../../platform/timers.ts';

/**
 * The lines of a strategy's own output: what bypasses `console` (process.stdout.write, warnings of Node) still ends up in the log.
 * Rationed, and of a line that never ends only its beginning is kept.
 */
export function eachLine(stream: Readable, take: (line: string) => void, now: () => number = monotonic): void {
  const lines = new LineRation(take, notShown, now);
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = chunk.split('\n');
    for (const part of parts.slice(0, -1)) {
      lines.write((rest + part).replace(/\r$/u, ''));
      rest = '';
    }
    rest = (rest + (parts.at(-1) ?? '')).slice(0, 2 * LONGEST_TEXT);
  });
  stream.on('end', () => {
    if (rest !== '') lines.write(rest);
    lines.renew();
  });
}
