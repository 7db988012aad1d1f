import { findNodeAtLocation, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { BtError } from '../../domain/errors.ts';

export type JsonPath = readonly (string | number)[];

/** A text of JSON with comments, and where its parts stand. */
export interface JsonDocument {
  readonly value: unknown;
  /** Counted from 1; of the nearest part above where the path itself leads nowhere. */
  lineOf(path: JsonPath): number;
}

/**
 * Reads JSON with comments and trailing commas. `name`: of the file, for the message. Throws BtError BAD_CONFIG with the line: what is no
 * JSON, and a name that stands twice in one object, of which one would silently count.
 */
export function readJsonDocument(text: string, name: string): JsonDocument {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const errors: ParseError[] = [];
  const tree = parseTree(body, errors, { allowTrailingComma: true });
  const lineAt = (offset: number): number => body.slice(0, offset).split('\n').length;
  const [first] = errors;
  if (first !== undefined || tree === undefined) {
    const what = first === undefined ? 'nothing is in it' : wordsOf(printParseErrorCode(first.error));
    throw bad(name, lineAt(first?.offset ?? 0), `${what}. Write JSON there; comments (// and /* */) are allowed`);
  }
  const value = valueOf(tree, (node, problem) => bad(name, lineAt(node.offset), problem));
  return {
    value,
    lineOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const node = findNodeAtLocation(tree, path.slice(0, length));
        // A member's own line is its name's.
        if (node !== undefined) return lineAt(node.parent?.type === 'property' ? node.parent.offset : node.offset);
      }
      return lineAt(tree.offset);
    },
  };
}

/** `CommaExpected` → `comma expected`. */
function wordsOf(code: string): string {
  return code.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, ' ').toLowerCase();
}

function valueOf(node: Node, refuse: (node: Node, problem: string) => BtError): unknown {
  const children = node.children ?? [];
  if (node.type === 'array') return children.map((child) => valueOf(child, refuse));
  if (node.type !== 'object') return node.value;
  const found = new Map<string, unknown>();
  for (const property of children) {
    const [key, value] = property.children ?? [];
    const name = String(key?.value);
    if (value === undefined)
      throw refuse(property, `${JSON.stringify(name)} has no value. Write one, or take the name out`);
    if (found.has(name)) throw refuse(property, `${JSON.stringify(name)} stands twice. Keep one of them`);
    if (name === '__proto__') throw refuse(property, '"__proto__" means nothing here. Take it out');
    found.set(name, valueOf(value, refuse));
  }
  return Object.fromEntries(found);
}

function bad(name: string, line: number, problem: string): BtError {
  return new BtError('BAD_CONFIG', `${name} line ${line}: ${problem}.`, { fault: 'config', details: { line } });
}
