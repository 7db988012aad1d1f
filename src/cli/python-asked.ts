import { BtError } from '../domain/errors.ts';
import type { PythonChoice } from '../engine/strategy/build/build.ts';
import { environmentVariable } from '../platform/env.ts';

/**
 * The Python that `--python` or BT_PYTHON names (null = one that is found), and how `--no-compat`, `--python2` and `--debugpy` have a
 * script run: of a command that reads no other setting. Throws BtError BAD_CONFIG.
 */
export function pythonAsked(flags: Readonly<Record<string, unknown>>): Pick<PythonChoice, 'asked' | 'manner'> {
  const { python, compat, python2, debugpy } = flags;
  return {
    asked: typeof python === 'string' ? python : environmentVariable('BT_PYTHON'),
    manner: { compat: compat !== false, python2: python2 === true, debugpy: portOf(debugpy) },
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
