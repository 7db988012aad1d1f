import { runInThisContext } from 'node:vm';
import { DateTime } from 'luxon';
import * as jq from 'jqdata';
import { parseSync } from 'oxc-parser';
import { API_NAMES } from '../../../../runtime/api/names.ts';
import { UNSUPPORTED } from '../../../../runtime/api/unsupported.ts';
import { datetime, time } from '../../../../runtime/libraries/datetime.ts';
import math from '../../../../runtime/libraries/math.ts';
import np from '../../../../runtime/libraries/numpy.ts';
import { context } from '../../../../runtime/objects/context.ts';
import { apiUses } from '../../../../src/engine/strategy/check/api-uses.ts';
import { checkSource } from '../../../../src/engine/strategy/check/check-source.ts';
import { account, bindFake, block, position } from '../../runtime/fake-host.ts';
import type { FakeHost } from '../../runtime/fake-host.ts';

export const A = '000001.XSHE';

/**
 * What a line of docs/porting.md claims. One of `found`, `throws` and `untold` is the Python line written over literally;
 * without any of them the literal line works, and is what `here` runs.
 */
export interface Case {
  /** The TypeScript side: expressions (or bodies with `return`) with the values they give. `check` finds nothing in them. */
  readonly here?: Readonly<Record<string, unknown>>;
  /** Code of the finding, and a source with it. */
  readonly found?: readonly [code: string, source: string];
  /** Code of a BtError or name of an error, and what throws it. */
  readonly throws?: readonly [code: string, text: string];
  /** Runs, gives this instead of what Python gives, and `check` does not see it. */
  readonly untold?: readonly [text: string, value: unknown];
  /** What takes more than an expression. */
  readonly also?: (host: FakeHost) => void | Promise<void>;
}

function task(_context: unknown): void {}

/** Names that the texts of the cases use, beside those of the API; a host of its own. */
export function scopeOf(): { readonly host: FakeHost; readonly names: Readonly<Record<string, unknown>> } {
  const host = bindFake([task]);
  host.accountView = account([position(), position({ security: '600000.XSHG' })]);
  host.bars = (security) => block(security, ['2026-07-02', '2026-07-03'], { close: [10, 11], avg: [9, 10] });
  host.files.set('pool.csv', new TextEncoder().encode('a,b'));
  const df = new jq.DataFrame({ a: [1, 2, 3], b: [4, 5, 6] }, { index: ['x', 'y', 'z'] });
  const at = DateTime.fromISO('2026-07-06T09:35:00');
  const day = jq.date(2026, 7, 6);
  const own = {
    np,
    math,
    datetime,
    time,
    A,
    task,
    df,
    s: df.a,
    at,
    day,
    context,
    DateTime,
    pool: ['c10', 'c9'],
    name: '*ST X',
    host,
  };
  return { host, names: { ...jq, ...own } };
}

/** What the text gives with these names: an expression, or a body that returns. */
export function valueOf(text: string, names: Readonly<Record<string, unknown>>): unknown {
  const body = /\breturn\b/u.test(text) ? text : `return (${text})`;
  const made: unknown = runInThisContext(`(function (${Object.keys(names).join(', ')}) { ${body} })`);
  if (typeof made !== 'function') throw new Error(`no function of ${text}`);
  return Reflect.apply(made, undefined, Object.values(names));
}

/** Codes that `bt check` finds in a source. */
export function codesIn(source: string, known: Iterable<string> = []): string[] {
  const parsed = parseSync('main.ts', source);
  if (parsed.errors.length > 0) throw new Error(`does not parse: ${source}`);
  const api = new Set<string>([...API_NAMES, ...known]);
  return checkSource(parsed, source, apiUses(parsed, source, api), { api, unsupported: UNSUPPORTED }).map(
    ({ code }) => code,
  );
}

/** As a source that can be parsed: a body that returns stands in a function. */
export const sourceOf = (text: string): string =>
  /\breturn\b/u.test(text) ? `export function f() { ${text} }` : `log.info(${text});`;
