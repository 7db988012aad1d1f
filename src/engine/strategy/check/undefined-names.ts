import type { ParseResult } from 'oxc-parser';
import { closestName } from '../../../domain/closest-name.ts';
import type { FindingAt } from './finding.ts';
import { isBinding, isLabel, isNode, walk, type Node } from './syntax.ts';

/** What Python calls so is written here as … */
const PYTHON: Readonly<Record<string, string>> = {
  range: 'write Array.from({ length: n }, (_, i) => i), or a for loop',
  list: 'write Array.from(x) or [...x]',
  tuple: 'write [a, b]',
  dict: 'write { key: value }, or new Map()',
  set: 'write new Set(x)',
  str: 'write String(x)',
  int: 'write Math.trunc(x)',
  float: 'write Number(x)',
  bool: 'write Boolean(x)',
  abs: 'write Math.abs(x)',
  max: 'write Math.max(a, b) or Math.max(...list)',
  min: 'write Math.min(a, b) or Math.min(...list)',
  sum: 'write list.reduce((a, b) => a + b, 0), or series.sum()',
  round: 'write Math.round(x), or Number(x.toFixed(2))',
  zip: 'write a.map((x, i) => [x, b[i]])',
  enumerate: 'write list.entries()',
  map: 'write list.map(f)',
  filter: 'write list.filter(f)',
  any: 'write list.some(f), or series.any()',
  all: 'write list.every(f), or series.all()',
  isinstance: 'write typeof x, Array.isArray(x) or x instanceof C',
  type: 'write typeof x',
  None: 'write null',
  True: 'write true',
  False: 'write false',
  np: "numpy is Python's: write Math.log(x), series.mean() and the like",
  math: 'write Math',
  time: 'write context.current_dt, or Date.now()',
  datetime: 'write DateTime.local(y, m, d, h, min), DateTime.now(), date(y, m, d) and timedelta({ days: 1 })',
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
  walk(parsed.program, (node, parent, key) => {
    // `f(name=value)` is told as that.
    if (node.type === 'AssignmentExpression' && key === 'arguments') keywords.add(node['left']);
    if (keywords.has(node)) {
      if (typeof node['name'] === 'string' && !named.has(node['name'])) named.set(node['name'], node.start);
      return;
    }
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
  return [...asKeywords, ...lost];
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
