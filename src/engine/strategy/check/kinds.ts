import { isNode, walk } from './syntax.ts';
import type { Node } from './syntax.ts';

/**
 * What is known of a value without running it: a list, a set or a map, an object of the author's own (Python's dict), a table, a column
 * of one, one of true and false, an instant, what a file holds, a library. A day is not among them: there is one object a day, so that operators tell days apart as Python's do.
 */
export type Kind = 'list' | 'set' | 'dict' | 'table' | 'series' | 'mask' | 'time' | 'bytes' | 'library';

const LIST_METHODS: ReadonlySet<string> = new Set(
  'tolist map filter slice concat split keys items flatMap toSorted toReversed'.split(' '),
);
const LIST_FUNCTIONS: ReadonlySet<string> = new Set(
  'get_index_stocks get_industry_stocks get_concept_stocks get_all_trade_days get_trade_days sorted'.split(' '),
);
const LIST_STATICS: ReadonlySet<string> = new Set([
  'Array.from',
  'Array.of',
  'Object.keys',
  'Object.values',
  'Object.entries',
]);
const MASK_METHODS: ReadonlySet<string> = new Set(
  'gt lt ge le eq ne isnull isna notnull notna isin between duplicated'.split(' '),
);
const TIME_MEMBERS: ReadonlySet<string> = new Set(['current_dt', 'init_time', 'transact_time', 'add_time']);
/** What gives a table, unless `{ df: false }` asks for something else. */
const TABLE_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'DataFrame attribute_history history get_price get_fundamentals get_valuation get_money_flow get_mtss get_billboard_list ' +
    'get_locked_shares get_call_auction get_all_securities get_index_weights get_industries get_concepts merge'
  ).split(' '),
);
/** Columns that nobody takes for something else of a table. */
const COLUMNS: ReadonlySet<string> = new Set(
  'open close high low volume money avg pre_close high_limit low_limit factor code market_cap'.split(' '),
);
const COLLECTIONS: ReadonlySet<unknown> = new Set(['Set', 'Map']);
/** Names that are libraries unless the file declares them. */
const LIBRARIES: ReadonlySet<unknown> = new Set(['log', 'np', 'pd', 'math', 'stats', 'talib', 'finance', 'macro']);
/** What a type says of a value. */
const DECLARED: ReadonlyMap<unknown, Kind> = new Map([
  ['Array', 'list'],
  ['ReadonlyArray', 'list'],
  ['Iterable', 'list'],
  ['Set', 'set'],
  ['ReadonlySet', 'set'],
  ['Map', 'set'],
  ['ReadonlyMap', 'set'],
  ['Record', 'dict'],
  ['DataFrame', 'table'],
  ['Series', 'series'],
  ['DateTime', 'time'],
]);

/** Kinds of the variables of a file by name (`x`, `g.x`); a name that is given values of several kinds has none. */
export class Kinds {
  readonly #known = new Map<string, Kind | null>();

  constructor(program: unknown) {
    walk(program, (node, parent, key) => {
      if (node.type === 'VariableDeclarator') this.#learn(node['id'], node['init'], node['id']);
      else if (node.type === 'AssignmentExpression' && node['operator'] === '=')
        this.#learn(node['left'], node['right'], null);
      else if (node.type === 'Identifier' && key === 'params' && parent !== null) this.#learn(node, null, node);
    });
  }

  of(value: unknown): Kind | null {
    if (!isNode(value)) return null;
    const name = nameOf(value);
    const known = kindOf(value) ?? (name === null ? null : this.#named(name));
    return known ?? (isColumn(value) && this.of(value['object']) === 'table' ? 'series' : null);
  }

  #named(name: string): Kind | null {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    return LIBRARIES.has(name) ? 'library' : null;
  }

  #learn(target: unknown, value: unknown, annotated: unknown): void {
    const name = isNode(target) ? nameOf(target) : null;
    if (name === null) return;
    const kind = declaredKind(annotated) ?? (isNode(value) ? this.of(value) : null);
    if (this.#known.has(name) && this.#known.get(name) !== kind) this.#known.set(name, null);
    else this.#known.set(name, kind);
  }
}

function kindOf(value: Node): Kind | null {
  if (value.type === 'ArrayExpression') return 'list';
  if (value.type === 'ObjectExpression') return 'dict';
  if (value.type === 'MemberExpression') return TIME_MEMBERS.has(propertyOf(value) ?? '') ? 'time' : null;
  const { callee } = value;
  if (value.type === 'NewExpression' && isNode(callee))
    return COLLECTIONS.has(callee['name']) ? 'set' : tableKind(value, callee);
  if (value.type !== 'CallExpression' || !isNode(callee)) return null;
  if (callee.type === 'Identifier')
    return LIST_FUNCTIONS.has(String(callee['name'])) ? 'list' : tableKind(value, callee);
  const method = propertyOf(callee);
  if (method === null) return null;
  if (LIST_STATICS.has(nameOf(callee) ?? '')) return 'list';
  if (MASK_METHODS.has(method)) return 'mask';
  return LIST_METHODS.has(method) && !isQuery(callee) ? 'list' : null;
}

/** Of a function, by its name. */
function tableKind(call: Node, callee: Node): Kind | null {
  const name = String(callee['name']);
  if (name === 'read_file') return 'bytes';
  if (name === 'Series') return 'series';
  return TABLE_FUNCTIONS.has(name) && !isOtherwise(call) ? 'table' : null;
}

/** `history(…, { df: false })` */
function isOtherwise({ arguments: values }: Node): boolean {
  const last: unknown = Array.isArray(values) ? values.at(-1) : null;
  const properties = isNode(last) && last.type === 'ObjectExpression' ? last['properties'] : [];
  return (
    Array.isArray(properties) &&
    properties.some((one: unknown) => isNode(one) && isNode(one['key']) && one['key']['name'] === 'df')
  );
}

/** `df.close`, `df['any']` */
function isColumn(value: Node): boolean {
  const { property, computed } = value;
  if (value.type !== 'MemberExpression' || !isNode(property)) return false;
  if (computed === true) return property.type === 'Literal' && typeof property['value'] === 'string';
  return COLUMNS.has(String(property['name']));
}

/** `query(…).filter(…)` makes a query, not a list. */
function isQuery({ object }: Node): boolean {
  if (!isNode(object)) return false;
  const { callee } = object;
  return object.type === 'CallExpression' && isNode(callee) && (callee['name'] === 'query' || isQuery(callee));
}

function declaredKind(target: unknown): Kind | null {
  if (!isNode(target) || !isNode(target['typeAnnotation'])) return null;
  const type = target['typeAnnotation']['typeAnnotation'];
  if (!isNode(type)) return null;
  const inner = type.type === 'TSTypeOperator' && isNode(type['typeAnnotation']) ? type['typeAnnotation'] : type;
  if (inner.type === 'TSTypeReference' && isNode(inner['typeName']))
    return DECLARED.get(inner['typeName']['name']) ?? null;
  return inner.type === 'TSArrayType' || inner.type === 'TSTupleType' ? 'list' : null;
}

/** `x`, `g.x`, `Array.from`; null for anything longer. */
export function nameOf(node: Node): string | null {
  if (node.type === 'Identifier') return String(node['name']);
  const property = propertyOf(node);
  const { object } = node;
  return property !== null && isNode(object) && object.type === 'Identifier'
    ? `${String(object['name'])}.${property}`
    : null;
}

/** The name behind the dot. */
export function propertyOf(node: Node): string | null {
  const { property } = node;
  return node.type === 'MemberExpression' && node['computed'] !== true && isNode(property)
    ? String(property['name'])
    : null;
}
