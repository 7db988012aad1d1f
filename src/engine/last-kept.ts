/** So many of a kind are kept for the report, the last ones; the log has all. A strategy can meet an error each second for months. */
const KEPT = 1_000;

/** Adds one; the oldest goes when there are too many. */
export function keepLast<T>(list: T[], item: T): void {
  if (list.length >= KEPT) list.shift();
  list.push(item);
}
