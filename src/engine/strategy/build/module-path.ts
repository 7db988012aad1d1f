import { basename, dirname, extname, relative, sep } from 'node:path';

const SCRIPT = new Set(['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs', '.jsx']);

/** True for a file that can be a strategy, by its name. */
export function isScript(file: string): boolean {
  return SCRIPT.has(extname(file));
}

/** True for a file that Python runs, by its name. */
export function isPython(file: string): boolean {
  return extname(file) === '.py';
}

/** A local file as registrations name it: relative to the entry's folder, with `/`. */
export function modulePath(file: string, entry: string): string {
  return relative(dirname(entry), file).split(sep).join('/');
}

/** The stem of a file's name, fit for another file's name. */
export function fileStem(file: string): string {
  return basename(file, extname(file)).replaceAll(/[^\w.-]/gu, '_');
}
