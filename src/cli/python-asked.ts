import { BtError } from '../domain/errors.ts';
import type { PythonManner } from '../engine/strategy/types.ts';
import { environmentVariable } from '../platform/env.ts';

/** The Python that `--python` or BT_PYTHON names, of a command that reads no other setting; null = one that is found. */
export function pythonAsked(flags: Readonly<Record<string, unknown>>): string | null {
  const given = flags['python'];
  return typeof given === 'string' ? given : environmentVariable('BT_PYTHON');
}

/** How `--no-compat`, `--python2` and `--debugpy` have a script run, of a command that reads no other setting. BtError BAD_CONFIG. */
export function pythonManner(flags: Readonly<Record<string, unknown>>): PythonManner {
  return {
    compat: flags['compat'] !== false,
    python2: flags['python2'] === true,
    debugpy: portOf(flags['debugpy']),
  };
}

function portOf(given: unknown): number | null {
  if (given === undefined) return null;
  const port = Number(given);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new BtError('BAD_CONFIG', `--debugpy ${JSON.stringify(given)}: give a port from 1 to 65535.`, {
    fault: 'config',
  });
}
