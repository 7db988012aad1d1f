const FULL_END = /[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]$/u;
const FULL_START = /^[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]/u;
/** Signs that bring their own room. */
const SIGN_END = /[、。，：；？！（]$/u;
const SIGN_START = /^[、。，：；？！（）]/u;
const WIDE_SIGNS: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '.': '。' };

/** Puts two pieces of a sentence together: between Chinese ones stands no space, and a sign between them is theirs. */
export function glue(before: string, after: string): string {
  const bare = before.replace(/ +$/u, '');
  const next = after.replace(/^ +/u, '');
  if (bare === '' || next === '') return before + after;
  if (SIGN_END.test(bare) || SIGN_START.test(next)) return bare + next;
  const sign = /[,;:.]$/u.exec(bare)?.[0];
  if (sign !== undefined && FULL_START.test(next) && (sign !== '.' || FULL_END.test(bare.slice(0, -1)))) {
    return `${bare.slice(0, -1)}${WIDE_SIGNS[sign] ?? sign}${next}`;
  }
  const [, own = '', rest = ''] = /^([,;:.]) +(.*)$/su.exec(next) ?? [];
  if (own !== '' && FULL_END.test(bare) && FULL_START.test(rest)) return `${bare}${WIDE_SIGNS[own] ?? own}${rest}`;
  return FULL_END.test(bare) && FULL_START.test(next) ? bare + next : before + after;
}
