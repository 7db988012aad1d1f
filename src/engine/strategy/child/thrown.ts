import { pathToFileURL } from 'node:url';
import { errorMessage, FAULTS, type Fault } from '../../../domain/errors.ts';
import { displayPath } from '../build/source-place.ts';
import { idiomHint } from './python-idioms.ts';
import type { StrategyError } from '../types.ts';

/** The end of a stack's line: `:line:column`, perhaps in brackets. */
const POSITION = /:(?<line>\d+):(?<column>\d+)\)?$/u;
/** Longest texts taken over, in characters: what is thrown may be of any size. */
const MAX_MESSAGE = 2_000;
const MAX_STACK = 20_000;
/** Deepest chain of causes followed; it may be a circle. */
const MAX_CAUSES = 8;

/**
 * Anything thrown by a strategy as data, whatever it is: nothing that it does when it is read (a getter, a proxy, a toString
 * that throws) gets through. The stack keeps the frames in the author's own files (`inputs`, absolute). Code and fault are
 * those of the first error of ours in its chain of causes, so that a venue's error stays one when the author wraps it.
 */
export function strategyError(thrown: unknown, inputs: ReadonlySet<string>): StrategyError {
  const message = describe(thrown);
  const frames = authorFrames(stackOf(thrown), inputs);
  const ours = firstOfOurs(thrown);
  const lines = frames.map(({ name, place }) => `    at ${name === null ? place : `${name} (${place})`}`);
  if (ours !== null && ours.error !== thrown) lines.push(`caused by ${ours.code}: ${messageOf(ours.error)}`);
  return {
    code: ours?.code ?? 'STRATEGY_ERROR',
    message,
    fault: ours?.fault ?? null,
    stack: [message, ...lines].join('\n'),
    location: frames[0]?.place ?? null,
  };
}

interface OurError {
  readonly error: unknown;
  readonly code: string;
  readonly fault: Fault;
}

function firstOfOurs(thrown: unknown): OurError | null {
  let error = thrown;
  for (let depth = 0; depth < MAX_CAUSES && isError(error); depth += 1) {
    const code = read(error, 'code');
    const fault = FAULTS.find((one) => one === read(error, 'fault'));
    if (read(error, 'name') === 'BtError' && typeof code === 'string' && fault !== undefined) {
      return { error, code: code.slice(0, MAX_MESSAGE), fault };
    }
    error = read(error, 'cause');
  }
  return null;
}

function describe(thrown: unknown): string {
  if (!isError(thrown)) return `thrown: ${cut(errorMessage(thrown))}`;
  const name = read(thrown, 'name');
  const plain = name === 'BtError' || name === 'Error' || typeof name !== 'string';
  const message = messageOf(thrown);
  return plain ? message : `${cut(name)}: ${message}${name === 'TypeError' ? idiomHint(message) : ''}`;
}

function messageOf(error: unknown): string {
  return cut(errorMessage(read(error, 'message')));
}

function stackOf(thrown: unknown): string {
  const stack = isError(thrown) ? read(thrown, 'stack') : null;
  return typeof stack === 'string' ? stack.slice(0, MAX_STACK) : '';
}

function cut(text: string): string {
  return text.length <= MAX_MESSAGE ? text : `${text.slice(0, MAX_MESSAGE)}… (${text.length} characters)`;
}

/** `instanceof` asks the value, which may be a proxy. */
function isError(value: unknown): boolean {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

/** A member of anything; undefined when reading it throws. */
function read(value: unknown, key: string): unknown {
  try {
    return (value as Readonly<Record<string, unknown>>)[key];
  } catch {
    return undefined;
  }
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
