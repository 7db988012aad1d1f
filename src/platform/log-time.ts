const CHINA_OFFSET = 8 * 3_600_000;

/** `YYYY-MM-DD HH:MM:SS` in China time, whatever the host's zone. An impossible time gives `?`. */
export function chinaTimeText(ms: number): string {
  return iso(ms).slice(0, 19).replace('T', ' ');
}

/** `YYYY-MM-DD HH:MM:SS.mmm` in China time. */
export function chinaTimeTextMs(ms: number): string {
  return iso(ms).slice(0, 23).replace('T', ' ');
}

/** `YYYY-MM-DD` in China time. */
export function chinaDayText(ms: number): string {
  return iso(ms).slice(0, 10);
}

// A log line must never throw, even for NaN.
function iso(ms: number): string {
  const date = new Date(ms + CHINA_OFFSET);
  return Number.isNaN(date.getTime()) ? '?' : date.toISOString();
}
