import { visitorKeys } from 'oxc-parser';
import { isNode, walk } from './syntax.ts';
import type { Node } from './syntax.ts';

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

/** The functions of a file by name, `function f() {}` and `const f = () => …`; a name that stands for several is left out. */
export function ownFunctions(program: unknown): Map<string, Node> {
  const [found, twice] = [new Map<string, Node>(), new Set<string>()];
  walk(program, (node) => {
    const made = node.type === 'VariableDeclarator' ? node['init'] : node;
    const { id } = node;
    if (!isNode(made) || !FUNCTIONS.has(made.type) || !isNode(id) || typeof id['name'] !== 'string') return;
    if (found.has(id['name'])) twice.add(id['name']);
    found.set(id['name'], made);
  });
  for (const name of twice) found.delete(name);
  return found;
}

/** Names that come from files of the author's own. */
export function ownImports(program: unknown): string[] {
  const body: unknown = isNode(program) ? program['body'] : [];
  const names: string[] = [];
  for (const node of Array.isArray(body) ? (body as unknown[]) : []) {
    if (!isNode(node) || node.type !== 'ImportDeclaration' || !isNode(node['source'])) continue;
    if (!String(node['source']['value']).startsWith('.')) continue;
    const { specifiers } = node;
    for (const one of Array.isArray(specifiers) ? (specifiers as unknown[]) : []) {
      if (isNode(one) && isNode(one['local'])) names.push(String(one['local']['name']));
    }
  }
  return names;
}

/** What a function returns: each value, null for a return without one; nothing of one that waits or gives one after another. */
export function returnedBy(made: Node): (Node | null)[] {
  const { body } = made;
  if (made['async'] === true || made['generator'] === true || !isNode(body)) return [];
  if (body.type !== 'BlockStatement') return [body];
  const found: (Node | null)[] = [];
  eachReturn(body, (value) => found.push(value));
  return found;
}

function eachReturn(value: unknown, tell: (value: Node | null) => void): void {
  if (Array.isArray(value)) for (const one of value) eachReturn(one, tell);
  if (!isNode(value) || FUNCTIONS.has(value.type)) return;
  if (value.type === 'ReturnStatement') tell(isNode(value['argument']) ? value['argument'] : null);
  else for (const key of visitorKeys[value.type] ?? []) eachReturn(value[key], tell);
}
