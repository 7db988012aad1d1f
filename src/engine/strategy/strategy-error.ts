import { fileURLToPath } from 'node:url';
import { errorCode, errorMessage } from '../../domain/errors.ts';
import { displayPath } from './source-place.ts';
import type { StrategyError } from './types.ts';

/** `    at name (place:line:column)` and `    at place:line:column`. */
const FRAME = /^\s+at (?:(?<name>.*?) \()?(?<place>[^()]*?):(?<line>\d+):(?<column>\d+)\)?$/u;

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
    const groups = FRAME.exec(line)?.groups;
    if (groups === undefined) return [];
    const file = toPath((groups['place'] ?? '').replace(/^async /u, ''));
    if (!inputs.has(file)) return [];
    return [{ name: groups['name'] ?? null, place: `${displayPath(file)}:${groups['line']}:${groups['column']}` }];
  });
}

function toPath(place: string): string {
  return place.startsWith('file:') ? fileURLToPath(place) : place;
}
