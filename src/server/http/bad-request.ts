import { HttpProblem } from '../../net/http/problem.ts';

export interface Wrong {
  readonly path: string;
  readonly message: string;
}

/** The failure for parameters or a body of another shape than was asked for. */
export function badRequest(what: string, errors: readonly Wrong[]): HttpProblem {
  const told = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
  return new HttpProblem(
    400,
    'BAD_REQUEST',
    `${what} cannot be used: ${told}. GET /api/v1/openapi.json tells the shape.`,
    {
      errors,
    },
  );
}
