/** Bytes of a request's body; more is refused without being read to its end. */
export const MAX_BODY_BYTES = 262_144;
/** Bytes of a request's line and headers. */
export const MAX_HEADER_BYTES = 16_384;
/** What a peer gets to send its headers, and its whole request. Wall ms. */
export const HEADERS_MS = 10_000;
export const REQUEST_MS = 30_000;
/** A connection on which nothing is asked is closed after so long. Wall ms. */
export const KEEP_ALIVE_MS = 15_000;
/** How often the limits above are looked at. Wall ms. */
export const LIMITS_CHECK_MS = 2_000;
/** A connection on which nothing moves while it is answered is closed so long after the longest request. Wall ms. */
export const STALL_MS = 60_000;
/** Connections at a time, whatever they do; one more is closed at once. */
export const MAX_HTTP_SOCKETS = 1_000;
/** What requests under way get to be answered when the door is closed. Wall ms. */
export const CLOSING_MS = 4_000;
