/** 委托状态 of each of QMT's codes; another code has no word. */
const STATUS_WORDS: Readonly<Record<number, string>> = {
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

export function statusWord(rawStatus: number | null): string | null {
  return rawStatus === null ? null : (STATUS_WORDS[rawStatus] ?? null);
}
