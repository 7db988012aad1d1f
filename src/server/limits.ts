/** A peer has this long to authenticate; the deployed server waits for ever. Wall ms. */
export const HANDSHAKE_DEADLINE_MS = 5_000;
/** Characters of a text that is kept with an order: its remark, its strategy's name, its idempotency key. */
export const MAX_KEPT_TEXT = 256;
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

/** Seconds for which a request may wait for its order's end: an order ends with its day, and a session is its own request's until then. */
export const LONGEST_WAIT_SECONDS = 86_400;
