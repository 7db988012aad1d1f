import type { JsonObject } from '../json.ts';

/** A dictionary as the gateway sends it: under `value`, and its non-null members once more beside it. */
export function dictAnswer(value: JsonObject): JsonObject {
  const flat = Object.entries(value).filter(([key, member]) => member !== null && key !== 'dtype' && key !== 'value');
  return { dtype: 'dict', value, ...Object.fromEntries(flat) };
}

/** A table, row by row. */
export function tableAnswer(columns: readonly string[], records: readonly (readonly unknown[])[]): JsonObject {
  return { dtype: 'dataframe', columns, records };
}

export function listAnswer(values: readonly unknown[]): JsonObject {
  return { dtype: 'list', values };
}

/** A text for people, about one account. */
export function textAnswer(text: string, accountKey: string): JsonObject {
  return { dtype: 'text', value: text, account_key: accountKey };
}

/** What was asked for is done, or there was nothing to do. */
export function doneAnswer(): JsonObject {
  return { ok: true };
}

/** Adds the sub-account's label to an answer, or to each of its rows, unless one is there. */
export function withLabel(answer: unknown, subAccountId: string): unknown {
  if (Array.isArray(answer)) return answer.map((row: unknown) => withLabel(row, subAccountId));
  if (typeof answer !== 'object' || answer === null || 'sub_account_id' in answer) return answer;
  return { ...answer, sub_account_id: subAccountId };
}

/** Money to the hundredth of a cent, so that sums of float products stay readable. */
export function money(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
