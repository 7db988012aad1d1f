import { WHOLE_DATA, cleanData } from '../../platform/exit-text.ts';
import type { InstanceStatus } from '../../status/types.ts';
import { KEYED_LISTS } from '../wire.ts';
import type { KeyedList } from '../wire.ts';

/** Not told by patches: it changes with every reading, and each beat tells it. */
const TOLD_BY_BEATS: ReadonlySet<string> = new Set(['now']);

type KeyOf = (row: unknown) => string;

/** A row, or a member, as it was read and as it may leave. */
interface Kept {
  readonly raw: string;
  readonly clean: string;
}

/**
 * The last reading of an instance, as text that may leave the process. Only what has changed is cleaned, written and told again, so
 * that a thousand orders cost nothing while nothing happens to them.
 */
export class Reading {
  readonly #members = new Map<string, Kept>();
  readonly #lists = new Map<string, Map<string, Kept>>();
  /** The lists themselves, as they were read: one that was not read again is the same. */
  readonly #seen = new Map<string, readonly unknown[]>();
  #now = 0;

  /** Takes a new document; the JSON of what has changed (`Patch`), or null when nothing has. */
  take(doc: InstanceStatus): string | null {
    this.#now = doc.now;
    const set: string[] = [];
    const rows: string[] = [];
    for (const [name, value] of Object.entries(doc) as [keyof InstanceStatus, unknown][]) {
      if (TOLD_BY_BEATS.has(name)) continue;
      if (isKeyed(name) && Array.isArray(value)) {
        const change = this.#takeList(name, value as readonly unknown[]);
        if (change !== null) (change.whole ? set : rows).push(`"${name}":${change.text}`);
      } else {
        const text = changed(this.#members, name, value);
        if (text !== null) set.push(`"${name}":${text}`);
      }
    }
    if (set.length === 0 && rows.length === 0) return null;
    return `{"set":{${set.join(',')}},"rows":{${rows.join(',')}}}`;
  }

  /** The JSON of the whole document. */
  whole(): string {
    const lists = [...this.#lists].map(([name, rows]) => `"${name}":${listText(rows)}`);
    const members = [...this.#members].map(([name, { clean }]) => `"${name}":${clean}`);
    return `{"now":${this.#now},${[...members, ...lists].join(',')}}`;
  }

  /** Of a list that has lost a row, or has its rows in another order, all of it. */
  #takeList(name: KeyedList, value: readonly unknown[]): { readonly whole: boolean; readonly text: string } | null {
    if (this.#seen.get(name) === value) return null;
    this.#seen.set(name, value);
    const before = this.#lists.get(name);
    const keyOf = KEYED_LISTS[name] as KeyOf;
    const after = new Map<string, Kept>();
    const news: string[] = [];
    for (const row of value) {
      const key = keyOf(row);
      const raw = JSON.stringify(row);
      const known = before?.get(key);
      const kept = known?.raw === raw ? known : { raw, clean: cleanJson(row) };
      if (kept !== known) news.push(kept.clean);
      after.set(key, kept);
    }
    this.#lists.set(name, after);
    if (before === undefined || !beginsWith(after, before)) return { whole: true, text: listText(after) };
    return news.length === 0 ? null : { whole: false, text: `[${news.join(',')}]` };
  }
}

function isKeyed(name: string): name is KeyedList {
  return Object.hasOwn(KEYED_LISTS, name);
}

/** Whether all keys of `before` are there, in the same order, before any new one. */
function beginsWith(after: ReadonlyMap<string, Kept>, before: ReadonlyMap<string, Kept>): boolean {
  const keys = after.keys();
  for (const key of before.keys()) if (keys.next().value !== key) return false;
  return true;
}

/** The clean text of a member that has changed; null = it has not. */
function changed(members: Map<string, Kept>, name: string, value: unknown): string | null {
  const raw = JSON.stringify(value ?? null);
  if (members.get(name)?.raw === raw) return null;
  const clean = cleanJson(value ?? null);
  members.set(name, { raw, clean });
  return clean;
}

function cleanJson(value: unknown): string {
  return JSON.stringify(cleanData(value, WHOLE_DATA));
}

function listText(rows: ReadonlyMap<string, Kept>): string {
  return `[${[...rows.values()].map(({ clean }) => clean).join(',')}]`;
}
