import type { ParseResult } from 'oxc-parser';
import { closestName } from '../../../domain/closest-name.ts';
import type { FindingAt } from './finding.ts';
import { isBinding, isLabel, isNode, walk, type Node } from './syntax.ts';

/** What Python calls so is written here as … */
const PYTHON: Readonly<Record<string, string>> = {
  None: 'write null',
  True: 'write true',
  False: 'write false',
  self: 'write this',
  elif: 'write else if',
  not: 'write !x, or series.not()',
  and: 'write &&, or series.and(x)',
  or: 'write ||, or series.or(x)',
};

/** Names of JavaScript and Node, and those a module has of its own. */
const GLOBALS: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(globalThis),
  'undefined',
  'arguments',
  'require',
  'module',
  'exports',
  '__dirname',
  '__filename',
]);

/** Statements of TypeScript that declare the name they begin with. */
const DECLARING: ReadonlySet<string> = new Set(['TSModuleDeclaration', 'TSImportEqualsDeclaration']);

/** Names that nobody declares, each where it is used first: today an error when they are reached, perhaps at 14:50. */
export function undefinedNames(parsed: ParseResult, api: ReadonlySet<string>): FindingAt[] {
  const own = importedNames(parsed);
  // Walked past, as they do nothing; what they declare is somewhere.
  for (const node of parsed.program.body) if (node.type === 'TSDeclareFunction') addId(own, node.id);
  const used = new Map<string, number>();
  const keywords = new Set<unknown>();
  const named = new Map<string, number>();
  const written = new Map<string, number>();
  walk(parsed.program, (node, parent, key) => {
    // `f(name=value)` is told as that.
    if (node.type === 'AssignmentExpression' && key === 'arguments') keywords.add(node['left']);
    if (keywords.has(node)) {
      if (typeof node['name'] === 'string' && !named.has(node['name'])) named.set(node['name'], node.start);
      return;
    }
    const isAssignment = node.type === 'AssignmentExpression' && key !== 'arguments';
    const target = isAssignment && isNode(node['left']) ? node['left']['name'] : null;
    if (typeof target === 'string' && !written.has(target)) written.set(target, node.start);
    if (node.type.startsWith('TSEnum') || DECLARING.has(node.type)) addId(own, node['id']);
    if (node.type !== 'Identifier' || typeof node['name'] !== 'string') return;
    const name = node['name'];
    if (isBinding(parent, key)) own.add(name);
    else if (!isLabel(parent, key) && !isProbe(parent) && !used.has(name)) used.set(name, node.start);
  });
  const known = [...own, ...api];
  const asKeywords = [...named]
    .filter(([name]) => !own.has(name))
    .map(([name, at]): FindingAt => ({ level: 'error', code: 'KEYWORD_ARGUMENT', at, text: keywordText(name) }));
  const lost = [...used]
    .filter(([name]) => !own.has(name) && !api.has(name) && !GLOBALS.has(name))
    .map(([name, at]): FindingAt => ({ level: 'error', code: 'UNDEFINED_NAME', at, text: textOf(name, known) }));
  const overwritten = [...written]
    .filter(([name]) => !own.has(name) && api.has(name))
    .map(([name, at]): FindingAt => ({ level: 'error', code: 'UNDEFINED_NAME', at, text: overwrittenText(name) }));
  return [...asKeywords, ...lost, ...overwritten];
}

/** Python's own variable of the function; here the name of the API would be gone for all of them. */
function overwrittenText(name: string): string {
  return `${name} = … writes over the ${name} that is there for all: write let ${name} = …, or take another name.`;
}

function keywordText(name: string): string {
  return `${name}=… assigns a variable: write { ${name}: … } as the last argument.`;
}

function textOf(name: string, known: readonly string[]): string {
  const advice = Object.hasOwn(PYTHON, name) ? PYTHON[name] : undefined;
  if (advice !== undefined) return `${name} is not defined here: ${advice}.`;
  const near = closestName(name, known);
  return `${name} is not defined: ${near === null ? 'declare it, or import it.' : `did you mean ${near}?`}`;
}

/** `typeof x` asks whether there is one. */
function isProbe(parent: Node | null): boolean {
  return parent?.type === 'UnaryExpression' && parent['operator'] === 'typeof';
}

function importedNames(parsed: ParseResult): Set<string> {
  return new Set(parsed.module.staticImports.flatMap(({ entries }) => entries.map(({ localName }) => localName.value)));
}

function addId(names: Set<string>, id: unknown): void {
  if (isNode(id) && typeof id['name'] === 'string') names.add(id['name']);
}
