import { child, isNode, nameOf, visits, type SourceFile, type SyntaxNode } from '../../test/architecture/syntax.ts';
import { formsOf, insideOf, isText, type Part } from './fold.ts';
import { piecesOf } from './prose.ts';

/** An English template, and where it stands. */
export interface FoundText {
  readonly template: string;
  readonly path: string;
  readonly line: number;
}

/** Calls whose texts are no prose. */
const NO_PROSE_CALLS = new Set(['RegExp', 'URL', 'require', 'split', 'prepare', 'exec', 'setHeader', 'createHash']);
/** Nodes that hold names, types or what is compared. */
const NAMES = new Set([
  'ImportDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSLiteralType',
  'TaggedTemplateExpression',
]);
/** Properties of no prose: of a call's options, a schema, a table of data. */
const NO_PROSE_KEYS = new Set(['key', 'sql', 'source', 'pattern', 'flags', 'usage', 'format']);

/** Every text of a file that a person may read, in the order of the file. */
export function textsOf(file: SourceFile): FoundText[] {
  const found: FoundText[] = [];
  const program = visits(file)[0]?.node;
  const add = (node: SyntaxNode): void => {
    for (const form of formsOf(node)) {
      for (const template of piecesOf(templateOf(form)))
        found.push({ template, path: file.path, line: lineOf(file.text, node.start) });
    }
  };
  const walk = (node: SyntaxNode, parent: SyntaxNode | null, key: string): void => {
    if (isSilent(node, parent, key)) return;
    if (isText(node)) {
      add(node);
      for (const inner of insideOf(node)) walk(inner, node, 'expressions');
      return;
    }
    for (const [name, value] of Object.entries(node)) {
      for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) walk(each, node, name);
    }
  };
  if (program !== undefined) walk(program, null, '');
  return found;
}

/** What is said there is no prose. */
function isSilent(node: SyntaxNode, parent: SyntaxNode | null, key: string): boolean {
  if (NAMES.has(node.type) || (node.type === 'ExportNamedDeclaration' && child(node, 'source') !== null)) return true;
  if (node.type === 'Property') return NO_PROSE_KEYS.has(nameOf(child(node, 'key')) ?? '');
  if (key === 'key' && parent?.['computed'] !== true) return true;
  if (parent?.type === 'SwitchCase' && key === 'test') return true;
  if (node.type === 'BinaryExpression' && ['===', '!==', '==', '!=', 'in'].includes(String(node['operator'])))
    return true;
  return isText(node) ? isSplit(node, parent, key) : isNoProseCall(node);
}

/** `'a b c'.split(' ')` is a list of names. */
function isSplit(node: SyntaxNode, parent: SyntaxNode | null, key: string): boolean {
  return (
    key === 'object' &&
    parent?.type === 'MemberExpression' &&
    nameOf(child(parent, 'property')) === 'split' &&
    node.type !== 'CallExpression'
  );
}

function isNoProseCall(node: SyntaxNode): boolean {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  const callee = child(node, 'callee');
  const name = callee?.type === 'MemberExpression' ? nameOf(child(callee, 'property')) : nameOf(callee);
  return name !== null && NO_PROSE_CALLS.has(name) && !holdsCode(node);
}

/** A function given to a call speaks for itself. */
function holdsCode(node: SyntaxNode): boolean {
  const args = node['arguments'];
  return Array.isArray(args) && args.some((each) => isNode(each) && /Function/u.test(each.type));
}

function templateOf(form: readonly Part[]): string {
  let next = 0;
  return form.map((part) => (typeof part === 'string' ? part : `{${next++}}`)).join('');
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
