import { environmentVariable } from '../platform/env.ts';
import { isTerminal } from '../platform/terminal.ts';

/** Colours only on a terminal, and never with NO_COLOR. */
export function screenColors(): boolean {
  return isTerminal() && environmentVariable('NO_COLOR') === null && environmentVariable('TERM') !== 'dumb';
}
