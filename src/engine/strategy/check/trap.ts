import type { FindingAt } from './finding.ts';
import type { Kinds } from './kinds.ts';
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

/** What a test asks the truth of: both sides of && and ||. */
export function judged(node: Node): unknown[] {
  if (node.type !== 'LogicalExpression') return [node];
  return [node['left'], node['right']].flatMap((side) => (isNode(side) ? judged(side) : []));
}
