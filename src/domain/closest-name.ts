/** The name that a misspelt one most likely means: at most two letters away, and one for short names. Null when none is that near. */
export function closestName(name: string, names: readonly string[]): string | null {
  const most = name.length <= 3 ? 1 : 2;
  let best: string | null = null;
  let least = most + 1;
  for (const each of names) {
    if (Math.abs(each.length - name.length) > most) continue;
    const edits = editDistance(name.toLowerCase(), each.toLowerCase());
    if (edits < least) [best, least] = [each, edits];
  }
  return best;
}

/** Letters to add, take or change to get from one word to the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
