import type { Log } from '../platform/log.ts';

/** Who comes, goes, and is not let in. `peer`: address and port. */
export type SessionNews =
  | { readonly kind: 'joined' | 'left'; readonly peer: string; readonly id: string }
  | { readonly kind: 'refused'; readonly peer: string; readonly reason: string };

/** Writes the news of sessions into the log and hands them on. */
export class SessionTeller {
  readonly #log: Log;
  readonly #hear: (news: SessionNews) => void;
  /** Ids of those that are there, by peer. */
  readonly #there = new Map<string, string>();

  /** `hear` must not throw. */
  constructor(log: Log, hear: (news: SessionNews) => void = () => undefined) {
    this.#log = log;
    this.#hear = hear;
  }

  tell(news: SessionNews): void {
    if (news.kind === 'joined') {
      this.#there.set(news.peer, news.id);
      this.#log.info(`${news.peer} connected as ${news.id}`);
    } else if (news.kind === 'refused') this.#log.warning(`${news.peer} refused: ${news.reason}`);
    this.#hear(news);
  }

  /** A connection is over; one that never was a session is no news. */
  gone(peer: string): void {
    const id = this.#there.get(peer);
    this.#there.delete(peer);
    if (id !== undefined) this.tell({ kind: 'left', peer, id });
  }
}
