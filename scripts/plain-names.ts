import { parseSync } from 'oxc-parser';

/** What esbuild's `keepNames` puts around what it names. */
const CALL = '__name';

/** What gives a function that is put into it its name, and where that stands. */
const PLACES: Readonly<Record<string, string>> = {
  VariableDeclarator: 'id',
  Property: 'key',
  PropertyDefinition: 'key',
};

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/**
 * A bundle made with `keepNames`, in which what is named anyway, and what is made within a function, is made without a call that names it:
 * a function is made each time the one around it runs, and naming it takes longer than making it. Classes and what the bundler has renamed
 * at the top keep their calls. Nothing moves: what goes becomes blanks, so that source maps stay true.
 */
export function plainNames(code: string): string {
  const characters = code.split('');
  const blank = (from: number, to: number, by = ''): void => {
    for (let at = from; at < to; at += 1) characters[at] = by[at - from] ?? ' ';
  };
  walk(parseSync('bundle.js', code).program as unknown as Node, null, false, (call, parent, within) => {
    const [named, name] = call['arguments'] as readonly [Node, Node];
    if (parent?.type === 'ExpressionStatement') {
      if (named.type === 'Identifier' && (within || named['name'] === name['value']))
        blank(parent.start, parent.end, ';');
      return;
    }
    if (!/^(?:Arrow)?Function/u.test(named.type) || !(within || isNamedBy(parent, name['value']))) return;
    blank(call.start, named.start, '(');
    blank(named.end, call.end, ')');
  });
  return characters.join('');
}

type OnCall = (call: Node, parent: Node | null, within: boolean) => void;

/** Each call that names something, and whether it stands within a function. */
function walk(node: Node, parent: Node | null, within: boolean, onCall: OnCall): void {
  if (isCall(node)) onCall(node, parent, within);
  const inside = within || /Function/u.test(node.type);
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? (value as readonly unknown[]) : [value])
      if (isNode(child)) walk(child, node, inside, onCall);
}

function isCall(node: Node): boolean {
  const callee = node['callee'];
  return node.type === 'CallExpression' && isNode(callee) && callee['name'] === CALL;
}

/** Whether the place that a function is put into gives it that name. */
function isNamedBy(parent: Node | null, name: unknown): boolean {
  const place = PLACES[parent?.type ?? ''];
  const id = place === undefined || parent?.['computed'] === true ? null : parent?.[place];
  return isNode(id) && id.type === 'Identifier' && id['name'] === name;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { readonly type?: unknown }).type === 'string';
}
