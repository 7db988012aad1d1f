import { FAULTS } from '../../../../domain/errors.ts';
import { displayPath } from '../../build/source-place.ts';
import type { StrategyError } from '../../types.ts';
import { isObject } from './json.ts';

/** Longest texts taken over, in characters: what is thrown may be of any size. */
const MAX_MESSAGE = 2_000;
const MAX_STACK = 20_000;

/** What was raised in Python, with its look and its author's lines. */
export class PythonError extends Error {
  override readonly name = 'PythonError';
  readonly described: StrategyError;

  constructor(described: StrategyError) {
    super(described.message);
    this.described = described;
  }
}

/** An error as Python tells it. One of ours keeps its code and its fault, also when the author's own was raised from it. */
export function readPythonError(value: unknown): PythonError {
  const told = isObject(value) ? value : {};
  const [type, text] = [textOf(told['type']), textOf(told['message'])];
  const code = textOf(told['code']);
  const fault = FAULTS.find((one) => one === told['fault']) ?? null;
  const isOurs = type.endsWith('BtError');
  const message = cut(isOurs || type === '' ? text : text === '' ? type : `${type}: ${text}`);
  const stack = textOf(told['stack']);
  return new PythonError({
    code: code === '' ? 'STRATEGY_ERROR' : code,
    message,
    fault,
    stack: stack === '' ? message : stack.slice(0, MAX_STACK),
    location: locationOf(told['location']),
  });
}

/** `file:line`, the file as seen from the working directory. */
function locationOf(value: unknown): string | null {
  const found = typeof value === 'string' ? /^(?<file>.+):(?<line>\d+)$/u.exec(value)?.groups : undefined;
  if (found === undefined) return null;
  return `${displayPath(found['file'] ?? '')}:${found['line'] ?? ''}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function cut(text: string): string {
  return text.length <= MAX_MESSAGE ? text : `${text.slice(0, MAX_MESSAGE)}… (${text.length} characters)`;
}
