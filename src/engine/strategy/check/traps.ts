import type { ParseResult } from 'oxc-parser';
import type { FindingAt } from './finding.ts';
import { Kinds, propertyOf, type Kind } from './kinds.ts';
import { isNode, walk } from './syntax.ts';
import { TIMES_AND_TABLES } from './times-and-tables.ts';
import { COMPARISONS, EQUALITIES, error, judged, SET_OPERATORS, warning } from './trap.ts';
import type { Trap } from './trap.ts';
import type { Node } from './syntax.ts';

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

const inList: Trap = (node, kinds) => {
  if (node.type !== 'BinaryExpression' || node['operator'] !== 'in') return null;
  const kind = kinds.of(node['right']);
  if (kind === 'set') return error('IN_SET', '"x in set" asks for a member of the object: write set.has(x).');
  if (kind !== 'list') return null;
  return error('IN_LIST', '"x in list" asks for a position, not for a member: write list.includes(x).');
};

const chained: Trap = (node) => {
  const { left } = node;
  const isChain =
    node.type === 'BinaryExpression' &&
    COMPARISONS.has(node['operator']) &&
    isNode(left) &&
    left.type === 'BinaryExpression' &&
    COMPARISONS.has(left['operator']);
  return isChain ? error('CHAINED_COMPARISON', 'a < b < c compares true or false with c: write a < b && b < c.') : null;
};

const truthOfList: Trap = (node, kinds, parent, key) => {
  const isTest =
    (key === 'test' && parent !== null) || (parent?.type === 'UnaryExpression' && parent['operator'] === '!');
  const judgedKinds = isTest ? judged(node).map((part) => kinds.of(part)) : [];
  const kind = judgedKinds.find((one) => one === 'list' || one === 'set');
  if (kind === 'list') return error('TRUTH_OF_LIST', 'a list is true also when it is empty: write list.length > 0.');
  if (kind === 'set') return error('TRUTH_OF_LIST', 'a set is true also when it is empty: write set.size > 0.');
  return null;
};

function sidesOf({ left, right }: Node, kinds: Kinds): (Kind | null)[] {
  return [kinds.of(left), kinds.of(right)];
}

/** What Python's operators make of lists and sets, and JavaScript's do not. */
const listOperators: Trap = (node, kinds) => {
  if (node.type !== 'BinaryExpression') return null;
  const { operator } = node;
  const both = sidesOf(node, kinds);
  const isAll = (kind: Kind): boolean => both.every((one) => one === kind);
  if (operator === '+' && isAll('list'))
    return error('SUM_OF_LISTS', 'a + b of two lists is a text: write [...a, ...b].');
  if (operator === '*' && both.includes('list'))
    return error('REPEATED_LIST', '[x] * n is no list: write Array.from({ length: n }, () => x).');
  if (SET_OPERATORS.has(operator) && isAll('set'))
    return error(
      'SET_OPERATOR',
      'operators on sets give a number: write a.intersection(b), a.union(b), a.difference(b).',
    );
  return EQUALITIES.has(operator) && isAll('list')
    ? error('SAME_LIST', 'two lists are never the same object: compare their members, or JSON.stringify(a) and (b).')
    : null;
};

/** `'%.2f' % x` is NaN. */
const percentFormat: Trap = (node) =>
  node.type === 'BinaryExpression' &&
  node['operator'] === '%' &&
  (isText(node['left']) || (isNode(node['left']) && node['left'].type === 'TemplateLiteral'))
    ? error('PERCENT_FORMAT', "'%s' % x is NaN: write fmt('%s', x).")
    : null;

/** `'' + {…}`, `${log}`: JavaScript's word for any object. */
const textOfObject: Trap = (node, kinds) => {
  const isSum = node.type === 'BinaryExpression' && node['operator'] === '+';
  const sides = isSum ? [node['left'], node['right']] : [];
  const parts: unknown = node.type === 'TemplateLiteral' ? node['expressions'] : sides;
  if (!Array.isArray(parts) || (isSum && !sides.some(isWords))) return null;
  const kind = parts.map((part) => kinds.of(part)).find((one) => one === 'dict' || one === 'library');
  if (kind === undefined) return null;
  return kind === 'dict'
    ? warning('TEXT_OF_OBJECT', "an object in a text is '[object Object]': write str(d), or print('…', d).")
    : warning(
        'TEXT_OF_OBJECT',
        'a library in a text says nothing: name what of it you mean, np.mean(x), log.info(text).',
      );
};

const forInList: Trap = (node, kinds) =>
  node.type === 'ForInStatement' && kinds.of(node['right']) === 'list'
    ? warning('FOR_IN_LIST', 'for … in goes over positions, as texts: write for (const x of list).')
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

const times: Trap = (node, kinds) =>
  node.type === 'BinaryExpression' &&
  EQUALITIES.has(node['operator']) &&
  sidesOf(node, kinds).every((kind) => kind === 'time')
    ? error('SAME_TIME', 'two times are never the same object: write a.eq(b), or compare their texts.')
    : null;

const writeIntoCopy: Trap = (node) => {
  const { left } = node;
  if (node.type !== 'AssignmentExpression' || !isNode(left) || left.type !== 'MemberExpression') return null;
  const { object } = left;
  const isTwice =
    left['computed'] === true && isNode(object) && object.type === 'MemberExpression' && object['computed'] === true;
  const isCell = isTwice && isText(object['property']) && isNumber(left['property']);
  return isCell
    ? warning('WRITE_INTO_COPY', "df['a'][0] = v writes into a copy: write df.loc.set(label, 'a', v).")
    : null;
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
  inList,
  chained,
  truthOfList,
  listOperators,
  percentFormat,
  textOfObject,
  forInList,
  masks,
  times,
  ...TIMES_AND_TABLES,
  writeIntoCopy,
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

function isNumber(value: unknown): boolean {
  return isNode(value) && value.type === 'Literal' && typeof value['value'] === 'number';
}

/** A text, or a sum or template of some. */
function isWords(value: unknown): boolean {
  if (!isNode(value)) return false;
  const isSum = value.type === 'BinaryExpression' && value['operator'] === '+';
  return (
    isText(value) || value.type === 'TemplateLiteral' || (isSum && (isWords(value['left']) || isWords(value['right'])))
  );
}

function isText(value: unknown): boolean {
  return isNode(value) && value.type === 'Literal' && typeof value['value'] === 'string';
}
