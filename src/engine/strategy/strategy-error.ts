import { pathToFileURL } from 'node:url';
import { errorCode, errorMessage } from '../../domain/errors.ts';
import { displayPath } from './source-place.ts';
import type { StrategyError } from './types.ts';

/** The end of a stack's line: `:line:column`, perhaps in brackets. */
const POSITION = /:(?<line>\d+):(?<column>\d+)\)?$/u;

/** Anything thrown by a strategy as data. The stack keeps the frames in the author's own files (`inputs`, absolute). */
export function strategyError(error: unknown, inputs: ReadonlySet<string>): StrategyError {
  const message = describe(error);
  const frames = error instanceof Error ? authorFrames(error.stack ?? '', inputs) : [];
  return {
    code: isOurs(error) ? (errorCode(error) ?? 'STRATEGY_ERROR') : 'STRATEGY_ERROR',
    message,
    stack: [message, ...frames.map(({ name, place }) => `    at ${name === null ? place : `${name} (${place})`}`)].join(
      '\n',
    ),
    location: frames[0]?.place ?? null,
  };
}

function isOurs(error: unknown): boolean {
  return error instanceof Error && error.name === 'BtError';
}

function describe(error: unknown): string {
  const text = errorMessage(error);
  if (!(error instanceof Error)) return `thrown: ${text}`;
  return isOurs(error) || error.name === 'Error' ? text : `${error.name}: ${text}`;
}

function authorFrames(stack: string, inputs: ReadonlySet<string>): { name: string | null; place: string }[] {
  return stack.split('\n').flatMap((line) => {
    const position = POSITION.exec(line);
    if (position === null || !/^\s+at /u.test(line)) return [];
    const head = line.slice(0, position.index).trim().slice('at '.length);
    const found = locate(head, inputs);
    if (found === null) return [];
    const { line: row, column } = position.groups ?? {};
    return [{ name: found.name, place: `${displayPath(found.file)}:${row}:${column}` }];
  });
}

/** Splits `name (file` or `file` by the files we know, because file names may hold blanks and brackets themselves. */
function locate(head: string, inputs: ReadonlySet<string>): { name: string | null; file: string } | null {
  for (const file of inputs) {
    const written = [file, pathToFileURL(file).href].find((path) => head.endsWith(path));
    if (written === undefined) continue;
    const name = /^(?<name>.+) \($/u.exec(head.slice(0, -written.length))?.groups?.['name'] ?? null;
    if (name !== null || head === written || head === `async ${written}`) return { name, file };
  }
  return null;
}
