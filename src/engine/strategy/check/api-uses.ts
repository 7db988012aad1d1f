import { visitorKeys } from 'oxc-parser';
import type { ParseResult } from 'oxc-parser';
import { libraryOf } from '../../../../runtime/libraries/names.ts';

/** A name of the API in a source; line and column count from 1. */
export interface ApiUse {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** Modules whose exports are the API; names of it may come from JoinQuant's libraries too. */
const MODULES: ReadonlySet<string> = new Set(['jqdata', 'bt-live/jqdata']);
const isOurs = (module: string): boolean => MODULES.has(module) || libraryOf(module) !== null;

/**
 * Where a parsed file uses names of the API: imported ones, also under another name, members of the module as a whole, and those that
 * are there without an import. A name that the file declares itself, wherever in it, is its own. In source order.
 */
export function apiUses(parsed: ParseResult, source: string, names: ReadonlySet<string>): ApiUse[] {
  const imports = importsOf(parsed, names);
  const found: { readonly name: string; readonly at: number }[] = [];
  const own = new Set(imports.foreign);
  const bare: { readonly name: string; readonly at: number }[] = [];
  walk(parsed.program, (node, parent, key) => {
    if (node.type === 'MemberExpression') {
      const name = memberOf(node, imports.wholes);
      if (name !== null && names.has(name)) found.push({ name, at: node.start });
    } else if (node.type === 'Identifier' && typeof node['name'] === 'string') {
      if (isBinding(parent, key)) own.add(node['name']);
      else if (!isLabel(parent, key)) bare.push({ name: node['name'], at: node.start });
    }
  });
  for (const { name, at } of bare) {
    const imported = imports.named.get(name);
    if (imported !== undefined) found.push({ name: imported, at });
    else if (names.has(name) && !own.has(name)) found.push({ name, at });
  }
  const places = placesIn(source);
  return found.toSorted((a, b) => a.at - b.at).map(({ name, at }) => ({ name, ...places(at) }));
}

interface Imports {
  /** API name by its name in the file. */
  readonly named: ReadonlyMap<string, string>;
  /** Names under which the whole module is known. */
  readonly wholes: ReadonlySet<string>;
  /** Names of what comes from elsewhere. */
  readonly foreign: ReadonlySet<string>;
}

function importsOf(parsed: ParseResult, names: ReadonlySet<string>): Imports {
  const [named, wholes, foreign] = [new Map<string, string>(), new Set<string>(), new Set<string>()];
  for (const { moduleRequest, entries } of parsed.module.staticImports) {
    for (const { importName, localName, isType } of entries) {
      if (isType) continue;
      if (!isOurs(moduleRequest.value)) foreign.add(localName.value);
      else if (importName.name == null) wholes.add(localName.value); // default, or * as
      else if (names.has(importName.name)) named.set(localName.value, importName.name);
    }
  }
  return { named, wholes, foreign };
}

interface Node {
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

function walk(
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

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** `jq.get_price` → get_price. */
function memberOf({ object, property, computed }: Node, wholes: ReadonlySet<string>): string | null {
  if (computed === true || !isNode(object) || !isNode(property)) return null;
  const isWhole = object.type === 'Identifier' && typeof object['name'] === 'string' && wholes.has(object['name']);
  return isWhole && typeof property['name'] === 'string' ? property['name'] : null;
}

/** Where a name is given to something: variables, functions and their parameters, classes, patterns. */
function isBinding(parent: Node | null, key: string): boolean {
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

/** A word that names no variable: a property, a key, a label, what is exported. */
function isLabel(parent: Node | null, key: string): boolean {
  if (parent === null) return false;
  if (parent.type === 'MemberExpression') return key === 'property' && parent['computed'] !== true;
  if (key === 'key') return parent['computed'] !== true;
  return key === 'label' || parent.type === 'ExportSpecifier' || parent.type === 'MetaProperty';
}

function placesIn(source: string): (at: number) => { readonly line: number; readonly column: number } {
  const starts = [0, ...Array.from(source.matchAll(/\n/gu), ({ index }) => index + 1)];
  return (at) => {
    const line = starts.findLastIndex((start) => start <= at);
    return { line: line + 1, column: at - (starts[line] ?? 0) + 1 };
  };
}
