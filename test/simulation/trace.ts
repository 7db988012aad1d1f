import type { Log, LogEntry } from '../../src/platform/log.ts';
import { chinaText } from '../../src/domain/time.ts';

/** What happened in a world, line by line; kept only when somebody will read it. */
export class Trace {
  readonly enabled: boolean;
  readonly #lines: string[] = [];
  readonly #names = new Map<string, string>();
  #now: () => { readonly wall: number; readonly market: number } = () => ({ wall: 0, market: 0 });

  constructor(enabled: boolean) {
    this.enabled = enabled;
  }

  follow(now: () => { readonly wall: number; readonly market: number }): void {
    this.#now = now;
  }

  add(who: string, text: string): void {
    if (!this.enabled) return;
    const { wall, market } = this.#now();
    const at = `${(wall / 1000).toFixed(3).padStart(9)} ${chinaText(market).slice(5)}`;
    this.#lines.push(`${at}  ${who.padEnd(8)} ${this.#plain(text)}`);
  }

  /** Random ids become names in the order in which they appear, so that two runs of a seed read the same. */
  #plain(text: string): string {
    return text.replaceAll(/\b(?:0[0-9a-z]{19}|[0-9a-f]{8}-[0-9a-f-]{27})\b|(?<=bt:|bt resolve )[0-9a-z]{8}/g, (id) => {
      const known = this.#names.get(id) ?? `#${this.#names.size + 1}`;
      this.#names.set(id, known);
      return known;
    });
  }

  text(): string {
    return this.#lines.join('\n');
  }
}

/** A log that hands its entries on. */
export function listeningLog(source: string, take: (entry: LogEntry) => void): Log {
  const add =
    (level: LogEntry['level']) =>
    (text: string): void =>
      take({ level, source, text, time: null });
  return {
    write: take,
    debug: add('debug'),
    info: add('info'),
    warning: add('warning'),
    error: add('error'),
    child: (name) => listeningLog(name, take),
  };
}
