import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNode, nameOf, visits } from '../architecture/syntax.ts';
import type { SourceFile, SyntaxNode } from '../architecture/syntax.ts';

/** The first argument of one test, it or describe, with what a template has behind its first `${`. */
export interface Title {
  readonly path: string;
  readonly text: string;
}

const RUNNERS: ReadonlySet<string> = new Set(['test', 'it', 'describe']);
/** One id; several are joined with a slash. Ends at a colon, a slash or a blank. */
const ID = /^(?:A4-\d+|[BD]\d+|D\+[^\s:/]+)$/u;

/** Titles of all tests in a file, in the order of the text. */
export function titlesOf(file: SourceFile): Title[] {
  return visits(file).flatMap(({ node }) => {
    if (node.type !== 'CallExpression' || !isRunner(node['callee'])) return [];
    const [first] = Array.isArray(node['arguments']) ? (node['arguments'] as unknown[]) : [];
    const text = isNode(first) ? textOf(first) : null;
    return text === null ? [] : [{ path: file.path, text }];
  });
}

/** Ids a title starts with: `A4-1: …` one, `A4-1/A4-10: …` both, anything else none. */
export function idsOf(title: string): string[] {
  const colon = title.indexOf(':');
  const ids = colon < 0 ? [] : title.slice(0, colon).split('/');
  return ids.every((id) => ID.test(id)) ? ids : [];
}

/** Titles of everything under test/. */
export function allTitles(): Title[] {
  const root = fileURLToPath(new URL('../', import.meta.url));
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts') || path.endsWith('.contract.ts'))
    .toSorted()
    .flatMap((path) => titlesOf({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** `test`, `it.each(…)`, `describe.each`…`` and so on; what is skipped proves nothing. */
function isRunner(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === 'Identifier') return RUNNERS.has(nameOf(callee) ?? '');
  if (callee.type === 'CallExpression') return isRunner(callee['callee']);
  if (callee.type === 'TaggedTemplateExpression') return isRunner(callee['tag']);
  if (callee.type !== 'MemberExpression') return false;
  const property = isNode(callee['property']) ? nameOf(callee['property']) : null;
  return property !== 'skip' && property !== 'todo' && isRunner(callee['object']);
}

function textOf(node: SyntaxNode): string | null {
  if (node.type !== 'TemplateLiteral') return nameOf(node);
  const [head] = Array.isArray(node['quasis']) ? (node['quasis'] as unknown[]) : [];
  const value = isNode(head) ? (head['value'] as { readonly cooked?: unknown }) : {};
  return typeof value.cooked === 'string' ? value.cooked : null;
}
