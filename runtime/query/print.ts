import type { Expression, Scalar } from '../../src/domain/data/query-plan.ts';
import { pyRepr } from '../text/python-text.ts';

const SIGN: Readonly<Record<string, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  like: 'LIKE',
  and: 'AND',
  or: 'OR',
};
/** A longer list is cut: who prints a query wants to see its shape. */
const MOST_LISTED = 5;

/** An expression as a reader of SQL would write it: `valuation.pe_ratio > 10`. */
export function expressionText(expression: Expression): string {
  switch (expression.op) {
    case 'column':
      return `${expression.table}.${expression.column}`;
    case 'value':
      return valueText(expression.value);
    case 'in':
      return `${inner(expression.arg)} IN (${listText(expression.values)})`;
    case 'function':
      return `${expression.name}(${expression.args.map(expressionText).join(', ')})`;
    case 'not':
      return `NOT ${expression.args.map(inner).join('')}`;
    case 'neg':
      return `-${expression.args.map(inner).join('')}`;
    case 'is_null':
      return `${expression.args.map(inner).join('')} IS NULL`;
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
    case 'like':
    case 'and':
    case 'or':
      return expression.args.map(inner).join(` ${SIGN[expression.op] ?? expression.op} `);
  }
}

function inner(expression: Expression): string {
  const text = expressionText(expression);
  const isWhole = expression.op === 'column' || expression.op === 'value' || expression.op === 'function';
  return isWhole ? text : `(${text})`;
}

function listText(values: readonly Scalar[]): string {
  const shown = values.slice(0, MOST_LISTED).map(valueText).join(', ');
  return values.length > MOST_LISTED ? `${shown}, … ${values.length} in all` : shown;
}

function valueText(value: Scalar): string {
  return value === null ? 'NULL' : pyRepr(value);
}
