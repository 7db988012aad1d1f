import type { FindingAt } from './finding.ts';
import type { Kind, Kinds } from './kinds.ts';
import { propertyOf } from './kinds.ts';
import { isNode, type Node } from './syntax.ts';

/** Looks at one part of a file; null = nothing is found there. */
export type Trap = (node: Node, kinds: Kinds, parent: Node | null, key: string) => Omit<FindingAt, 'at'> | null;

export function error(code: string, text: string): Omit<FindingAt, 'at'> {
  return { level: 'error', code, text };
}

export function warning(code: string, text: string): Omit<FindingAt, 'at'> {
  return { level: 'warning', code, text };
}

export const SET_OPERATORS: ReadonlySet<unknown> = new Set(['&', '|', '-', '^']);
export const COMPARISONS: ReadonlySet<unknown> = new Set(['<', '>', '<=', '>=']);
export const EQUALITIES: ReadonlySet<unknown> = new Set(['==', '===', '!=', '!==']);

/** What a test asks the truth of: both sides of && and ||. The parts it went through are added to `looked`. */
export function judged(node: Node, looked?: WeakSet<Node>): unknown[] {
  looked?.add(node);
  if (node.type === 'ParenthesizedExpression' && isNode(node['expression'])) return judged(node['expression'], looked);
  if (node.type !== 'LogicalExpression') return [node];
  return [node['left'], node['right']].flatMap((side) => (isNode(side) ? judged(side, looked) : []));
}

export function sidesOf({ left, right }: Node, kinds: Kinds): (Kind | null)[] {
  return [kinds.of(left), kinds.of(right)];
}

export function isNumber(value: unknown): boolean {
  return isNode(value) && value.type === 'Literal' && typeof value['value'] === 'number';
}

export function isText(value: unknown): boolean {
  return isNode(value) && value.type === 'Literal' && typeof value['value'] === 'string';
}

/** A text, or a sum or template of some. */
export function isWords(value: unknown): boolean {
  if (!isNode(value)) return false;
  if (value.type === 'ParenthesizedExpression') return isWords(value['expression']);
  const isSum = value.type === 'BinaryExpression' && value['operator'] === '+';
  return (
    isText(value) || value.type === 'TemplateLiteral' || (isSum && (isWords(value['left']) || isWords(value['right'])))
  );
}

/** `null` and `undefined`. */
export function isNothing(value: unknown): boolean {
  return isNode(value) && (value.type === 'Literal' ? value['raw'] === 'null' : value['name'] === 'undefined');
}

/** The method's name, what it is called on and with; null for anything else. */
export function methodCall(node: Node): { name: string; object: unknown; values: readonly unknown[] } | null {
  const { callee } = node;
  if (node.type !== 'CallExpression' || !isNode(callee)) return null;
  const name = propertyOf(callee);
  return name === null ? null : { name, object: callee['object'], values: node['arguments'] as readonly unknown[] }; // of a call
}
