import { BtError } from '../../../domain/errors.ts';
import { displayPath } from '../build/source-place.ts';
import type { StrategyEnd, StrategyError } from '../types.ts';

/** What the module threw, at the author's line; `cause` is the author's stack. */
export function loadError(error: StrategyError): BtError {
  const code = error.code === 'STRATEGY_ERROR' ? 'STRATEGY_LOAD' : error.code;
  const text = error.location === null ? error.message : `${error.location}: ${error.message}`;
  return new BtError(code, text, { fault: 'strategy', cause: error.stack });
}

/** Node's exit code when nothing can go on and the module is not done. */
const NEVER_DONE = 13;

/** The process ended before the module was loaded. */
export function endedWhileLoading(entry: string, end: StrategyEnd): BtError {
  const what = end.kind === 'lost' ? end.reason : entry.endsWith('.py') ? pythonExit(end.code) : exitText(end.code);
  return new BtError('STRATEGY_LOAD', `${displayPath(entry)}: while the file was loaded ${what}`, {
    fault: 'strategy',
  });
}

function pythonExit(code: number): string {
  return `Python ended itself with code ${code} (sys.exit, os._exit): what it said is above`;
}

function exitText(code: number): string {
  if (code === NEVER_DONE)
    return 'an await at its top level never ended: await there only what ends, or move it into a hook';
  return `it ended itself with process.exit(${code})`;
}
