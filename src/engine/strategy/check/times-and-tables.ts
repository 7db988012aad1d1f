import { isNode } from './syntax.ts';
import { COMPARISONS, EQUALITIES, error } from './trap.ts';
import type { Trap } from './trap.ts';

/** `dt - timedelta(…)` is a number of milliseconds. */
const timeArithmetic: Trap = (node, kinds) =>
  node.type === 'BinaryExpression' && ['+', '-'].includes(String(node['operator'])) && kinds.of(node['left']) === 'time'
    ? error('TIME_ARITHMETIC', 'dt - x is a number of milliseconds or a text: write dt.sub(x) or dt.add(x).')
    : null;

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

/** What is written of instants and tables as in Python. */
export const TIMES_AND_TABLES: readonly Trap[] = [timeArithmetic, newDateTime, comparisonInBrackets];
