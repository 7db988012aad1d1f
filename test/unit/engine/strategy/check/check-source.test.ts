import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import { apiUses } from '../../../../../src/engine/strategy/check/api-uses.ts';
import { checkSource } from '../../../../../src/engine/strategy/check/check-source.ts';
import type { Finding } from '../../../../../src/engine/strategy/check/finding.ts';

const API = new Set([
  'g',
  'log',
  'order',
  'get_price',
  'get_index_stocks',
  'query',
  'margincash_open',
  'date',
  'history',
  'sorted',
  'read_file',
  'range',
  'list',
  'set',
  'timedelta',
  'get_open_orders',
  'filter',
]);
const UNSUPPORTED = new Map([['margincash_open', 'Trade stocks.']]);

function check(source: string): Finding[] {
  const parsed = parseSync('main.ts', source);
  expect(parsed.errors).toEqual([]);
  return checkSource(parsed, source, apiUses(parsed, source, API), { api: API, unsupported: UNSUPPORTED });
}

const codes = (source: string): string[] => check(source).map(({ code }) => code);

describe('a name that nobody declares', () => {
  it.each([
    ['get_prise("x")', 'get_prise is not defined: did you mean get_price?'],
    ['const x = None', 'None is not defined here: write null.'],
    ['order = 0; order += 1;', 'order = … writes over the order that is there for all: write let order'],
    ['log(np.meen([1]));', 'np.meen is not there: did you mean mean?'],
    ['import sm from "statsmodels.api"; sm.WLS(1);', 'sm.WLS is not there: write np.polyfit(x, y, 1, { w }).'],
    ['log(math.erf(1));', 'math.erf is not there: '],
    ['something_else()', 'something_else is not defined: declare it, or import it'],
  ])('%s', (source, text) => {
    const [finding, ...more] = check(source);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ level: 'error', code: 'UNDEFINED_NAME' });
    expect(finding?.text).toContain(text);
  });

  it('has its place, and is told once', () => {
    expect(check('const a = 1;\n  lost(a); lost(a);')).toMatchObject([{ line: 2, column: 3 }]);
  });

  it.each([
    'function f(a, { b, c: [d] }, ...e) { return [a, b, d, e]; }',
    'import { x as y } from "./other.ts"; y();',
    'import z from "zod"; z();',
    'class A { m() { return new A(); } }',
    'try { f(); } catch (error) { log(error); } function f() {}',
    'enum Side { Buy } log(Side.Buy);',
    'const o = { key: 1 }; log(o.key, o["any"]); label: for (;;) break label;',
    'type T = Unknown; interface U { a: AlsoUnknown } const v: T | U = 1; log(v);',
    'log(Math.max(1, 2), JSON, console, process, Buffer, globalThis, undefined);',
    'if (typeof perhaps !== "undefined") log(1);',
    'order("x", 1); g.x = 1;',
    'log(np.mean([1]), np.random.rand(), np.maximum.accumulate([1]), math.pi, datetime.datetime.now(), time.time());',
    'const np = { any: 1 }; log(np.any, np.other);',
    'import fs = require("node:fs"); namespace A { export const b = 1; } import c = A.b; log(fs, c);',
    'declare function outside(x: number): void; outside(1);',
    'export * as helpers from "./other.ts"; export * from "./other.ts"; export { a as b } from "./other.ts";',
  ])('is none of these: %s', (source) => {
    expect(codes(source)).toEqual([]);
  });
});

it('a name that is not supported is told with what to do instead, once', () => {
  expect(check('margincash_open("x", 1); margincash_open("y", 1);')).toMatchObject([
    {
      level: 'error',
      code: 'UNSUPPORTED',
      line: 1,
      column: 1,
      text: 'margincash_open is not supported. Trade stocks.',
    },
  ]);
});

describe('what means something else than in Python', () => {
  it.each<[string, string]>([
    ['const x = [1]; log(x[-1]);', 'NEGATIVE_INDEX'],
    ['const x = [1]; if (1 in x) log(1);', 'IN_LIST'],
    ['const x = get_index_stocks("i"); log("c" in x);', 'IN_LIST'],
    ['function f(x: readonly string[]) { return "c" in x; } f([]);', 'IN_LIST'],
    ['g.pool = ["a"]; log("a" in g.pool);', 'IN_LIST'],
    ['const x: string[] = g.y; if (x) log(1);', 'TRUTH_OF_LIST'],
    ['const x = [1].map((y) => y); if (!x) log(1);', 'TRUTH_OF_LIST'],
    ['const x = [1]; while (x) x.pop();', 'TRUTH_OF_LIST'],
    ['const z = 1; if (-1 <= z <= 1) log(1);', 'CHAINED_COMPARISON'],
    ['const d = g.d; const m = d.a.gt(1) && d.b.lt(2); log(m);', 'LOGIC_OF_SERIES'],
    ['const d = g.d; const m = d.a.isnull(); log(!m);', 'LOGIC_OF_SERIES'],
    ['function f(context) { return g.position.init_time === context.current_dt; } f(1);', 'SAME_TIME'],
    ['const at = g.order.add_time; log(g.position.transact_time == at);', 'SAME_TIME'],
    ['const x = new Set([1]); if (1 in x) log(1);', 'IN_SET'],
    ['const x = new Set([1]); if (!x) log(1);', 'TRUTH_OF_LIST'],
    ['const x = [1]; if (g.a && x) log(1);', 'TRUTH_OF_LIST'],
    ['const x = [1]; const y = x.filter(Boolean); log(x + y);', 'SUM_OF_LISTS'],
    ['log(g.d.close.values[-1]);', 'NEGATIVE_INDEX'],
    ['log(g.d.iloc[0, 1]);', 'COMMA_IN_BRACKETS'],
    ['log([0] * 5);', 'REPEATED_LIST'],
    ['const a = new Set([1]); const b = new Set([2]); log(a & b);', 'SET_OPERATOR'],
    ['const a = [1]; if (a == [1]) log(1);', 'SAME_LIST'],
    ['log("%.2f" % g.x);', 'PERCENT_FORMAT'],
    ['order("x", amount=100);', 'KEYWORD_ARGUMENT'],
    ['const x = [1]; for (const i in x) log(i);', 'FOR_IN_LIST'],
    ['function f(context) { return context.current_dt - g.day; } f(1);', 'TIME_ARITHMETIC'],
    ["const d = g.d; log(d[d['a'] == d['b']]);", 'COMPARISON_IN_BRACKETS'],
    ['import { DateTime } from "jqdata"; log(new DateTime(2026, 7, 6));', 'NEW_DATETIME'],
    ['const d = g.d; d["a"][0] = 5;', 'WRITE_INTO_COPY'],
    ['const scores = new Map(); sorted([1], { key: scores.get });', 'UNBOUND_METHOD'],
    ['const a = 1000; const n = a // 100', 'FLOOR_DIVISION'],
    ['const d = history(5); for (const c in d) log(c);', 'FOR_IN_TABLE'],
    ['const d = get_price("x"); for (const c of d) log(c);', 'FOR_OF_TABLE'],
    ['const d = get_price("x"); const s = d.close; for (const c in s) log(c);', 'FOR_IN_TABLE'],
    ['const d = get_price("x"); if (d) log(1);', 'TRUTH_OF_TABLE'],
    ['const d = get_price("x"); if (!d) log(1);', 'TRUTH_OF_TABLE'],
    ['const s = get_price("x")["close"]; while (s) log(1);', 'TRUTH_OF_TABLE'],
    ['const d = get_price("x"); log(!d.close, g.a);', 'TRUTH_OF_TABLE'],
    ['const d = get_price("x"); if (g.a && d.close) log(1);', 'TRUTH_OF_TABLE'],
    ['const d = g.d; if (d.a.gt(1)) log(1);', 'TRUTH_OF_TABLE'],
    ['const d = get_price("x"); log(d.close > d.open);', 'OPERATOR_OF_TABLE'],
    ['const d = get_price("x"); const s = d.close; log(s * 2, s);', 'OPERATOR_OF_TABLE'],
    ['const d = get_price("x"); log(d.close === 5);', 'OPERATOR_OF_TABLE'],
    ['const d = g.d; log(d.a.gt(1) & d.b.lt(2));', 'OPERATOR_OF_TABLE'],
    ['function f(context) { return context.current_dt.weekday() === 0; } f(1);', 'WEEKDAY_OF_TIME'],
    ['const x = JSON.parse(read_file("a.json")); log(x);', 'BYTES_AS_TEXT'],
    ['const b = read_file("a.json"); log(JSON.parse(b));', 'BYTES_AS_TEXT'],
    ['log(read_file("a.csv").split(","));', 'BYTES_AS_TEXT'],
    // What a careless port of Python writes.
    ['for (const i in range(3)) log(i);', 'FOR_IN_LIST'],
    ['for (const [i, x] in g.pairs) log(i, x);', 'FOR_IN_LIST'],
    ['for (const x in g.d.index) log(x);', 'FOR_IN_LIST'],
    ['if ("x" in list(g.d.index)) log(1);', 'IN_LIST'],
    ['log(g.codes == []);', 'SAME_LIST'],
    ['if (g.held === {}) log(1);', 'SAME_LIST'],
    ['log(set([1]) == g.seen, set([1]) == set([2]));', 'SAME_LIST'],
    ['log(g.pairs.includes([1, 2]));', 'SAME_LIST'],
    ['log(g.f(1) + ["c"]);', 'SUM_OF_LISTS'],
    ['let a = [1]; a += [2]; log(1);', 'SUM_OF_LISTS'],
    ['log([2, 10] < [10, 1]);', 'COMPARED_LISTS'],
    ['const a = [1, 2]; delete a[0];', 'DELETED_ITEM'],
    ['const d = history(5); delete d["a"];', 'DELETED_ITEM'],
    ['const m = new Map(); log(m["a"]);', 'BRACKETS_OF_MAP'],
    ['const m = new Map(); m.a = 1; delete m["a"];', 'DELETED_ITEM'],
    ['const s = set([1]); log(s.length);', 'LENGTH_OF_SET'],
    ['const d = { a: 1 }; log(d.length);', 'LENGTH_OF_SET'],
    ['function f(a, b) { return a, b; } f(1, 2);', 'COMMA_EXPRESSION'],
    ['const x = (1, 2); log(x);', 'COMMA_EXPRESSION'],
    ['log("300750".startswith(("68", "3")));', 'COMMA_EXPRESSION'],
    ['log("300750".startsWith(["68", "3"]));', 'LIST_AS_TEXT'],
    ['const d = {}; if (!d) log(1);', 'TRUTH_OF_LIST'],
    ['function f(context) { if (context.portfolio.positions) log(1); } f(1);', 'TRUTH_OF_LIST'],
    ['const o = get_open_orders(); log(o ? 1 : 2);', 'TRUTH_OF_LIST'],
    ['const x = []; const y = x || [1]; log(y);', 'TRUTH_OF_LIST'],
    ['const x = []; const y = x && x[0]; log(y);', 'TRUTH_OF_LIST'],
    ['function pick() { return [1]; } const x = pick(); if (!x) log(1);', 'TRUTH_OF_LIST'],
    ['const pick = () => [1]; if (pick()) log(1);', 'TRUTH_OF_LIST'],
    ['const a = 1; log(3 > a == 2);', 'CHAINED_COMPARISON'],
    ['const a = 1; log(a === g.b === g.c);', 'CHAINED_COMPARISON'],
    ['if (!g.a == 2) log(1);', 'NOT_BEFORE_COMPARISON'],
    ['log("=" * 50);', 'CALCULATED_TEXT'],
    ['log(g.text.split(",", 1));', 'SPLIT_LIMIT'],
    ['log(g.text.replace(",", ""));', 'REPLACED_ONCE'],
    ['log(g.day - timedelta({ days: 1 }));', 'TIME_ARITHMETIC'],
    ['const s = timedelta(1); log(s * 2);', 'TIME_ARITHMETIC'],
    ['function f(context) { log(g.last == context.current_dt); } f(1);', 'SAME_TIME'],
    ['log(g.at.time() == time(9, 35));', 'SAME_TIME'],
    ['log(timedelta(1) == timedelta(1));', 'SAME_TIME'],
    ['function f(context) { log(g.times.includes(context.current_dt)); } f(1);', 'SAME_TIME'],
    ['log(g.a == np.array([1]));', 'OPERATOR_OF_TABLE'],
    ['const d = history(5); log(d.any_name > 3);', 'OPERATOR_OF_TABLE'],
    ['const d = history(5); log(d.close.mean > 3);', 'METHOD_NOT_CALLED'],
    ['g.d.loc["x"]["a"] = 5;', 'WRITE_INTO_COPY'],
    ['const d = history(5); d.close["x"] = 5;', 'WRITE_INTO_COPY'],
    ['log("" + { a: 1 });', 'TEXT_OF_OBJECT'],
    ['const d = { a: 1 }; log("is " + g.x + d);', 'TEXT_OF_OBJECT'],
    ['const d = { a: 1 }; log(`is ${d}`);', 'TEXT_OF_OBJECT'],
    ['function f(d: Record<string, number>) { return "" + d; } f({});', 'TEXT_OF_OBJECT'],
    ['g.x = "" + log;', 'TEXT_OF_OBJECT'],
    ['log(g.d[["a"]]);', 'LIST_IN_BRACKETS'],
    // Types tell what a value is where the file does not show how it was made.
    ['function f(x: readonly string[]) { return "c" in x; } f([]);', 'IN_LIST'],
    ['function f(x: Array<string>) { return "c" in x; } f([]);', 'IN_LIST'],
    ['function f(a: Series, b: Series) { return a > b; } f(g.a, g.b);', 'OPERATOR_OF_TABLE'],
    ['function f(d: DataFrame) { return d.close > 5; } f(g.d);', 'OPERATOR_OF_TABLE'],
    ['function f(x: Set<string>) { return "c" in x; } f(g.x);', 'IN_SET'],
  ])('%s', (source, code) => {
    expect(codes(source)).toEqual([code]);
  });

  it.each([
    'const x = { a: 1 }; log("a" in x);',
    'let x = 1; log((x = 3)); log(x = 4);',
    'function f(context) { return "c" in context.portfolio.positions; } f(1);',
    'const x = [1]; if (x.length > 0) log(x.at(-1));',
    'const q = query(g.a).filter(g.b); if (q) log(1);',
    'const a = 1; const b = 2; if (a < b && b < 3) log(1);',
    'const x = [3, 10]; x.sort((a, b) => a - b); x.pop();',
    'const a = 1; const ok = a > 1 && a < 3; log(!ok);',
    'const a = 1; // half of it',
    'const url = "http://x"; log(url);',
    'function f(context) { return context.previous_date === context.current_dt.date(); } f(1);',
    'const d = date(2026, 7, 6); log(g.days.indexOf(d), g.position.init_time.date() == d);',
    'const d = g.d; log(d.iloc[-1], d.index[-1], d.columns[-1]);',
    'const x = [1]; for (const i of x) log(i); log("codes: " + x);',
    'let amount = 1; amount = 2; log(amount);',
    'const x = new Set([1]); log(x.has(1), x.size > 0, 7 % 3);',
    'let x = [1]; x = g.other; if (x) log(1);',
    'const d = get_price("x"); if (d.empty || d.length === 0 || d.close.any()) log(1);',
    'const d = get_price("x"); for (const c of d.columns) log(c); for (const x of d.close) log(x);',
    'const d = history(5, { df: false }); for (const c in d) log(c); if (d) log(1);',
    'let d = null; d = get_price("x"); if (d) log(1);',
    'log(JSON.parse(read_file("a.json").decode()), read_file("a.csv").decode().split(","));',
    'const d = get_price("x"); log(d.close.at(-1) > 5, d.close.mean() * 2, d.close === null, d.length > 3);',
    'function f(context) { return context.current_dt.date().weekday() + context.current_dt.weekday; } f(1);',
    'const m = new Map(); sorted([1], { key: (x) => m.get(x) });',
    'const d = { a: 1 }; log("is " + d.a, `is ${d.a} ${JSON.stringify(d)}`, 1 + 2);',
    'function f(log) { return "" + log; } f(1);',
    'for (let i = 0, n = 3; i < n; i += 1, n -= 1) log(i);',
    'function filter(x) { return g.a; } if (filter(1)) log(1);',
    'import { list } from "./own.ts"; if (list(1)) log(1);',
    'const x = [1]; function f([x]) { if (x) log(1); } f(g.a);',
    'function pick(a) { if (a) return [1]; return null; } const x = pick(1); if (x) log(1);',
    'const pick = async () => [1]; if (pick()) log(1);',
    'const d = {}; d["a"] = { b: 1 }; d["a"]["b"] = 2; delete d["a"];',
    'const d = { length: 1 }; log(d.length, g.x.length);',
    'log(g.a === (g.b === g.c), !g.a && g.b === 2, !!g.a === g.b);',
    'log(g.code.replace(".XSHE", ""), g.text.replace(/,/g, ""), g.d.str.replace("a", "b"), g.text.split(","));',
    'log(g.a == null, g.order.add_time === undefined, time.time() - 5 > g.a);',
    'const d = history(5); log(d.close.mean() > 3, d.shape === null, d.index.length > 3);',
    'let d = {}; d = "text"; log("" + d);',
  ])('is not found where it is right: %s', (source) => {
    expect(codes(source)).toEqual([]);
  });
});
