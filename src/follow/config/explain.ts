import type * as z from 'zod';
import { closestName } from '../../domain/closest-name.ts';
import type { JsonDocument, JsonPath } from './json-document.ts';
import { OBJECTS } from './schema.ts';

type Issue = z.core.$ZodIssue;

/** One line for each thing that is wrong: where it stands, what it is, and what to write. */
export function explain(issues: readonly Issue[], document: JsonDocument, name: string): string[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => at(document, name, [...pathOf(issue), key], unknownKey(pathOf(issue), key)))
      : [at(document, name, pathOf(issue), wrongValue(issue, document))],
  );
}

/** `follow.jsonc line 4: strategies[0].ratio …` */
export function at(document: JsonDocument, name: string, path: JsonPath, problem: string): string {
  return `${name} line ${document.lineOf(path)}: ${spelt(path)} ${problem}.`;
}

function pathOf(issue: Issue): (string | number)[] {
  return issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
}

/** A follower is one ledger, and a ledger one account: it stands beside the strategies, once. */
const ACCOUNT_KEYS: ReadonlySet<string> = new Set(['account', 'account_key', 'accountKey', 'accounts']);
const ONE_ACCOUNT =
  'means nothing here: a follower trades one account, which "account" names beside "strategies". For another account start another follower with a configuration of its own: another "account", and another "http" port or Redis "group"';

function unknownKey(parent: JsonPath, key: string): string {
  if (ACCOUNT_KEYS.has(key)) return ONE_ACCOUNT;
  const names = Object.keys(OBJECTS[placeOf(parent)] ?? {});
  const near = closestName(key, names);
  if (near !== null) return `means nothing here: the nearest name is ${near}`;
  return names.length === 0 ? 'means nothing here: take it out' : `means nothing here: known are ${names.join(', ')}`;
}

function wrongValue(issue: Issue, document: JsonDocument): string {
  const path = pathOf(issue);
  const given = valueAt(document.value, path);
  const want = wantOf(path);
  // What a person keeps secret is not repeated.
  if (given === undefined) return `is missing: write ${want}`;
  const shown = path.includes('passphrase') || path.includes('url') ? 'as it is written' : short(given);
  return `cannot be ${shown}: write ${want}`;
}

function wantOf(path: JsonPath): string {
  for (let length = path.length; length > 0; length -= 1) {
    const place = path.slice(0, length);
    if (typeof place.at(-1) === 'number') continue;
    const want = OBJECTS[placeOf(place.slice(0, -1))]?.[String(place.at(-1))]?.want;
    if (want !== undefined) return want;
  }
  return path.includes('strategies') ? 'an object for each strategy' : 'an object { … }';
}

function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[part] : undefined,
    value,
  );
}

function short(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

/** Without the places in lists: `strategies.requote`. */
function placeOf(path: JsonPath): string {
  return path.filter((part) => typeof part === 'string').join('.');
}

function spelt(path: JsonPath): string {
  if (path.length === 0) return 'the file';
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}
