import { nameOf, propertyOf, TOTALS, type Kind } from './kinds.ts';
import { isNode } from './syntax.ts';
import {
  COMPARISONS,
  EQUALITIES,
  error,
  isNothing,
  isNumber,
  isText,
  isWords,
  judged,
  methodCall,
  sidesOf,
  warning,
} from './trap.ts';
import type { Trap } from './trap.ts';

const isMoment = (kind: Kind | null): boolean => kind === 'time' || kind === 'span';

/** `dt - timedelta(…)` is a number of milliseconds. */
const timeArithmetic: Trap = (node, kinds) => {
  if (node.type !== 'BinaryExpression') return null;
  const [left = null, right = null] = sidesOf(node, kinds);
  const operator = String(node['operator']);
  const isSum = ['+', '-'].includes(operator) && (isMoment(left) || (isMoment(right) && !isWords(node['left'])));
  const isProduct = ['*', '/'].includes(operator) && [left, right].includes('span');
  return isSum || isProduct
    ? error('TIME_ARITHMETIC', 'dt - x is a number of milliseconds or a text: write dt.sub(x) or dt.add(x).')
    : null;
};

/** Two of them are two objects, also at the same instant. */
const sameTime: Trap = (node, kinds) => {
  const call = methodCall(node);
  if (call !== null && ['includes', 'indexOf'].includes(call.name) && isMoment(kinds.of(call.values[0])))
    return error('SAME_TIME', 'a time made here is in no list: write has(list, t).');
  if (node.type !== 'BinaryExpression' || !EQUALITIES.has(node['operator'])) return null;
  const isOf = sidesOf(node, kinds).some(isMoment) && ![node['left'], node['right']].some(isNothing);
  return isOf
    ? error('SAME_TIME', 'two times are never the same object: write a.eq(b), or compare their texts.')
    : null;
};

/** luxon's weekday is a number, Python's a method that counts from 0. */
const weekdayOfTime: Trap = (node, kinds) => {
  const { callee } = node;
  const isCall = node.type === 'CallExpression' && isNode(callee) && propertyOf(callee) === 'weekday';
  return isCall && kinds.of(callee['object']) === 'time'
    ? error(
        'WEEKDAY_OF_TIME',
        'weekday of a time is a number, Monday 1: write t.isoweekday() - 1, or t.date().weekday().',
      )
    : null;
};

/** luxon's class is not made by its parts: what is given is left aside. */
const newDateTime: Trap = (node) => {
  const { callee } = node;
  const isNew = node.type === 'NewExpression' && isNode(callee) && callee['name'] === 'DateTime';
  return isNew
    ? error(
        'NEW_DATETIME',
        "new DateTime(…) is now whatever is given: write DateTime.local(2026, 7, 6, 9, 35), or DateTime.fromFormat(text, 'yyyy-MM-dd').",
      )
    : null;
};

/** `df[df['a'] == df['b']]` */
const comparisonInBrackets: Trap = (node) => {
  const { property } = node;
  if (node.type !== 'MemberExpression' || node['computed'] !== true || !isNode(property)) return null;
  const isComparison =
    property.type === 'BinaryExpression' &&
    (EQUALITIES.has(property['operator']) || COMPARISONS.has(property['operator']));
  return isComparison
    ? error('COMPARISON_IN_BRACKETS', "df[df.a == df.b] looks up 'true' or 'false': write df.loc(df.a.eq(df.b)).")
    : null;
};

/** `df[['a']]`: a list in brackets is the text of it. */
const listInBrackets: Trap = (node) => {
  const { property } = node;
  return node.type === 'MemberExpression' &&
    node['computed'] === true &&
    isNode(property) &&
    property.type === 'ArrayExpression'
    ? error('LIST_IN_BRACKETS', "x[['a']] is x['a'], and x[['a', 'b']] asks for 'a,b': write x.cols('a', 'b').")
    : null;
};

const isTable = (kind: Kind | null): boolean => kind === 'table' || kind === 'series' || kind === 'mask';

/** pandas raises; here every object is true. A `!` before a column of true and false has a finding of its own. */
const truthOfTable: Trap = (node, kinds, parent, key) => {
  const isNot = parent?.type === 'UnaryExpression' && parent['operator'] === '!';
  if (!(key === 'test' && parent !== null) && !isNot) return null;
  const kind = judged(node)
    .map((part) => kinds.of(part))
    .find(isTable);
  if (kind === undefined || (isNot && kind === 'mask')) return null;
  return kind === 'table'
    ? error('TRUTH_OF_TABLE', 'a table is true also when it is empty: write df.empty, or df.length > 0.')
    : error('TRUTH_OF_TABLE', 'a Series is always true, where pandas raises: write s.any(), s.all() or s.length > 0.');
};

const ARITHMETIC: ReadonlySet<unknown> = new Set(['+', '-', '*', '/', '%', '**', '&', '|', '^']);

/** `s1 > s2`, `df.close * 2`: throws when it is reached. */
const operatorOfTable: Trap = (node, kinds) => {
  if (node.type !== 'BinaryExpression') return null;
  const { left, right, operator } = node;
  const sides = [left, right];
  const isOperand = sides.some((side) => isTable(kinds.of(side)));
  const isEquality = EQUALITIES.has(operator) && !sides.some(isNothing);
  return isOperand && (COMPARISONS.has(operator) || ARITHMETIC.has(operator) || isEquality)
    ? error(
        'OPERATOR_OF_TABLE',
        `a ${String(operator)} b does not calculate with a table or Series: write a.add(b), a.gt(b), a.eq(b), a.and(b) and the like.`,
      )
    : null;
};

/** `s.mean > 3`: Python raises, here it is false. */
const notCalled: Trap = (node, kinds) => {
  const { left, right, operator } = node;
  if (node.type !== 'BinaryExpression' || !(COMPARISONS.has(operator) || ARITHMETIC.has(operator))) return null;
  const isMethod = (side: unknown): boolean =>
    isNode(side) && TOTALS.has(propertyOf(side) ?? '') && isTable(kinds.of(side['object']));
  return [left, right].some(isMethod)
    ? error('METHOD_NOT_CALLED', 'a method that is not called is no number: write its brackets, s.mean().')
    : null;
};

const loopOverTable: Trap = (node, kinds) => {
  const kind = kinds.of(node['right']);
  if (!isTable(kind)) return null;
  if (node.type === 'ForInStatement')
    return error(
      'FOR_IN_TABLE',
      kind === 'table'
        ? 'for … in goes over nothing of a table: write for (const name of df.columns), or for (const [label, row] of df.iterrows()).'
        : 'for … in goes over nothing of a Series: write for (const x of s), or for (const [label, x] of s.items()).',
    );
  return node.type === 'ForOfStatement' && kind === 'table'
    ? warning(
        'FOR_OF_TABLE',
        'for … of goes over the names of the columns, as in pandas; for rows write df.iterrows().',
      )
    : null;
};

const ROWS: ReadonlySet<string> = new Set(['loc', 'iloc', 'at', 'iat', 'ix']);

/** `df['a'][0] = v`, `df.loc['x']['a'] = v`, `df.close['x'] = v` */
const writeIntoCopy: Trap = (node, kinds) => {
  const { left } = node;
  if (node.type !== 'AssignmentExpression' || !isNode(left) || left.type !== 'MemberExpression') return null;
  const { object } = left;
  if (left['computed'] !== true || !isNode(object) || object.type !== 'MemberExpression') return null;
  const { object: owner, computed } = object;
  const isCell = computed === true && isText(object['property']) && isNumber(left['property']);
  const isOfRow = computed === true && isNode(owner) && ROWS.has(propertyOf(owner) ?? '');
  return isCell || isOfRow || (kinds.of(owner) === 'table' && kinds.of(object) === 'series')
    ? warning('WRITE_INTO_COPY', "df['a'][0] = v writes into a copy: write df.loc.set(label, 'a', v).")
    : null;
};

/** `JSON.parse(read_file(…))` */
const bytesAsText: Trap = (node, kinds) => {
  const { callee } = node;
  if (node.type !== 'CallExpression' || !isNode(callee)) return null;
  const text = 'read_file gives bytes: write read_file(path).decode() for its text.';
  const [first]: unknown[] = Array.isArray(node['arguments']) ? node['arguments'] : [];
  if (nameOf(callee) === 'JSON.parse') return kinds.of(first) === 'bytes' ? error('BYTES_AS_TEXT', text) : null;
  const isOfText = ['split', 'splitlines', 'trim', 'strip'].includes(propertyOf(callee) ?? '');
  return isOfText && kinds.of(callee['object']) === 'bytes' ? error('BYTES_AS_TEXT', text) : null;
};

/** What is written of instants and tables as in Python. */
export const TIMES_AND_TABLES: readonly Trap[] = [
  timeArithmetic,
  sameTime,
  writeIntoCopy,
  newDateTime,
  weekdayOfTime,
  comparisonInBrackets,
  listInBrackets,
  truthOfTable,
  operatorOfTable,
  notCalled,
  loopOverTable,
  bytesAsText,
];
