import type { ParseResult } from 'oxc-parser';
import type { FindingAt } from './finding.ts';
import { COMPARED } from './compared.ts';
import { Kinds, propertyOf } from './kinds.ts';
import { LISTS } from './lists.ts';
import { isNode, walk } from './syntax.ts';
import { TEXTS } from './texts.ts';
import { TIMES_AND_TABLES } from './times-and-tables.ts';
import { error, isNumber, sidesOf } from './trap.ts';
import type { Trap } from './trap.ts';
import { TRUTHS } from './truths.ts';

/** What runs in JavaScript and means something else than in Python, where a reading of the file can know it. */
export function trapsIn(parsed: ParseResult, source: string): FindingAt[] {
  const kinds = new Kinds(parsed.program);
  const found: FindingAt[] = [];
  walk(parsed.program, (node, parent, key) => {
    for (const trap of TRAPS) {
      const finding = trap(node, kinds, parent, key);
      if (finding !== null) found.push({ ...finding, at: node.start });
    }
  });
  return [...found, ...divisionsIn(parsed, source)];
}

/** Where a position counts from the end as in Python: members of tables. Numbers of a Series (`values`) are an array, where it does not. */
const FROM_THE_END: ReadonlySet<string> = new Set(['iloc', 'index', 'columns']);

const negativeIndex: Trap = (node) => {
  const { property, object } = node;
  if (node.type !== 'MemberExpression' || node['computed'] !== true || !isNode(property)) return null;
  if (isNode(object) && FROM_THE_END.has(propertyOf(object) ?? '')) return null;
  const isNegative =
    property.type === 'UnaryExpression' && property['operator'] === '-' && isNumber(property['argument']);
  return isNegative ? error('NEGATIVE_INDEX', 'x[-1] is undefined in JavaScript: write x.at(-1).') : null;
};

const commaInBrackets: Trap = (node) =>
  node.type === 'MemberExpression' &&
  node['computed'] === true &&
  isNode(node['property']) &&
  node['property'].type === 'SequenceExpression'
    ? error('COMMA_IN_BRACKETS', 'x[a, b] is x[b] in JavaScript: write df.loc(a, b), df.iloc(a, b).')
    : null;

const masks: Trap = (node, kinds) => {
  if (node.type === 'LogicalExpression' && sidesOf(node, kinds).every((kind) => kind === 'mask'))
    return error(
      'LOGIC_OF_SERIES',
      `a ${String(node['operator'])} b of two Series is one of them: write a.${node['operator'] === '&&' ? 'and' : 'or'}(b).`,
    );
  if (node.type === 'UnaryExpression' && node['operator'] === '!' && kinds.of(node['argument']) === 'mask')
    return error('LOGIC_OF_SERIES', '!series is always false: write series.not().');
  return null;
};

const unboundKey: Trap = (node) => {
  if (node.type !== 'Property' || !isNode(node['key']) || node['key']['name'] !== 'key' || !isNode(node['value']))
    return null;
  return propertyOf(node['value']) === 'get'
    ? error('UNBOUND_METHOD', 'a method alone forgets its object: write key: (x) => scores.get(x).')
    : null;
};

const TRAPS: readonly Trap[] = [
  negativeIndex,
  commaInBrackets,
  masks,
  ...LISTS,
  ...TRUTHS,
  ...COMPARED,
  ...TEXTS,
  ...TIMES_AND_TABLES,
  unboundKey,
];

/** `x = a // 100` divides in Python and begins a comment here. */
function divisionsIn({ comments }: ParseResult, source: string): FindingAt[] {
  return comments.flatMap(({ type, start, value }) => {
    const before = source.slice(source.lastIndexOf('\n', start - 1) + 1, start);
    const isDivision =
      type === 'Line' &&
      /[\w)\]]\s*$/.test(before) &&
      /[=(,]/.test(before) &&
      /^\s*[\w.()]+\s*[;)]?\s*$/.test(value) &&
      !/^\s*[a-z]+\s*$/i.test(value);
    if (!isDivision) return [];
    const text = '// begins a comment: write Math.floor(a / b).';
    return [{ level: 'warning', code: 'FLOOR_DIVISION', text, at: start } satisfies FindingAt];
  });
}
