import { child, isNode, type SyntaxNode } from '../../test/architecture/syntax.ts';

/** A piece of a text: what stands there, or an expression whose value comes there. */
export type Part = string | SyntaxNode;

/** More forms of one literal than that are not written out: its choices are places then. */
const MOST_FORMS = 12;

/** Is this the root of a text: a literal, a template, or texts put together? */
export function isText(node: SyntaxNode): boolean {
  if (node.type === 'TemplateLiteral') return true;
  if (node.type === 'Literal') return typeof node['value'] === 'string';
  if (node.type === 'BinaryExpression') return node['operator'] === '+' && operands(node).some((each) => isText(each));
  return joined(node) !== null;
}

/** All forms of a text: a choice between literals inside it makes a form of each, `order${n === 1 ? '' : 's'}` two. */
export function formsOf(node: SyntaxNode): Part[][] {
  const forms = expand(partsOf(node));
  return forms.length <= MOST_FORMS ? forms : [partsOf(node)];
}

/** The expressions inside a text that are not written out in its forms. */
export function insideOf(node: SyntaxNode): SyntaxNode[] {
  const seen = new Set<SyntaxNode>();
  for (const form of formsOf(node)) for (const part of form) if (typeof part !== 'string') seen.add(part);
  return [...seen, ...tests(node)];
}

/** Conditions may hold texts of their own. */
function tests(node: SyntaxNode): SyntaxNode[] {
  return partsOf(node).flatMap((part) => {
    const choice = typeof part === 'string' ? null : choiceOf(part);
    return choice === null ? [] : [choice.test];
  });
}

function expand(parts: readonly Part[]): Part[][] {
  return parts.reduce<Part[][]>(
    (forms, part) => {
      const choice = typeof part === 'string' ? null : choiceOf(part);
      const ways = choice === null ? [[part]] : [choice.yes, choice.no].flatMap((each) => expand(partsOf(each)));
      return forms.flatMap((form) => ways.map((way) => [...form, ...way]));
    },
    [[]],
  );
}

function choiceOf(part: SyntaxNode): { test: SyntaxNode; yes: SyntaxNode; no: SyntaxNode } | null {
  const node = bare(part);
  if (node.type !== 'ConditionalExpression') return null;
  const [test, yes, no] = ['test', 'consequent', 'alternate'].map((key) => child(node, key));
  if (!test || !yes || !no || !(isText(bare(yes)) && isText(bare(no)))) return null;
  return { test, yes: bare(yes), no: bare(no) };
}

function partsOf(node: SyntaxNode): Part[] {
  const own = bare(node);
  if (own.type === 'Literal' && typeof own['value'] === 'string') return [own['value']];
  if (own.type === 'TemplateLiteral') return ofTemplate(own);
  if (own.type === 'BinaryExpression' && isText(own)) return operands(own).flatMap((each) => partsOf(each));
  const list = joined(own);
  if (list !== null) return list.items.flatMap((item, at) => [...(at === 0 ? [] : [list.between]), ...partsOf(item)]);
  return [own];
}

function ofTemplate(node: SyntaxNode): Part[] {
  const quasis = nodes(node['quasis']);
  const places = nodes(node['expressions']);
  return quasis.flatMap((quasi, at) => {
    const { cooked } = quasi['value'] as { readonly cooked: string };
    const place = places[at];
    return place === undefined ? [cooked] : [cooked, ...(isText(bare(place)) ? partsOf(place) : [place])];
  });
}

function operands(node: SyntaxNode): SyntaxNode[] {
  if (node.type !== 'BinaryExpression' || node['operator'] !== '+') return [node];
  return ['left', 'right'].flatMap((key) => {
    const side = child(node, key);
    return side === null ? [] : operands(bare(side));
  });
}

/** `['a', 'b'].join(' ')`. */
function joined(node: SyntaxNode): { items: SyntaxNode[]; between: string } | null {
  if (node.type !== 'CallExpression') return null;
  const callee = child(node, 'callee', 'MemberExpression');
  const list = callee === null ? null : child(callee, 'object', 'ArrayExpression');
  const name = callee === null ? null : child(callee, 'property', 'Identifier');
  const between = nodes(node['arguments'])[0];
  if (list === null || name?.['name'] !== 'join' || typeof between?.['value'] !== 'string') return null;
  const items = nodes(list['elements']);
  if (items.some((item) => item.type === 'SpreadElement') || !items.some((item) => isText(bare(item)))) return null;
  return { items, between: between['value'] };
}

function bare(node: SyntaxNode): SyntaxNode {
  const inner = ['ParenthesizedExpression', 'TSAsExpression', 'TSSatisfiesExpression'].includes(node.type)
    ? child(node, 'expression')
    : null;
  return inner === null ? node : bare(inner);
}

function nodes(value: unknown): SyntaxNode[] {
  return Array.isArray(value) ? value.filter((each) => isNode(each)) : [];
}
