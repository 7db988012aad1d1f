import { createHash } from 'node:crypto';
import type { Timer, TimerSource } from '../../platform/timers.ts';
import { secretText } from '../../platform/ids.ts';

/** A session that nobody uses ends after so long, and each after so long. Wall ms. */
export const IDLE_MS = 12 * 3_600_000;
export const LONGEST_MS = 7 * 24 * 3_600_000;
/** More at a time, and the one that was used longest ago ends. */
export const MOST_SESSIONS = 100;

interface Session {
  readonly since: number;
  used: number;
  /** What ends with it. */
  readonly ends: Set<() => void>;
}

/** Who has logged in: known by the secret in his cookie, of which only a digest is kept. */
export class Sessions {
  readonly #timers: Pick<TimerSource, 'monotonic' | 'after'>;
  readonly #byDigest = new Map<string, Session>();

  constructor(timers: Pick<TimerSource, 'monotonic' | 'after'>) {
    this.#timers = timers;
  }

  /** Begins a session; gives its secret. */
  begin(): string {
    const secret = secretText();
    const now = this.#timers.monotonic();
    this.#byDigest.set(digest(secret), { since: now, used: now, ends: new Set() });
    for (const [key, session] of this.#byDigest) if (isOver(session, now)) this.#end(key);
    if (this.#byDigest.size > MOST_SESSIONS) this.#endOldest();
    return secret;
  }

  /** Whether the secret is of a session that goes on; using it keeps it. */
  use(secret: string | null): boolean {
    if (secret === null) return false;
    const key = digest(secret);
    const session = this.#byDigest.get(key);
    if (session === undefined) return false;
    const now = this.#timers.monotonic();
    if (isOver(session, now)) {
      this.#end(key);
      return false;
    }
    session.used = now;
    return true;
  }

  end(secret: string | null): void {
    if (secret !== null) this.#end(digest(secret));
  }

  /**
   * Called once when the session ends, also by its limits: what was opened in it is no use of it. Gives what takes that back. Does nothing
   * for one that is over.
   */
  onEnd(secret: string | null, listener: () => void): () => void {
    const key = secret === null ? '' : digest(secret);
    const session = this.#byDigest.get(key);
    if (session === undefined) return () => undefined;
    session.ends.add(listener);
    let timer = this.#endInTime(key, session, (next) => (timer = next));
    return () => {
      session.ends.delete(listener);
      timer.cancel();
    };
  }

  /** Ends it at its limit, which moves on while it is used. `again`: takes each further timer. */
  #endInTime(key: string, session: Session, again: (timer: Timer) => void): Timer {
    const now = this.#timers.monotonic();
    const left = Math.min(session.used + IDLE_MS, session.since + LONGEST_MS) - now + 1;
    return this.#timers.after(left, () => {
      if (this.#byDigest.get(key) !== session) return;
      if (isOver(session, this.#timers.monotonic())) this.#end(key);
      else again(this.#endInTime(key, session, again));
    });
  }

  #end(key: string): void {
    const session = this.#byDigest.get(key);
    this.#byDigest.delete(key);
    for (const tell of session?.ends ?? []) tell();
  }

  #endOldest(): void {
    const [oldest] = [...this.#byDigest].toSorted(([, a], [, b]) => a.used - b.used);
    if (oldest !== undefined) this.#end(oldest[0]);
  }
}

function isOver({ since, used }: Session, now: number): boolean {
  return now - used > IDLE_MS || now - since > LONGEST_MS;
}

function digest(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('base64');
}
