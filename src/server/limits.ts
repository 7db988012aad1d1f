/** A peer has this long to authenticate; the deployed server waits for ever. Wall ms. */
export const HANDSHAKE_DEADLINE_MS = 30_000;
/** Connections that have not authenticated yet; they do not count against the session limit. */
export const MAX_UNAUTHENTICATED = 128;
/** A handshake larger than this is no handshake: strangers must not make the server hold megabytes. */
export const MAX_HANDSHAKE_BYTES = 65_536;
/** Requests of one session that may wait behind the running one before its socket is no longer read. */
export const MAX_QUEUED_REQUESTS = 256;
/** The same bound in bytes. */
export const MAX_QUEUED_BYTES = 64 * 1024 * 1024;
/** A peer that does not read its answers for this long is disconnected. Wall ms. */
export const WRITE_STALL_MS = 60_000;
/** What a running request gets to answer when the server stops, its waits being over. Wall ms. */
export const STOP_LIMIT_MS = 3_000;
/** What sessions get to end by themselves when the server stops. Wall ms. */
export const CLOSE_GRACE_MS = 1_000;

/** Counts connections: strangers on one side, authenticated sessions on the other. */
export class ConnectionCounts {
  #strangers = 0;
  #sessions = 0;
  readonly #maxSessions: number;

  constructor(maxSessions: number) {
    this.#maxSessions = maxSessions;
  }

  get sessions(): number {
    return this.#sessions;
  }

  /** False when too many strangers are connected already. */
  strangerArrives(): boolean {
    if (this.#strangers >= MAX_UNAUTHENTICATED) return false;
    this.#strangers += 1;
    return true;
  }

  strangerLeaves(): void {
    this.#strangers -= 1;
  }

  /** Turns a stranger into a session; false (nothing changes) when all slots are taken. */
  promote(): boolean {
    if (this.#sessions >= this.#maxSessions) return false;
    this.#strangers -= 1;
    this.#sessions += 1;
    return true;
  }

  sessionLeaves(): void {
    this.#sessions -= 1;
  }
}
