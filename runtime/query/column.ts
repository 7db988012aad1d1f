import type { DataKind } from '../../src/domain/data/table.ts';
import type { Expression } from '../../src/domain/data/query-plan.ts';
import { BtError } from '../../src/domain/errors.ts';
import { badArgument } from '../api/arguments.ts';
import type { TimeLike } from '../objects/datetime/read-time.ts';
import { pyRepr } from '../text/python-text.ts';
import { expressionText } from './print.ts';
import { codeOf, readScalar, readScalars } from './values.ts';

/** What the values of a column are compared with. */
interface Comparable {
  readonly number: number;
  readonly text: string;
  readonly day: TimeLike;
  readonly flag: boolean | number;
}
export type ValueKind = keyof Comparable;

/** How a column of the catalogue is compared. */
export type KindOf<K extends DataKind> = K extends 'text'
  ? 'text'
  : K extends 'day' | 'time'
    ? 'day'
    : K extends 'flag'
      ? 'flag'
      : 'number';

/** What may stand on the other side: a value, another column, or null for "missing". */
export type Operand<K extends ValueKind> = Comparable[K] | Column<K> | null;
/** What can be calculated with. */
type Countable = number | Column<'number' | 'flag'>;

/** A condition, as `filter()` takes it. */
export type Condition = Column<'flag'>;

/**
 * A column of a table, or what is calculated from columns: it describes, and never holds a value. Operators do not work on it;
 * each has its method. `N` is its name in the answer, `About` its kind, unit and meaning.
 */
export class Column<K extends ValueKind = ValueKind, N extends string = string, About = unknown> {
  /** Only for the compiler: what it is compared with, and what the catalogue says of it. */
  declare readonly about?: readonly [kind: K, About];
  readonly #expression: Expression;
  readonly #name: N | null;

  constructor(expression: Expression, name: N | null = null) {
    this.#expression = expression;
    this.#name = name;
    Object.freeze(this);
  }

  /** What a column stands for, and its name in the answer; null = it has none of its own. */
  static read(column: Column): { readonly expression: Expression; readonly name: string | null } {
    return { expression: column.#expression, name: column.#name };
  }

  /** `>` */
  gt(other: Operand<K>): Condition {
    return this.#compare('gt', other);
  }

  /** `>=` */
  ge(other: Operand<K>): Condition {
    return this.#compare('ge', other);
  }

  /** `<` */
  lt(other: Operand<K>): Condition {
    return this.#compare('lt', other);
  }

  /** `<=` */
  le(other: Operand<K>): Condition {
    return this.#compare('le', other);
  }

  /** `==`; with null: is missing. */
  eq(other: Operand<K>): Condition {
    return other === null ? this.is_(null) : this.#compare('eq', other);
  }

  /** `!=`; with null: is there. */
  ne(other: Operand<K>): Condition {
    return other === null ? this.isnot(null) : this.#compare('ne', other);
  }

  /** Is missing. */
  is_(nothing: null): Condition {
    requireNull(nothing, 'is_()');
    return new Column({ op: 'is_null', args: [this.#expression] });
  }

  /** Is there. */
  isnot(nothing: null): Condition {
    requireNull(nothing, 'isnot()');
    return new Column({ op: 'not', args: [{ op: 'is_null', args: [this.#expression] }] });
  }

  /** Is one of a list, a Series, an Index, a Set. */
  in_(values: Iterable<Comparable[K] | null>): Condition {
    const list = readScalars(values, 'in_()').map((value) => codeOf(this.#expression, value));
    return new Column({ op: 'in', arg: this.#expression, values: list });
  }

  /** Is none of them. */
  notin_(values: Iterable<Comparable[K] | null>): Condition {
    return this.in_(values).not();
  }

  /** From the first to the second, both included. */
  between(low: Operand<K>, high: Operand<K>): Condition {
    return this.ge(low).and(this.le(high));
  }

  /** `%` stands for any letters, `_` for one: `code.like('300%')`. */
  like(pattern: string): Condition {
    if (typeof pattern !== 'string') throw badArgument('like()', `needs a text, was ${pyRepr(pattern)}.`);
    return this.#compare('like', pattern);
  }

  add(other: Countable): Column<'number'> {
    return this.#calculate('add', other);
  }

  sub(other: Countable): Column<'number'> {
    return this.#calculate('sub', other);
  }

  mul(other: Countable): Column<'number'> {
    return this.#calculate('mul', other);
  }

  /** Missing where it is divided by 0. */
  div(other: Countable): Column<'number'> {
    return this.#calculate('div', other);
  }

  /** Minus the value. */
  neg(): Column<'number'> {
    return new Column({ op: 'neg', args: [this.#expression] });
  }

  /** Both conditions. */
  and(...others: readonly Condition[]): Condition {
    return combined('and', [this, ...others]);
  }

  /** One of the conditions. */
  or(...others: readonly Condition[]): Condition {
    return combined('or', [this, ...others]);
  }

  /** The condition turned round. */
  not(): Condition {
    return new Column({ op: 'not', args: [this.#expression] });
  }

  /** From small to large, for `order_by()`. */
  asc(): Ordered {
    return new Ordered(this.#expression, false);
  }

  /** From large to small, for `order_by()`. */
  desc(): Ordered {
    return new Ordered(this.#expression, true);
  }

  /** Under another name in the answer. */
  label<const L extends string>(name: L): Column<K, L, About> {
    if (typeof name === 'string' && name !== '') return new Column(this.#expression, name);
    throw badArgument('label()', `needs a name, was ${pyRepr(name)}.`);
  }

  toString(): string {
    return expressionText(this.#expression);
  }

  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw new BtError(
      'BAD_OPERATOR',
      `${this.toString()} is a column of a query: operators do not work on it. Write .gt() .ge() .lt() .le() .eq() .ne() for > >= < <= == !=, .add() .sub() .mul() .div() for + - * /, .and() .or() .not() for & | ~.`,
      { fault: 'strategy' },
    );
  }

  #compare(op: 'gt' | 'ge' | 'lt' | 'le' | 'eq' | 'ne' | 'like', other: unknown): Condition {
    const right = operand(other, `${op}()`);
    const value = right.op === 'value' ? { ...right, value: codeOf(this.#expression, right.value) } : right;
    return new Column({ op, args: [this.#expression, value] });
  }

  #calculate(op: 'add' | 'sub' | 'mul' | 'div', other: unknown): Column<'number'> {
    return new Column({ op, args: [this.#expression, operand(other, `${op}()`)] });
  }
}

/** A column with a direction, as `asc()` and `desc()` make it. */
export class Ordered {
  readonly expression: Expression;
  readonly descending: boolean;

  constructor(expression: Expression, descending: boolean) {
    this.expression = expression;
    this.descending = descending;
    Object.freeze(this);
  }

  toString(): string {
    return `${expressionText(this.expression)} ${this.descending ? 'DESC' : 'ASC'}`;
  }
}

/** All (`and`) or one (`or`) of the conditions. */
export function combined(op: 'and' | 'or', conditions: readonly Column[]): Condition {
  const [first] = conditions;
  if (first === undefined) throw badArgument(`${op}_()`, 'needs at least one condition.');
  return new Column({ op, args: conditions.map((condition) => conditionOf(condition, `${op}()`)) });
}

/** The expression of a condition. A comparison made with an operator is a plain true or false by now, and refused. */
export function conditionOf(value: unknown, where: string): Expression {
  if (value instanceof Column) return Column.read(value).expression;
  throw badArgument(
    where,
    `needs conditions like valuation.pe_ratio.gt(10), was ${pyRepr(value)}. Operators (> == …) do not work on columns.`,
  );
}

/** A column's expression, or a value as one. */
export function operand(value: unknown, where: string): Expression {
  if (value instanceof Column) return Column.read(value).expression;
  return { op: 'value', value: readScalar(value, where) };
}

function requireNull(value: unknown, where: string): void {
  if (value !== null) throw badArgument(where, `takes null only, was ${pyRepr(value)}. Use eq() or ne().`);
}
