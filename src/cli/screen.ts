import { environmentVariable } from '../platform/env.ts';

/** Colours only on a terminal, and never with NO_COLOR. */
export function screenColors(): boolean {
  return process.stdout.isTTY && environmentVariable('NO_COLOR') === null && environmentVariable('TERM') !== 'dumb';
}
