import { parseSync } from 'oxc-parser';

/** A file of the project; `path` relative to its root, with forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A node of the syntax tree, as far as the law looks at it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface Visit {
  readonly node: SyntaxNode;
  readonly parent: SyntaxNode | null;
  /** The parent's property that holds the node. */
  readonly key: string;
}

/** Every node with its parent, in the order of the text. Throws on a file that does not parse. */
export function visits(file: SourceFile): Visit[] {
  const { program, errors } = parseSync(file.path, file.text);
  if (errors.length > 0) throw new Error(`${file.path}: ${errors[0]?.message ?? 'does not parse'}`);
  const found: Visit[] = [];
  const walk = (value: unknown, parent: SyntaxNode | null, key: string): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, parent, key);
    else if (isNode(value)) {
      found.push({ node: value, parent, key });
      for (const [name, child] of Object.entries(value)) walk(child, value, name);
    }
  };
  walk(program, null, '');
  return found;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** The child under `key` when it is a node of one of these types. */
export function child(node: SyntaxNode, key: string, ...types: string[]): SyntaxNode | null {
  const value = node[key];
  return isNode(value) && (types.length === 0 || types.includes(value.type)) ? value : null;
}

/** Name of an identifier, or value of a text literal; else null. */
export function nameOf(node: SyntaxNode | null): string | null {
  if (node === null) return null;
  if ((node.type === 'Identifier' || node.type === 'PrivateIdentifier') && typeof node['name'] === 'string') {
    return node['name'];
  }
  return node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null;
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
