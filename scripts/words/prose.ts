/** What is no prose although it has words: of a whole literal. */
const NO_PROSE: readonly RegExp[] = [
  /^\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|BEGIN|WITH|ALTER|DROP|ATTACH|DETACH|VACUUM)\b/u,
  /\b(?:SELECT|FROM|WHERE|ORDER BY|GROUP BY|VALUES|SET|ON CONFLICT|RETURNING|NOT NULL|IS NULL)\b.*/u,
  /^\s*<[a-z!/]/u, // markup
  /^(?:text|application|image|multipart)\//u,
  /^-----BEGIN/u,
  /^content-disposition|^Connection: close|^state IN|^IMAGENAME|^netsh /u,
  /^(?:default|script|style|img)-src\b/u,
  /(?:^|\n)\s*(?:import [{*'"]|import sys;|export |const \w+ =|await \w+\(|let \w+ =|function \w+\(|for \(|if \(|;import |\/\*\*)/u, // code that is written out
];

/** The same of a piece: a command line, an option, a list of values. */
const NO_PIECE: readonly RegExp[] = [
  /^(?:\$ )?bt(?: (?:[a-z-]+|\{\d+\}))*(?: (?:--?[\w-]+|\[[^\]]*\]|<[^>]*>|\{\d+\}|[\w./']*[A-Z./][\w./']*|…|\.\.\.))*$/u,
  /^--?[a-z][\w-]*(?:, --[\w-]+)?(?:[ =](?:<[^>]*>|\[[^\]]*\]|[^ ]+))?$/u,
  /^[\w.]+\(\)? [\w.]+$/u, // `merge() how`: a call and its argument
  /^\w+\([^)]*\) \w+$/u,
  /^(?:\{\d+\}|[\d\s.,;:()%×+–-])*(?:ms|kB|MB|GB|B|s|h|min|KiB|MiB|GiB)(?:\{\d+\}|[\d\s.,;:()%×+–-])*$/u,
];

/** A key of the catalog: one line, without what stands around it; `{n}` = its nth place. */
export function piecesOf(text: string): string[] {
  if (NO_PROSE.some((pattern) => pattern.test(text))) return [];
  return text
    .split(/\n|\t| {2,}/u)
    .map((piece) => renumbered(piece.trim()))
    .filter((piece) => isProse(piece));
}

/** Words with a space between them, or a word and a place; one of them English. */
function isProse(piece: string): boolean {
  if (isCommand(piece)) return false;
  if (isChinese(piece) || NO_PIECE.some((pattern) => pattern.test(piece))) return false;
  const words = piece.replaceAll(/\{\d+\}/gu, '§').split(/\s+/u);
  const said = words.filter((word) => /[A-Za-z§]/u.test(word));
  return (
    said.length >= 2 &&
    words.some((word) => /^["'([]*[A-Za-z]?[a-z]+[a-z'-]*["')\].,:;?!…]*$/u.test(word) && /[a-z]{2}/u.test(word))
  );
}

/** Of both languages: an English sentence names what is Chinese, a Chinese one what is English. */
function isChinese(piece: string): boolean {
  const characters = piece.match(/[\u3400-\u9fff]/gu)?.length ?? 0;
  return characters > 0 && characters >= (piece.match(/(?<=^|\s)[A-Za-z][a-z]*(?=[\s,:]|$)/gu)?.length ?? 0);
}

/** A command line: after its first words only options with their values, and what no word of a sentence is. */
function isCommand(piece: string): boolean {
  const tokens = piece.replace(/'[^']*'/gu, 'X').split(' ');
  const starts = /^(?:bt|ssh|source|npm|node)$/u.test(tokens[0] ?? '');
  if (!starts) return false;
  const rest = tokens.slice(1);
  const from = rest.findIndex((token) => !/^[a-z-]+$/u.test(token) || token.startsWith('--'));
  if (from === -1 || from > 2) return false;
  return rest.slice(from).every((token, at, all) => /[^a-z]/u.test(token) || /^(?:--.*|\|)$/u.test(all[at - 1] ?? ''));
}

/** Places from 0 on, as they come. */
function renumbered(piece: string): string {
  let next = 0;
  return piece.replaceAll(/\{\d+\}/gu, () => `{${next++}}`);
}
