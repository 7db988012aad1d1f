import { isNode } from './syntax.ts';
import { error, isNumber, isText, isWords, methodCall, warning } from './trap.ts';
import type { Trap } from './trap.ts';

/** `'%.2f' % x` is NaN. */
const percentFormat: Trap = (node) =>
  node.type === 'BinaryExpression' &&
  node['operator'] === '%' &&
  (isText(node['left']) || (isNode(node['left']) && node['left'].type === 'TemplateLiteral'))
    ? error('PERCENT_FORMAT', "'%s' % x is NaN: write fmt('%s', x).")
    : null;

/** `'' + {…}`, `${log}`: JavaScript's word for any object. */
const textOfObject: Trap = (node, kinds) => {
  const isSum = node.type === 'BinaryExpression' && node['operator'] === '+';
  const sides = isSum ? [node['left'], node['right']] : [];
  const parts: unknown = node.type === 'TemplateLiteral' ? node['expressions'] : sides;
  if (!Array.isArray(parts) || (isSum && !sides.some(isWords))) return null;
  const kind = parts.map((part) => kinds.of(part)).find((one) => one === 'dict' || one === 'library');
  if (kind === undefined) return null;
  return kind === 'dict'
    ? warning('TEXT_OF_OBJECT', "an object in a text is '[object Object]': write str(d), or print('…', d).")
    : warning(
        'TEXT_OF_OBJECT',
        'a library in a text says nothing: name what of it you mean, np.mean(x), log.info(text).',
      );
};

const CALCULATIONS: ReadonlySet<unknown> = new Set(['*', '/', '-', '**']);

/** `'=' * 50` */
const calculatedText: Trap = (node) => {
  const { left, right, operator } = node;
  return node.type === 'BinaryExpression' && CALCULATIONS.has(operator) && [left, right].some(isWords)
    ? error('CALCULATED_TEXT', "a text in a calculation is NaN or read as a number: write '='.repeat(50), float(text).")
    : null;
};

/** A method of a text, not of a column's texts. */
const textMethods: Trap = (node) => {
  const call = methodCall(node);
  if (call === null || call.values.length !== 2) return null;
  const { name, object, values } = call;
  const isOfColumn = isNode(object) && isNode(object['property']) && object['property']['name'] === 'str';
  if (isOfColumn) return null;
  const [first, second] = values;
  if (name === 'split' && isNumber(second))
    return error(
      'SPLIT_LIMIT',
      "split(',', 1) leaves out what is behind it: write text.partition(','), or take the parts.",
    );
  const isOnce = isNode(first) && /^\.\w/u.test(String(first['value']));
  return name === 'replace' && isText(first) && isText(second) && !isOnce
    ? warning(
        'REPLACED_ONCE',
        'replace(a, b) of a text changes the first a only, in Python all: write replaceAll(a, b).',
      )
    : null;
};

/** What is written of texts as in Python. */
export const TEXTS: readonly Trap[] = [percentFormat, textOfObject, calculatedText, textMethods];
