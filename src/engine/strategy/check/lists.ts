import type { Kind } from './kinds.ts';
import { isNode } from './syntax.ts';
import { COMPARISONS, EQUALITIES, error, isNothing, isWords, methodCall, SET_OPERATORS, sidesOf } from './trap.ts';
import type { Trap } from './trap.ts';

const inList: Trap = (node, kinds) => {
  if (node.type !== 'BinaryExpression' || node['operator'] !== 'in') return null;
  const kind = kinds.of(node['right']);
  if (kind === 'set') return error('IN_SET', '"x in set" asks for a member of the object: write set.has(x).');
  if (kind !== 'list') return null;
  return error('IN_LIST', '"x in list" asks for a position, not for a member: write list.includes(x).');
};

/** What Python's operators make of lists and sets, and JavaScript's do not. */
const listOperators: Trap = (node, kinds) => {
  if (node.type !== 'BinaryExpression') return null;
  const { operator, left, right } = node;
  const both = sidesOf(node, kinds);
  const isAll = (kind: Kind): boolean => both.every((one) => one === kind);
  const isSum = isAll('list') || ([left, right].some(isLiteral) && ![left, right].some(isWords));
  if (operator === '+' && isSum) return error('SUM_OF_LISTS', 'a + b of two lists is a text: write [...a, ...b].');
  if (operator === '*' && both.includes('list'))
    return error('REPEATED_LIST', '[x] * n is no list: write Array.from({ length: n }, () => x).');
  if (COMPARISONS.has(operator) && isAll('list'))
    return error('COMPARED_LISTS', 'a < b of two lists compares their texts: compare their members, a[0] < b[0].');
  return SET_OPERATORS.has(operator) && isAll('set')
    ? error('SET_OPERATOR', 'operators on sets give a number: write a.intersection(b), a.union(b), a.difference(b).')
    : null;
};

/** `a += [x]` */
const listAdded: Trap = (node, kinds) =>
  node.type === 'AssignmentExpression' && node['operator'] === '+=' && sidesOf(node, kinds).includes('list')
    ? error('SUM_OF_LISTS', 'a += b with a list is a text: write a.extend(b).')
    : null;

function isLiteral(value: unknown): boolean {
  return isNode(value) && value.type === 'ArrayExpression';
}

/** Python's tuple is JavaScript's last value; `a, b = f()` is a, and then b = f(). */
const commaOutside: Trap = (node, _kinds, parent, key) => {
  if (node.type !== 'SequenceExpression') return null;
  const isLoop = parent?.type === 'ForStatement' && key !== 'test';
  const isBrackets = parent?.type === 'MemberExpression' && key === 'property'; // COMMA_IN_BRACKETS
  return isLoop || isBrackets
    ? null
    : error('COMMA_EXPRESSION', 'a, b is b in JavaScript, in brackets too: write [a, b].');
};

/** What `for … in` goes over, where `of` is meant. */
const PLACES: ReadonlySet<string> = new Set(['index', 'columns', 'values']);

const forInList: Trap = (node, kinds) => {
  if (node.type !== 'ForInStatement') return null;
  const { left, right } = node;
  const isOfTable = isNode(right) && right.type === 'MemberExpression' && PLACES.has(String(nameIn(right)));
  if (kinds.of(right) !== 'list' && !isOfTable && !isPattern(left)) return null;
  return error('FOR_IN_LIST', 'for … in goes over positions, as texts: write for (const x of list).');
};

function nameIn(node: { readonly [key: string]: unknown }): unknown {
  return isNode(node['property']) ? node['property']['name'] : null;
}

/** `for (const [i, x] in …)` */
function isPattern(left: unknown): boolean {
  if (!isNode(left)) return false;
  const { declarations } = left;
  const [first]: unknown[] = Array.isArray(declarations) ? declarations : [];
  const target = isNode(first) ? first['id'] : left;
  return isNode(target) && target.type === 'ArrayPattern';
}

/** `delete list[0]` leaves a gap, of a table or a Map it does nothing. */
const deleted: Trap = (node, kinds) => {
  const { argument } = node;
  if (node.type !== 'UnaryExpression' || node['operator'] !== 'delete' || !isNode(argument)) return null;
  if (argument.type !== 'MemberExpression') return null;
  const kind = kinds.of(argument['object']);
  if (kind === 'list') return error('DELETED_ITEM', 'delete list[0] leaves a gap: write list.pop(0), list.remove(x).');
  if (kind === 'set') return error('DELETED_ITEM', 'delete m[k] does nothing to a Map: write m.delete(k).');
  return kind === 'table' || kind === 'series'
    ? error('DELETED_ITEM', "delete df['a'] does nothing: write df.pop('a'), df = df.drop('a', { axis: 1 }).")
    : null;
};

/** `m[k]` of a Map, `seen.length` of a Set. */
const mapMember: Trap = (node, kinds, parent) => {
  if (node.type !== 'MemberExpression' || parent?.['operator'] === 'delete') return null;
  const kind = kinds.of(node['object']);
  if (node['computed'] === true)
    return kind === 'set'
      ? error('BRACKETS_OF_MAP', 'm[k] is no entry of a Map or Set: write m.get(k), m.set(k, v), seen.has(x).')
      : null;
  if (nameIn(node) !== 'length' || (kind !== 'set' && kind !== 'dict')) return null;
  return error('LENGTH_OF_SET', 'sets and objects have no length: write seen.size, len(d).');
};

/** What compares texts, given a list. */
const listAsText: Trap = (node, kinds) => {
  const call = methodCall(node);
  if (call === null) return null;
  const [value] = call.values;
  if (['startsWith', 'endsWith'].includes(call.name) && kinds.of(value) === 'list')
    return error('LIST_AS_TEXT', 'startsWith takes one text, a list is never found: write x.startswith([a, b]).');
  return ['includes', 'indexOf'].includes(call.name) && isLiteral(value)
    ? error('SAME_LIST', 'a list made here is in no other list: write has(list, [a, b]).')
    : null;
};

/** What is made here is equal to nothing that was made elsewhere. */
const MADE: ReadonlySet<string> = new Set(['ArrayExpression', 'ObjectExpression', 'NewExpression']);

const sameList: Trap = (node, kinds) => {
  if (node.type !== 'BinaryExpression' || !EQUALITIES.has(node['operator'])) return null;
  const { left, right } = node;
  if ([left, right].some(isNothing)) return null;
  const [a = null, b = null] = sidesOf(node, kinds);
  const isMade = [left, right].some((side) => isNode(side) && MADE.has(side.type));
  if (a === 'list' && b === 'list')
    return error(
      'SAME_LIST',
      'two lists are never the same object: compare their members, or JSON.stringify(a) and (b).',
    );
  if (!isMade && !(a === b && (a === 'set' || a === 'dict'))) return null;
  return error(
    'SAME_LIST',
    'what is made here is the same object as nothing else: write len(x) === 0, or compare str(a) and str(b).',
  );
};

/** What is written of lists, sets and dicts as in Python. */
export const LISTS: readonly Trap[] = [
  inList,
  listOperators,
  listAdded,
  commaOutside,
  forInList,
  deleted,
  mapMember,
  listAsText,
  sameList,
];
