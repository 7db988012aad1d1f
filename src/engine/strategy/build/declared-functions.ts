import type { Expression, ParseResult, Statement } from 'oxc-parser';

/**
 * Names of the functions declared at the top level of a parsed file, in source order: declarations, variables that hold a
 * function or arrow expression, and a named default export. Classes and their methods are not among them.
 */
export function declaredFunctions(parsed: ParseResult): string[] {
  const names = new Set<string>();
  for (const statement of parsed.program.body) {
    for (const name of namesOf(statement)) names.add(name);
  }
  return [...names];
}

function namesOf(statement: Statement): string[] {
  if (statement.type === 'FunctionDeclaration') return statement.id === null ? [] : [statement.id.name];
  if (statement.type === 'VariableDeclaration') {
    if (statement.declare === true) return [];
    return statement.declarations.flatMap(({ id, init }) =>
      id.type === 'Identifier' && init !== null && isFunction(init) ? [id.name] : [],
    );
  }
  if (statement.type === 'ExportNamedDeclaration') {
    return statement.declaration === null ? [] : namesOf(statement.declaration);
  }
  if (statement.type === 'ExportDefaultDeclaration' && statement.declaration.type === 'FunctionDeclaration') {
    return namesOf(statement.declaration);
  }
  return [];
}

const FUNCTIONS = new Set<Expression['type']>(['ArrowFunctionExpression', 'FunctionExpression']);

/** Sees through parentheses and type assertions. */
function isFunction(expression: Expression): boolean {
  let inner = expression;
  while (
    inner.type === 'ParenthesizedExpression' ||
    inner.type === 'TSAsExpression' ||
    inner.type === 'TSSatisfiesExpression' ||
    inner.type === 'TSNonNullExpression' ||
    inner.type === 'TSTypeAssertion'
  ) {
    inner = inner.expression;
  }
  return FUNCTIONS.has(inner.type);
}
