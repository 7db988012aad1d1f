import { posix } from 'node:path';
import { child, nameOf } from './syntax.ts';
import type { SyntaxNode, Visit } from './syntax.ts';

/** One arrow out of a file. `target`: a project path for relative imports, else the bare name; null = computed. */
export interface ImportArrow {
  readonly target: string | null;
  readonly relative: boolean;
  readonly start: number;
}

/** All ways to name a module: import, export from, import type, import(), import('x').T, require(), new URL(x, import.meta.url). */
export function importArrows(path: string, all: readonly Visit[]): ImportArrow[] {
  return all.flatMap(({ node }): ImportArrow[] => {
    const source = sourceOf(node);
    if (source === undefined) return [];
    const text = source?.type === 'Literal' ? nameOf(source) : null;
    if (text === null) return [{ target: null, relative: false, start: node.start }];
    const relative = text.startsWith('.');
    const target = relative ? posix.normalize(posix.join(posix.dirname(path), text)) : text;
    return [{ target, relative, start: node.start }];
  });
}

/** Undefined = this node imports nothing; null or a computed node = it does, but the text does not say what. */
function sourceOf(node: SyntaxNode): SyntaxNode | null | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return child(node, 'source');
    case 'ExportNamedDeclaration':
      return child(node, 'source') ?? undefined;
    case 'CallExpression':
      return nameOf(child(node, 'callee', 'Identifier')) === 'require' ? firstArgument(node) : undefined;
    case 'NewExpression':
      return isModuleUrl(node) ? scriptOrUnknown(firstArgument(node)) : undefined;
    default:
      return undefined;
  }
}

/** `new URL('./worker.ts', import.meta.url)` is how a worker's file is named. */
function isModuleUrl(node: SyntaxNode): boolean {
  if (nameOf(child(node, 'callee', 'Identifier')) !== 'URL') return false;
  const args = node['arguments'];
  const base: unknown = Array.isArray(args) ? args[1] : undefined;
  return JSON.stringify(base ?? null).includes('"MetaProperty"');
}

/** A data file is no module. */
function scriptOrUnknown(argument: SyntaxNode | null): SyntaxNode | null | undefined {
  const name = argument?.type === 'Literal' ? nameOf(argument) : null;
  return name !== null && !/\.[cm]?[jt]s$/u.test(name) ? undefined : argument;
}

function firstArgument(node: SyntaxNode): SyntaxNode | null {
  const args = node['arguments'];
  return Array.isArray(args) ? child({ ...node, first: args[0] as unknown }, 'first') : null;
}
