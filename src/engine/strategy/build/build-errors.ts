import { Buffer } from 'node:buffer';
import { resolve } from 'node:path';
import type { Message } from 'esbuild';
import { BtError, errorMessage } from '../../../domain/errors.ts';
import { exportAdvice, pythonAdvice } from './python-packages.ts';
import { pointAt } from './source-place.ts';

const UNRESOLVED = /^Could not resolve "(?<name>[^"]+)"/u;
const NO_EXPORT = /^No matching export in "(?<from>[^"]+)" for import "(?<name>[^"]+)"/u;

/** The author's error out of a failed build: STRATEGY_IMPORT or STRATEGY_COMPILE at the author's line; a failure of the tool itself stays a bug. */
export function buildError(error: unknown, folder: string): BtError {
  const messages = messagesOf(error);
  const first = messages[0];
  if (first === undefined) {
    return new BtError(
      'STRATEGY_BUILD_FAILED',
      `The strategy could not be built: ${errorMessage(error)}. Reinstall with "npm ci".`,
      {
        fault: 'bug',
        cause: error,
      },
    );
  }
  const { code, text } = explain(first.text);
  const more = messages.length > 1 ? `\n(and ${messages.length - 1} more)` : '';
  return new BtError(code, place(first, text, folder) + more, { fault: 'strategy' });
}

function explain(text: string): { code: string; text: string } {
  const missing = UNRESOLVED.exec(text)?.groups?.['name'];
  if (missing !== undefined) {
    const local = missing.startsWith('.') || missing.startsWith('/');
    const elsewhere = local
      ? 'check the path, relative to this file'
      : `install it in the strategy's folder (npm install ${missing}) or remove the import`;
    const advice = pythonAdvice(missing) ?? elsewhere;
    return { code: 'STRATEGY_IMPORT', text: `cannot find "${missing}": ${advice}` };
  }
  const groups = NO_EXPORT.exec(text)?.groups;
  if (groups !== undefined) {
    const from = (groups['from'] ?? '').replace(/^.*:/u, '');
    const name = groups['name'] ?? '';
    return { code: 'STRATEGY_IMPORT', text: `"${from}" has no export "${name}": ${exportAdvice(from, name)}` };
  }
  return { code: 'STRATEGY_COMPILE', text };
}

function place(message: Message, text: string, folder: string): string {
  const { location } = message;
  if (location === null) return text;
  // The tool counts columns in bytes, editors in characters.
  const column = Buffer.from(location.lineText).subarray(0, location.column).toString().length + 1;
  return pointAt(
    { file: resolve(folder, location.file), line: location.line, column, lineText: location.lineText },
    text,
  );
}

function messagesOf(error: unknown): Message[] {
  if (typeof error !== 'object' || error === null || !('errors' in error) || !Array.isArray(error.errors)) return [];
  return error.errors as Message[]; // the tool's BuildFailure
}
