import { displayPath } from '../build/source-place.ts';

/** So many of the last lines are kept: what Python says of a crash fits. */
const MOST = 100;
const FATAL = /^(?:Fatal Python error|Windows fatal exception): (?<what>.+)$/u;
const FRAME = /^ {2}File "(?<file>.+)", line (?<line>\d+) in (?<name>.+)$/u;

/** What Python wrote to standard error before its end, from which the reason of a crash is read. */
export class LastWords {
  readonly #lines: string[] = [];

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > MOST) this.#lines.shift();
  }

  /** ` in f (file:line)`: the author's innermost line of a crash; empty when Python did not say it. `files`: the author's, absolute. */
  place(files: ReadonlySet<string>): string {
    const from = this.#lines.findLastIndex((line) => FATAL.test(line));
    if (from === -1) return '';
    for (const line of this.#lines.slice(from)) {
      const found = FRAME.exec(line)?.groups;
      if (found === undefined || !files.has(found['file'] ?? '')) continue;
      return ` in ${found['name'] ?? ''} (${displayPath(found['file'] ?? '')}:${found['line'] ?? ''})`;
    }
    return '';
  }
}
