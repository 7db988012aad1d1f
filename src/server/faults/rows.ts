import { isJsonObject } from '../../protocol/json.ts';
import type { JsonObject } from '../../protocol/json.ts';

/**
 * Changes every object that speaks of an order or a trade in an answer: rows of a list, an order itself, and the snapshot inside
 * it. `change` gives the same object when nothing changes; then the answer stays the same object too.
 */
export function changeRows(answer: JsonObject, change: (row: JsonObject) => JsonObject): JsonObject {
  if (answer['type'] !== 'response') return answer;
  const { payload } = answer;
  const changed = Array.isArray(payload) ? changeList(payload, change) : changeRow(payload, change);
  return changed === payload ? answer : { ...answer, payload: changed };
}

/** The account answer with other values of some members; it holds them twice, under `value` and beside it. */
export function changeAccount(answer: JsonObject, change: (account: JsonObject) => JsonObject): JsonObject {
  const { type, payload } = answer;
  if (type !== 'response' || !isJsonObject(payload)) return answer;
  const outer = change(payload);
  const value = isJsonObject(payload['value']) ? { value: change(payload['value']) } : {};
  return { ...answer, payload: { ...outer, ...value } };
}

/** The rows of a list answer, changed as a whole; any other answer stays as it is. */
export function changeWholeList(answer: JsonObject, change: (rows: readonly unknown[]) => unknown[]): JsonObject {
  const { type, payload } = answer;
  return type === 'response' && Array.isArray(payload) ? { ...answer, payload: change(payload) } : answer;
}

/** The row with other values of these members, of those it has; the same object when all are as they were. */
export function withMembers(row: JsonObject, names: readonly string[], value: (old: unknown) => unknown): JsonObject {
  const changed = names.filter((name) => name in row && row[name] !== value(row[name]));
  if (changed.length === 0) return row;
  return { ...row, ...Object.fromEntries(changed.map((name) => [name, value(row[name])])) };
}

/** The row without these members; the same object when it has none of them. */
export function withoutMembers(row: JsonObject, names: readonly string[]): JsonObject {
  if (!names.some((name) => name in row)) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}

function changeList(rows: unknown[], change: (row: JsonObject) => JsonObject): unknown[] {
  const changed = rows.map((row) => changeRow(row, change));
  return changed.every((row, index) => row === rows[index]) ? rows : changed;
}

function changeRow(row: unknown, change: (row: JsonObject) => JsonObject): unknown {
  if (!isJsonObject(row)) return row;
  const changed = change(row);
  const snapshot = changeRow(changed['last_snapshot'], change);
  return snapshot === changed['last_snapshot'] ? changed : { ...changed, last_snapshot: snapshot };
}
