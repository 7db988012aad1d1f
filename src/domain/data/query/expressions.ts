import type { Expression } from '../query-plan.ts';
import type { DataColumn } from '../table.ts';
import type { Aggregate } from './aggregates.ts';
import { calculate, negate } from './arithmetic.ts';
import { badQuery } from './bad-query.ts';
import { compare, isNull, like, sideOf, within } from './compare.ts';
import { all, negated, some } from './logic.ts';
import { applyFunction, isScalarFunction } from './scalar-functions.ts';
import { constant } from './vectors.ts';

/** What an expression is calculated over: the rows of tables put together, or groups of them. */
export interface Scope {
  readonly rows: number;
  column(table: string, column: string): DataColumn;
  aggregate(name: Aggregate, arg: Expression): DataColumn;
}

/** The value of an expression for each row of a scope. Conditions give 1, 0 or NaN (unknown). BtError BAD_QUERY. */
export function valuesOf(expression: Expression, scope: Scope): DataColumn {
  switch (expression.op) {
    case 'column':
      return scope.column(expression.table, expression.column);
    case 'value':
      return constant(expression.value, scope.rows);
    case 'in':
      return within(valuesOf(expression.arg, scope), expression.values);
    case 'function':
      return functionOf(expression, scope);
    case 'and':
      return all(
        expression.args.map((arg) => valuesOf(arg, scope)),
        scope.rows,
      );
    case 'or':
      return some(
        expression.args.map((arg) => valuesOf(arg, scope)),
        scope.rows,
      );
    case 'not':
    case 'neg':
    case 'is_null':
      return unary(expression.op, valuesOf(argument(expression.args, 0), scope));
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'like':
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return binary(expression.op, argument(expression.args, 0), argument(expression.args, 1), scope);
  }
}

type Operator = Exclude<Expression['op'], 'column' | 'value' | 'in' | 'function' | 'and' | 'or'>;
type Unary = Extract<Operator, 'not' | 'neg' | 'is_null'>;

function unary(op: Unary, column: DataColumn): DataColumn {
  if (op === 'not') return negated(column);
  return op === 'neg' ? negate(column) : isNull(column);
}

function binary(op: Exclude<Operator, Unary>, left: Expression, right: Expression, scope: Scope): DataColumn {
  const [a, b] = [valuesOf(left, scope), valuesOf(right, scope)];
  switch (op) {
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
      return calculate(op, a, b);
    case 'like':
      return like(a, sideOf(right, b));
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return compare(op, sideOf(left, a), sideOf(right, b));
  }
}

function functionOf(expression: Extract<Expression, { readonly op: 'function' }>, scope: Scope): DataColumn {
  const { name, args } = expression;
  if (isScalarFunction(name))
    return applyFunction(
      name,
      args.map((arg) => valuesOf(arg, scope)),
    );
  if (args.length !== 1) throw badQuery(`func.${name}() takes one argument.`);
  return scope.aggregate(name, argument(args, 0));
}

function argument(args: readonly Expression[], index: number): Expression {
  const arg = args[index];
  if (arg === undefined) throw badQuery('an operator lacks a value. Build the query with query().');
  return arg;
}
