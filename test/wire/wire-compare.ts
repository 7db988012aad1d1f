import { isJsonObject } from '../../src/protocol/json.ts';
import type { JsonObject } from '../../src/protocol/json.ts';
import { ADDED_FIELDS } from './deviations.ts';

/** Values of the moment: a clock or an id that the server makes up. They must have the form, not the value. */
const OF_THE_MOMENT: Readonly<Record<string, (value: unknown) => boolean>> = {
  session_id: (value) => typeof value === 'string' && /^s[0-9a-f]{12}$/.test(value),
  uptime_seconds: (value) => typeof value === 'number' && value >= 0,
  order_time: (value) => typeof value === 'number' && Number.isInteger(value) && value > 1_000_000_000,
};

/** What differs between a recorded message and ours: one line each. `action`: of the request it answers. */
export function differences(recorded: JsonObject, ours: JsonObject, action: string | null): string[] {
  const added = action === null ? [] : (ADDED_FIELDS[action] ?? []);
  return compare(recorded, ours, '', new Set(added));
}

function compare(recorded: unknown, ours: unknown, path: string, added: ReadonlySet<string>): string[] {
  if (isJsonObject(recorded) && isJsonObject(ours)) return compareObjects(recorded, ours, path, added);
  if (Array.isArray(recorded) && Array.isArray(ours)) {
    if (recorded.length !== ours.length) return [`${path}: ${recorded.length} items recorded, ours has ${ours.length}`];
    return recorded.flatMap((item, index) => compare(item, ours[index], `${path}[${index}]`, added));
  }
  return Object.is(recorded, ours) ? [] : [`${path}: recorded ${show(recorded)}, ours ${show(ours)}`];
}

function compareObjects(recorded: JsonObject, ours: JsonObject, path: string, added: ReadonlySet<string>): string[] {
  const keys = new Set([...Object.keys(recorded), ...Object.keys(ours)]);
  return [...keys].flatMap((key) => {
    const inner = path === '' ? key : `${path}.${key}`;
    if (!(key in ours)) return [`${inner}: recorded ${show(recorded[key])}, ours has no such field`];
    if (!(key in recorded)) return added.has(inner) ? [] : [`${inner}: not recorded, ours ${show(ours[key])}`];
    const form = OF_THE_MOMENT[key];
    if (form === undefined) return compare(recorded[key], ours[key], inner, added);
    return form(recorded[key]) && form(ours[key]) ? [] : [`${inner}: ${show(ours[key])} has not the recorded form`];
  });
}

function show(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'undefined');
}
