import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../../domain/errors.ts';
import { shortId } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import type { DayFacts } from './day-facts.ts';
import { sheetsOf } from './sheets.ts';

export interface DayFilesParts {
  readonly folder: string;
  /** The market's day, `YYYY-MM-DD`. */
  readonly today: () => string;
  /** Of a day, as it is when it is written. */
  readonly facts: (day: string) => DayFacts;
  readonly log: Pick<Log, 'warning'>;
  readonly timers: TimerSource;
}

/** What changes within so long is written once. Wall ms. */
const PAUSE_MS = 5_000;
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/**
 * Writes the day's files beside the run: `FOLDER/持股数据/2026-03-02.csv` and so on. They follow from the ledger, so nothing waits for them or for the
 * disk, and one that cannot be written is told once. Whoever opens one finds it whole: it is written beside and takes its place.
 */
export class DayFiles {
  readonly #parts: DayFilesParts;
  /** Days of which something has changed since they were written. */
  readonly #changed = new Set<string>();
  #timer: Timer | null = null;
  #writing: Promise<void> = Promise.resolve();
  #isFailing = false;

  constructor(parts: DayFilesParts) {
    this.#parts = parts;
  }

  /** Something of today has changed: written soon, into today's files, also where it is tomorrow by then. */
  changed(): void {
    this.#changed.add(this.#parts.today());
    this.#timer ??= this.#parts.timers.after(PAUSE_MS, () => this.write());
  }

  /** Written now, as it is now: today's, and those of a day that ended meanwhile. */
  write(): void {
    this.#timer?.cancel();
    this.#timer = null;
    const days = new Set([...this.#changed, this.#parts.today()]);
    this.#changed.clear();
    for (const day of days) {
      const facts = this.#facts(day);
      if (facts !== null) this.#writing = this.#writing.then(() => this.#write(facts));
    }
  }

  /** Written a last time; resolves when all of it is. */
  async stop(): Promise<void> {
    this.write();
    await this.#writing;
  }

  /** Null when the ledger cannot be read now: a run does not fall over its files. */
  #facts(day: string): DayFacts | null {
    try {
      return this.#parts.facts(day);
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  async #write(facts: DayFacts): Promise<void> {
    const { folder } = this.#parts;
    try {
      for (const { name, csv, json } of sheetsOf(facts)) {
        const place = join(folder, name);
        await mkdir(place, { recursive: true, mode: FOLDER_MODE });
        await replace(join(place, `${facts.day}.csv`), csv);
        await replace(join(place, `${facts.day}.json`), json);
      }
      this.#isFailing = false;
    } catch (error) {
      this.#failed(error);
    }
  }

  #failed(error: unknown): void {
    const { folder, log } = this.#parts;
    if (!this.#isFailing)
      log.warning(
        `The day's files cannot be written into ${folder}: ${errorMessage(error)}. Nothing else is affected; look at "files".`,
      );
    this.#isFailing = true;
  }
}

async function replace(path: string, text: string): Promise<void> {
  const draft = `${path}.${shortId()}.tmp`;
  try {
    await writeFile(draft, text, { mode: FILE_MODE });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}
