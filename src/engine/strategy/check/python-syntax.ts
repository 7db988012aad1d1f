import { masked } from './python-mask.ts';
import { placesIn } from './syntax.ts';

/** A form of Python's that does not parse here. */
interface Form {
  readonly text: string;
  readonly pattern: RegExp;
  /** Also written in TypeScript that merely has another mistake: alone it says nothing. */
  readonly weak?: true;
}

/** A form, with all lines it is found in. */
export interface PythonForm {
  readonly text: string;
  /** From 1, ascending. */
  readonly lines: readonly number[];
  /** Of the first, from 1. */
  readonly column: number;
}

/** Line by line, of sources whose strings and comments are blanked. What is written instead stands behind the dash. */
const FORMS: readonly Form[] = [
  { text: 'def f(x): … — write function f(x) { … }', pattern: /^\s*(?:async\s+)?def\s+\w+\s*\(/u },
  { text: 'class C: … — write class C { … }', pattern: /^\s*class\s+\w+\s*(?:\([^{]*\))?\s*:\s*$/u },
  { text: 'elif … — write } else if (…) {', pattern: /^\s*elif\b/u },
  { text: 'if x: … — write if (x) { … }', pattern: /^\s*if\b[^{]*:(?:\s*$|\s+\S)/u },
  { text: 'else: … — write } else {', pattern: /^\s*else\s*:/u },
  { text: 'while x: … — write while (x) { … }', pattern: /^\s*while\b[^{]*:\s*$/u },
  { text: 'for x in list: … — write for (const x of list) { … }', pattern: /^\s*for\s+[\w\s,()]+?\s+in\b[^{]*:/u },
  { text: 'try: … except: … — write try { … } catch (error) { … }', pattern: /^\s*(?:try|finally|except\b[^{]*)\s*:/u },
  { text: 'with x as y: … — write const y = x;', pattern: /^\s*with\s+[^({][^{]*:\s*$/u },
  { text: 'pass — leave the block empty, { }', pattern: /^\s*pass\s*$/u },
  { text: 'raise X — write throw new Error(…)', pattern: /^\s*raise\b/u },
  { text: 'global x — take the line out, or keep x in g', pattern: /^\s*(?:global|nonlocal)\s+\w/u },
  { text: "del x — write delete d[x], of a list list.pop(i), of a table df.pop('a')", pattern: /^\s*del\s+\w/u },
  {
    text: 'from jqdata import * — take the line out, each name is there by itself',
    pattern: /^\s*from\s+(?:jqdata|kuanke\S*)\s+import\b/u,
  },
  {
    text: "import of Python's — take the line out (pd, talib, stats, Math and date are there), or write import { … } from '…'",
    pattern: /^\s*(?:from\s+(?!jqdata|kuanke)[\w.]+\s+import\b|import\s+[\w.]+(?:\s+as\s+\w+)?(?:\s*,\s*\w+)*\s*$)/u,
  },
  { text: 'x[1:3] — write x.slice(1, 3)', pattern: /[\w)\]']\[[^[\]{}?]*:[^[\]{}?]*\]/u },
  {
    text: '[f(x) for x in list if c] — write list.filter((x) => c).map((x) => f(x))',
    pattern: /\S.*\bfor\s+\w+(?:\s*,\s*\w+)*\s+in\b/u,
  },
  { text: 'a if c else b — write c ? a : b', pattern: /[\w)\]']\s+if\s+\S.*\selse\s+\S/u },
  { text: 'lambda x: … — write (x) => …', pattern: /\blambda\b[^:]*:/u },
  { text: 'x not in list — write !list.includes(x)', pattern: /\bnot\s+in\b/u },
  { text: 'not x — write !x, of a list list.length === 0', pattern: /(?:^|[\s([=,])not\s+(?!in\b)[\w('[-]/u },
  { text: 'and, or — write && and ||', pattern: /[\w)\]']\s+(?:and|or)\s+[\w('"[!-]/u },
  { text: 'x is None — write x == null', pattern: /\bis\s+(?:not\s+)?None\b/u },
  { text: 'None, True, False — write null, true, false', pattern: /\b(?:None|True|False)\b/u },
  {
    text: '*args, **kwargs of a def — write ...args, or one object of options',
    pattern: /^\s*def\b.*[(,]\s*\*{1,2}\w/u,
  },
  { text: 'print x — write print(x)', pattern: /^\s*print\s+[\w']/u },
  {
    text: 'f(name=value) — write f({ name: value }), as the last argument',
    pattern: /^(?!.*(?:\bfunction\b|=>|\bdef\b|\bconstructor\b)).*[\w)\]]\((?:[^()]*,)?\s*[a-z_]\w*\s*=(?![=>])/u,
    weak: true,
  },
  { text: 'a, b = f() — write const [a, b] = f();', pattern: /^\s*\w+(?:\s*,\s*\w+)+\s*=(?!=)/u, weak: true },
];

/**
 * The usual forms of Python in a source that does not parse, by the line they are met first; none when it looks like TypeScript with
 * a mistake in it.
 */
export function pythonIn(source: string): PythonForm[] {
  const { text, hashes, formats, docs } = masked(source);
  const place = placesIn(source);
  const found: (PythonForm & { readonly weak: boolean })[] = FORMS.flatMap(({ text: advice, pattern, weak }) => {
    const lines = text.split('\n').flatMap((line, index) => (pattern.test(line) ? [index + 1] : []));
    const [first] = lines;
    if (first === undefined) return [];
    const column = (text.split('\n')[first - 1]?.search(/\S/u) ?? 0) + 1;
    return [{ text: advice, lines, column, weak: weak === true }];
  });
  const at = (advice: string, offsets: readonly number[]): void => {
    const [first] = offsets;
    if (first === undefined) return;
    const lines = [...new Set(offsets.map((offset) => place(offset).line))];
    found.push({ text: advice, lines, column: place(first).column, weak: false });
  };
  at('# … begins no comment — write // …', hashes);
  at("f'{x:.2f}' — write `${x.toFixed(2)}`, a template", formats);
  at('""" … """ — write /** … */, a text over several lines as `…`', docs);
  if (found.every(({ weak }) => weak)) return [];
  const byLine = found.toSorted((a, b) => (a.lines[0] ?? 0) - (b.lines[0] ?? 0));
  return byLine.map(({ text: advice, lines, column }) => ({ text: advice, lines, column }));
}
