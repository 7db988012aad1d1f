import { environmentVariable } from '../platform/env.ts';

/** The Python that `--python` or BT_PYTHON names, of a command that reads no other setting; null = one that is found. */
export function pythonAsked(flags: Readonly<Record<string, unknown>>): string | null {
  const given = flags['python'];
  return typeof given === 'string' ? given : environmentVariable('BT_PYTHON');
}
