import { LIBRARY_NAMES, type LibraryName } from '../../../../../runtime/libraries/names.ts';

/** What a module of ours exports; null when it is none. */
export function libraryNames(module: string): readonly string[] | null {
  return Object.hasOwn(LIBRARY_NAMES, module) ? LIBRARY_NAMES[module as LibraryName] : null; // it is one of its keys
}
