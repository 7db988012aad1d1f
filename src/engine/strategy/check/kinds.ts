import { ownFunctions, ownImports, returnedBy } from './own-functions.ts';
import { isBinding, isNode, walk } from './syntax.ts';
import type { Node } from './syntax.ts';

/**
 * What is known of a value without running it: a list, a set or a map, an object of the author's own (Python's dict), one of ours that
 * reads like a dict, a table, a column of one or an array of numpy's, one of true and false, an instant, a span of time, what a file
 * holds, a library. A day is not among them: there is one object a day, so that operators tell days apart as Python's do.
 */
export type Kind =
  | 'list'
  | 'set'
  | 'dict'
  | 'mapping'
  | 'table'
  | 'series'
  | 'mask'
  | 'time'
  | 'span'
  | 'bytes'
  | 'library';

const LIST_METHODS: ReadonlySet<string> = new Set(
  'tolist map filter slice concat split keys items flatMap toSorted toReversed'.split(' '),
);
/** What a function of ours or of Python's gives. Those that the file declares itself are its own. */
const GIVEN: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...'get_index_stocks get_industry_stocks get_concept_stocks get_all_trade_days get_trade_days sorted range list tuple zip enumerate reversed map filter'
    .split(' ')
    .map((name): [string, Kind] => [name, 'list']),
  ...'get_open_orders get_orders get_trades'.split(' ').map((name): [string, Kind] => [name, 'mapping']),
  ['set', 'set'],
  ['dict', 'dict'],
  ['datetime', 'time'],
  ['timedelta', 'span'],
  ['read_file', 'bytes'],
  ['Series', 'series'],
]);
/** The same of members of libraries. */
const GIVEN_BY_MEMBERS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...'Array.from Array.of Object.keys Object.values Object.entries'
    .split(' ')
    .map((name): [string, Kind] => [name, 'list']),
  ...'array asarray arange linspace zeros ones full zeros_like ones_like full_like diff concatenate'
    .split(' ')
    .map((name): [string, Kind] => [`np.${name}`, 'series']),
  ...'datetime.datetime datetime.now datetime.strptime pd.Timestamp DateTime.now DateTime.local'
    .split(' ')
    .map((name): [string, Kind] => [name, 'time']),
  ['datetime.timedelta', 'span'],
]);
const MASK_METHODS: ReadonlySet<string> = new Set(
  'gt lt ge le eq ne isnull isna notnull notna isin between duplicated'.split(' '),
);
const TIME_MEMBERS: ReadonlySet<string> = new Set(['current_dt', 'init_time', 'transact_time', 'add_time']);
const MAPPING_MEMBERS: ReadonlySet<string> = new Set(['positions', 'long_positions']);
/** What gives a table, unless `{ df: false }` asks for something else. */
const TABLE_FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'DataFrame attribute_history history get_price get_fundamentals get_valuation get_money_flow get_mtss get_billboard_list ' +
    'get_locked_shares get_call_auction get_all_securities get_index_weights get_industries get_concepts merge'
  ).split(' '),
);
/** What a table has that is no column of it. */
const NO_COLUMNS: ReadonlySet<string> = new Set(
  'index columns values shape size length ndim empty dtypes T loc iloc at iat ix axes'.split(' '),
);
/** Methods that give one number of a column, which are easily written without their brackets. */
export const TOTALS: ReadonlySet<string> = new Set('mean max min sum std var median count any all abs'.split(' '));
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
  /** What the functions of the file give, by name. */
  readonly #given = new Map<string, Kind | null>();

  constructor(program: unknown) {
    const functions = ownFunctions(program);
    for (const name of [...functions.keys(), ...ownImports(program)]) this.#given.set(name, null);
    this.#learnAll(program);
    for (const [name, made] of functions) this.#given.set(name, onlyOne(returnedBy(made).map((one) => this.of(one))));
    // Variables that hold what these functions give.
    if (![...this.#given.values()].some((kind) => kind !== null)) return;
    this.#known.clear();
    this.#learnAll(program);
  }

  of(value: unknown): Kind | null {
    if (!isNode(value)) return null;
    if (WRAPPED.has(value.type)) return this.of(value['expression']);
    const name = nameOf(value);
    const known = this.#made(value) ?? (name === null ? null : this.#named(name));
    return known ?? (isColumn(value) && this.of(value['object']) === 'table' ? 'series' : null);
  }

  #made(value: Node): Kind | null {
    const { callee } = value;
    const own = value.type === 'CallExpression' && isNode(callee) ? this.#given.get(nameOf(callee) ?? '') : undefined;
    return own === undefined ? kindOf(value) : own;
  }

  #learnAll(program: unknown): void {
    walk(program, (node, parent, key) => {
      if (node.type === 'VariableDeclarator') this.#learn(node['id'], node['init'], node['id']);
      else if (node.type === 'AssignmentExpression' && node['operator'] === '=')
        this.#learn(node['left'], node['right'], null);
      else if (node.type === 'Identifier' && parent !== null && isTaken(parent, key)) this.#learn(node, null, node);
    });
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

/** What stands around a value and changes nothing of it. */
const WRAPPED: ReadonlySet<string> = new Set([
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSNonNullExpression',
  'TSSatisfiesExpression',
]);

/** A parameter, or a part of a pattern: a name with a value that the file does not show. */
function isTaken(parent: Node, key: string): boolean {
  return key === 'params' || (parent.type !== 'VariableDeclarator' && key !== 'id' && isBinding(parent, key));
}

function onlyOne(kinds: readonly (Kind | null)[]): Kind | null {
  const [first = null] = kinds;
  return kinds.every((kind) => kind === first) ? first : null;
}

function kindOf(value: Node): Kind | null {
  if (value.type === 'ArrayExpression') return 'list';
  if (value.type === 'ObjectExpression') return hasKey(value, 'length') ? null : 'dict';
  if (value.type === 'MemberExpression') {
    if (MAPPING_MEMBERS.has(propertyOf(value) ?? '')) return 'mapping';
    return TIME_MEMBERS.has(propertyOf(value) ?? '') ? 'time' : null;
  }
  const { callee } = value;
  if (value.type === 'NewExpression' && isNode(callee))
    return COLLECTIONS.has(callee['name']) ? 'set' : tableKind(value, callee);
  if (value.type !== 'CallExpression' || !isNode(callee)) return null;
  if (callee.type === 'Identifier') return tableKind(value, callee);
  const method = propertyOf(callee);
  if (method === null) return null;
  const given = GIVEN_BY_MEMBERS.get(nameOf(callee) ?? '');
  if (given !== undefined) return given;
  if (MASK_METHODS.has(method)) return 'mask';
  if (method === 'time' && nameOf(callee) !== 'time.time') return 'time';
  return LIST_METHODS.has(method) && !isQuery(callee) ? 'list' : null;
}

/** Of a function, by its name. */
function tableKind(call: Node, callee: Node): Kind | null {
  const name = String(callee['name']);
  const given = GIVEN.get(name);
  if (given !== undefined) return given;
  return TABLE_FUNCTIONS.has(name) && !isOtherwise(call) ? 'table' : null;
}

/** `history(…, { df: false })` */
function isOtherwise({ arguments: values }: Node): boolean {
  const last: unknown = Array.isArray(values) ? values.at(-1) : null;
  return isNode(last) && hasKey(last, 'df');
}

/** Has an object that is written out this key? */
function hasKey({ properties }: Node, name: string): boolean {
  return (
    Array.isArray(properties) &&
    properties.some((one: unknown) => isNode(one) && isNode(one['key']) && one['key']['name'] === name)
  );
}

/** `df.close`, `df['any']` */
function isColumn(value: Node): boolean {
  const { property, computed } = value;
  if (value.type !== 'MemberExpression' || !isNode(property)) return false;
  if (computed === true) return property.type === 'Literal' && typeof property['value'] === 'string';
  const name = String(property['name']);
  return !NO_COLUMNS.has(name) && !TOTALS.has(name);
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
