import { child, lineAt, nameOf } from './syntax.ts';
import type { SourceFile, SyntaxNode, Visit } from './syntax.ts';

export const MAX_FILE_LINES = 250;
export const MAX_FUNCTION_LINES = 40;

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** A function with the lines it takes, from its first to its last one. */
export interface FunctionLength {
  readonly name: string;
  readonly start: number;
  readonly lines: number;
}

export function fileLines(file: SourceFile): number {
  return file.text.trimEnd().split('\n').length;
}

export function functionLengths(file: SourceFile, all: readonly Visit[]): FunctionLength[] {
  return all
    .filter(({ node }) => FUNCTIONS.has(node.type))
    .map(({ node, parent }) => ({
      name: functionName(node, parent),
      start: node.start,
      lines: lineAt(file.text, node.end) - lineAt(file.text, node.start) + 1,
    }));
}

/** Its own name, or that of the variable, property or method that holds it. */
function functionName(node: SyntaxNode, parent: SyntaxNode | null): string {
  const own = nameOf(child(node, 'id'));
  if (own !== null) return own;
  if (parent === null) return 'anonymous';
  return nameOf(child(parent, 'id')) ?? nameOf(child(parent, 'key')) ?? 'anonymous';
}
