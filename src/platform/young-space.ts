import { setFlagsFromString } from 'node:v8';

/**
 * Lets the young generation grow as V8 has it, which the start of the command has forbidden so that a live run stays small: what makes
 * much that lives for a moment, and is no live run, spends a third of its time in the collector otherwise.
 */
export function growYoungSpace(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
