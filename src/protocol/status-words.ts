/** 委托状态 as the HTTP wrapper around xtquant spells each of QMT's codes; another code has no word. */
const WORDS: Readonly<Record<number, string>> = {
  48: '未报',
  49: '待报',
  50: '已报',
  51: '已报待撤',
  52: '部成待撤',
  53: '部撤',
  54: '已撤',
  55: '部成',
  56: '已成',
  57: '废单',
  255: '未知',
};

const CODES: ReadonlyMap<string, number> = new Map(Object.entries(WORDS).map(([code, word]) => [word, Number(code)]));

export function statusWord(rawStatus: number | null): string | null {
  return rawStatus === null ? null : (WORDS[rawStatus] ?? null);
}

/** 255 (unknown) for what is none of these words: a status that is not told is never a final one. */
export function statusCode(word: unknown): number {
  return (typeof word === 'string' ? CODES.get(word) : undefined) ?? 255;
}
