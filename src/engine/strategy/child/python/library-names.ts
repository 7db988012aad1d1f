import { JOINQUANT_LIBRARIES, LIBRARY_NAMES } from '../../../../../runtime/libraries/names.ts';

/** What a module of ours exports; null when it is none. */
export function libraryNames(module: string): readonly string[] | null {
  const name = JOINQUANT_LIBRARIES.find((one) => one === module);
  return name === undefined ? null : LIBRARY_NAMES[name];
}
