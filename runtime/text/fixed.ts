/**
 * `value` with `digits` decimals as Python writes it: ties go to the even digit (JavaScript's toFixed goes away from zero).
 * A tie is a value whose next binary digit is its last one, so the test below is exact.
 */
export function fixed(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const text = value.toFixed(digits);
  const doubled = Math.abs(value) * 2 ** (digits + 1);
  const isTie = Number.isSafeInteger(doubled) && doubled % 2 === 1;
  const last = text.charCodeAt(text.length - 1) - 48;
  return isTie && last % 2 === 1 ? text.slice(0, -1) + String(last - 1) : text;
}
