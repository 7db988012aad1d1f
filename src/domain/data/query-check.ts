/** Parts of one query: an expression beyond these comes from a loop that went wrong, not from a person. */
const MOST_NODES = 20_000;
const DEEPEST = 200;
const MOST_VALUES = 20_000;

/** Arguments of each operator; null = one or more. */
const ARITY: Readonly<Record<string, number | null>> = {
  add: 2,
  sub: 2,
  mul: 2,
  div: 2,
  neg: 1,
  eq: 2,
  ne: 2,
  lt: 2,
  le: 2,
  gt: 2,
  ge: 2,
  like: 2,
  is_null: 1,
  and: null,
  or: null,
  not: 1,
};
const FUNCTIONS: ReadonlySet<unknown> = new Set([
  'sum',
  'avg',
  'min',
  'max',
  'count',
  'count_distinct',
  'abs',
  'round',
  'length',
  'substr',
]);

/** Null when a value from outside is a query plan, else what is wrong with it. */
export function queryProblem(value: unknown): string | null {
  if (!isRecord(value)) return 'must be a query';
  const nodes = { left: MOST_NODES };
  const expressions = (list: unknown, what: string, pick: (item: unknown) => unknown): string | null => {
    if (!Array.isArray(list)) return `has no list ${what}`;
    for (const item of list) {
      const problem = expressionProblem(pick(item), nodes, 0);
      if (problem !== null) return `has in ${what} ${problem}`;
    }
    return null;
  };
  const inner = (item: unknown): unknown => (isRecord(item) ? item['expression'] : undefined);
  return (
    selectedProblem(value['select']) ??
    expressions(value['select'], 'select', inner) ??
    expressions(value['filter'], 'filter', (item) => item) ??
    expressions(value['orderBy'], 'orderBy', inner) ??
    expressions(value['groupBy'], 'groupBy', (item) => item) ??
    expressions(value['having'], 'having', (item) => item) ??
    expressions(value['joins'], 'joins', (item) => (isRecord(item) ? item['on'] : undefined)) ??
    joinProblem(value['joins']) ??
    boundProblem(value)
  );
}

function selectedProblem(select: unknown): string | null {
  const named = (item: unknown): boolean => isRecord(item) && typeof item['name'] === 'string';
  return Array.isArray(select) && select.length > 0 && select.every(named) ? null : 'must select named columns';
}

function joinProblem(joins: unknown): string | null {
  const fits = (item: unknown): boolean =>
    isRecord(item) && typeof item['table'] === 'string' && typeof item['outer'] === 'boolean';
  return Array.isArray(joins) && joins.every(fits) ? null : 'has a join that names no table';
}

function boundProblem({ distinct, limit, offset }: Readonly<Record<string, unknown>>): string | null {
  if (typeof distinct !== 'boolean') return 'must say whether it is distinct';
  for (const bound of [limit, offset])
    if (bound !== null && !(Number.isSafeInteger(bound) && Number(bound) >= 0)) return 'has a limit that is no count';
  return null;
}

function expressionProblem(value: unknown, nodes: { left: number }, depth: number): string | null {
  nodes.left -= 1;
  if (nodes.left < 0) return `more than ${MOST_NODES} parts`;
  if (depth > DEEPEST) return `more than ${DEEPEST} levels`;
  if (!isRecord(value)) return 'no expression';
  const { op, args } = value;
  switch (op) {
    case 'column':
      return typeof value['table'] === 'string' && typeof value['column'] === 'string' ? null : 'a column without name';
    case 'value':
      return isScalar(value['value']) ? null : 'a value that is no number, text, flag or null';
    case 'in': {
      const { values } = value;
      if (!Array.isArray(values) || values.length > MOST_VALUES || !values.every(isScalar))
        return `a list that is none of at most ${MOST_VALUES} values`;
      return expressionProblem(value['arg'], nodes, depth + 1);
    }
    case 'function':
      if (!FUNCTIONS.has(value['name'])) return 'a function that is not known';
      return argsProblem(args, null, nodes, depth);
    default: {
      const arity = typeof op === 'string' && Object.hasOwn(ARITY, op) ? ARITY[op] : undefined;
      return arity === undefined ? 'an operator that is not known' : argsProblem(args, arity, nodes, depth);
    }
  }
}

function argsProblem(args: unknown, arity: number | null, nodes: { left: number }, depth: number): string | null {
  if (!Array.isArray(args) || (arity === null ? args.length === 0 : args.length !== arity))
    return 'an operator with the wrong number of arguments';
  for (const arg of args) {
    const problem = expressionProblem(arg, nodes, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
