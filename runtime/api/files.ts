import { currentHost } from '../host.ts';
import { Bytes } from '../objects/bytes.ts';
import { pyRepr } from '../text/python-text.ts';
import { badArgument, optional, required } from './arguments.ts';
import type { Reader } from './arguments.ts';
import { ANY_PHASE, defineApi } from './define-api.ts';
import { readBoolean, readText } from './readers.ts';

const readContent: Reader<Uint8Array> = (value, where) => {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  if (value instanceof Uint8Array) return value;
  throw badArgument(
    where,
    `must be a text or bytes, was ${pyRepr(value)}. Make a text of it, with JSON.stringify() or str().`,
  );
};

/**
 * The bytes of a file: one that `write_file` wrote, else one beside the strategy. Paths are relative and lead nowhere else.
 * NO_SUCH_FILE names both places.
 */
export const read_file: (path: string) => Bytes = defineApi(
  { name: 'read_file', phases: ANY_PHASE, args: { path: required(readText) } },
  ({ path }) => new Bytes(currentHost().readFile(path)),
);

/** Writes a text (as UTF-8) or bytes into the folder `files` of the instance; `append` adds to what is there. */
export const write_file: (path: string, content: string | Uint8Array, append?: boolean) => void = defineApi(
  {
    name: 'write_file',
    phases: ANY_PHASE,
    args: { path: required(readText), content: required(readContent), append: optional(readBoolean, false) },
  },
  ({ path, content, append }) => currentHost().writeFile(path, content, append),
);
