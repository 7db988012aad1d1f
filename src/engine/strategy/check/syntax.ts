import { visitorKeys } from 'oxc-parser';

/** A part of a parsed file, with its type's own members. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Parts of a node that hold types, which do nothing when a strategy runs. */
const TYPES: ReadonlySet<string> = new Set([
  'typeAnnotation',
  'typeParameters',
  'typeArguments',
  'returnType',
  'superTypeArguments',
  'implements',
]);
const LEFT_OUT: ReadonlySet<string> = new Set([
  'ImportDeclaration',
  'TSInterfaceDeclaration',
  'TSTypeAliasDeclaration',
  'TSDeclareFunction',
]);

/** Every part that does something when the file runs, with the part that holds it and under which key; outer parts first. */
export function walk(
  value: unknown,
  visit: (node: Node, parent: Node | null, key: string) => void,
  parent: Node | null = null,
  at = '',
): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit, parent, at);
    return;
  }
  if (!isNode(value) || LEFT_OUT.has(value.type)) return;
  visit(value, parent, at);
  // What a pattern names stands in properties, as what an object holds does.
  const isPart = value.type === 'Property' && parent?.type === 'ObjectPattern';
  const above = isPart ? { ...value, type: 'PatternProperty' } : value;
  for (const key of visitorKeys[value.type] ?? []) if (!TYPES.has(key)) walk(value[key], visit, above, key);
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Where a name is given to something: variables, functions and their parameters, classes, patterns. */
export function isBinding(parent: Node | null, key: string): boolean {
  switch (parent?.type ?? '') {
    case 'VariableDeclarator':
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ClassDeclaration':
    case 'ClassExpression':
      return key === 'id' || key === 'params';
    case 'ArrowFunctionExpression':
      return key === 'params';
    case 'CatchClause':
      return key === 'param';
    case 'ArrayPattern':
    case 'RestElement':
      return true;
    case 'AssignmentPattern':
      return key === 'left';
    case 'PatternProperty':
      return key === 'value';
    default:
      return false;
  }
}

const LABELLED: ReadonlySet<string> = new Set(['ExportSpecifier', 'ExportAllDeclaration', 'MetaProperty']);

/** A word that names no variable: a property, a key, a label, what is exported. */
export function isLabel(parent: Node | null, key: string): boolean {
  if (parent === null) return false;
  if (parent.type === 'MemberExpression') return key === 'property' && parent['computed'] !== true;
  if (key === 'key') return parent['computed'] !== true;
  return key === 'label' || LABELLED.has(parent.type);
}

/** Line and column, from 1, of an offset. */
export function placesIn(source: string): (at: number) => { readonly line: number; readonly column: number } {
  const starts = [0, ...Array.from(source.matchAll(/\n/gu), ({ index }) => index + 1)];
  return (at) => {
    const line = starts.findLastIndex((start) => start <= at);
    return { line: line + 1, column: at - (starts[line] ?? 0) + 1 };
  };
}
