import type { Kind } from './kinds.ts';
import { error, judged, type Trap } from './trap.ts';
import type { Node } from './syntax.ts';

const TEXTS = new Map<Kind, string>([
  ['list', 'a list is true also when it is empty: write list.length > 0.'],
  ['set', 'a set is true also when it is empty: write set.size > 0.'],
  ['dict', 'an object is true also when it is empty: write len(d) > 0.'],
  ['mapping', 'positions and orders are true also when there are none: write len(x) > 0.'],
]);

/** Parts of tests, which are looked at as a whole. */
const looked = new WeakSet<Node>();

const truthOfList: Trap = (node, kinds, parent, key) => {
  const isTest =
    (key === 'test' && parent !== null) || (parent?.type === 'UnaryExpression' && parent['operator'] === '!');
  const parts = isTest ? judged(node, looked) : chosenBy(node);
  const text = parts.map((part) => TEXTS.get(kinds.of(part) ?? 'time')).find((one) => one !== undefined);
  return text === undefined ? null : error('TRUTH_OF_LIST', text);
};

/** `x || [1]`, `x && x[0]`: Python gives the other side when x is empty. */
function chosenBy(node: Node): unknown[] {
  const isChoice = node.type === 'LogicalExpression' && node['operator'] !== '??' && !looked.has(node);
  return isChoice ? [node['left']] : [];
}

/** What is true in JavaScript and false in Python. */
export const TRUTHS: readonly Trap[] = [truthOfList];
