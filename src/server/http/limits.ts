/** Streams of events at a time. */
export const MAX_STREAMS = 64;
/** Seconds of market time that a place or cancel may be told to wait for the order's end. */
export const MOST_WAIT_SECONDS = 60;
/** Orders in one batch. */
export const MOST_BATCH = 100;
/** Securities in one question about quotes, and in one stream of ticks. */
export const MOST_SECURITIES = 200;
/** Bars in one answer. */
export const MOST_BARS = 20_000;
