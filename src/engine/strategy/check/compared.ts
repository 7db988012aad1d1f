import { isNode } from './syntax.ts';
import { COMPARISONS, EQUALITIES, error } from './trap.ts';
import type { Trap } from './trap.ts';

const isCompared = (operator: unknown): boolean => COMPARISONS.has(operator) || EQUALITIES.has(operator);

const chained: Trap = (node) => {
  const { left } = node;
  const isChain =
    node.type === 'BinaryExpression' &&
    isCompared(node['operator']) &&
    isNode(left) &&
    left.type === 'BinaryExpression' &&
    isCompared(left['operator']);
  return isChain ? error('CHAINED_COMPARISON', 'a < b < c compares true or false with c: write a < b && b < c.') : null;
};

/** `not a == b` of Python. */
const notBefore: Trap = (node) => {
  const { left, operator } = node;
  const isOne =
    node.type === 'BinaryExpression' &&
    (isCompared(operator) || operator === 'in' || operator === 'instanceof') &&
    isNode(left) &&
    left.type === 'UnaryExpression' &&
    left['operator'] === '!' &&
    !(isNode(left['argument']) && left['argument']['operator'] === '!');
  return isOne
    ? error('NOT_BEFORE_COMPARISON', '!a == b compares true or false with b: write !(a == b), a !== b.')
    : null;
};

/** Comparisons that JavaScript reads in another order. */
export const COMPARED: readonly Trap[] = [chained, notBefore];
